namespace ClassContact.Kit.Screen;

/// <summary>The lines over the meeting. Show them again at least every 10 s: after 30 s without, they remove themselves, so that a dead agent leaves no words behind.</summary>
/// <param name="Language">Of the texts, as an HTML <c>lang</c>.</param>
/// <param name="Lines">From top to bottom; the page has room for four.</param>
public sealed record OverlayView(string Language, IReadOnlyList<ScreenLine> Lines);

/// <summary>A sentence for the room.</summary>
/// <param name="Mood">Its colour.</param>
/// <param name="Text">One sentence; may hold <c>{seconds}</c>, filled from <paramref name="Seconds"/> and counted down by the page itself.</param>
/// <param name="Seconds">What <c>{seconds}</c> stands for when the view is shown; null where the text does not hold it.</param>
/// <param name="IsLarge">To be read from the back of the class.</param>
public sealed record ScreenLine(Mood Mood, string Text, int? Seconds = null, bool IsLarge = false);
