namespace ClassContact.Kit.Screen;

/// <summary>One line over the meeting. Show it again at least every 10 s: after 30 s without, it removes itself, so that a dead agent leaves no words behind.</summary>
/// <param name="Language">Of the text, as an HTML <c>lang</c>.</param>
/// <param name="Mood">Its colour.</param>
/// <param name="Text">One line; may hold <c>{seconds}</c>, filled from <paramref name="Seconds"/> and counted down by the overlay itself.</param>
/// <param name="Seconds">What <c>{seconds}</c> stands for when the view is shown; null where the text does not hold it.</param>
public sealed record OverlayView(string Language, Mood Mood, string Text, int? Seconds = null);
