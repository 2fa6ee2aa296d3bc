namespace ClassContact.Kit.Screen;

/// <summary>How things stand, told by colour and picture before anything is read.</summary>
public enum Mood
{
    /// <summary>All is well.</summary>
    Ready,

    /// <summary>The kit is busy: wait.</summary>
    Working,

    /// <summary>A person can mend it, or should know.</summary>
    Attention,

    /// <summary>The class cannot be opened as things are.</summary>
    Trouble,
}

/// <summary>A picture of the thing that is meant; drawn in <c>standby.html</c> under the same name.</summary>
public enum Picture
{
    /// <summary>A pupil on a screen: the class and its connection.</summary>
    Class,

    /// <summary>The camera.</summary>
    Camera,

    /// <summary>The speakerphone, which is also the microphone.</summary>
    Speakerphone,

    /// <summary>The keyboard with the start key.</summary>
    Keyboard,

    /// <summary>The network.</summary>
    Network,

    /// <summary>The screen and what is shown on it.</summary>
    Screen,

    /// <summary>The kit as a whole.</summary>
    Kit,
}

/// <summary>How far a step has come.</summary>
public enum StepState
{
    /// <summary>Not begun.</summary>
    Todo,

    /// <summary>Under way.</summary>
    Doing,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Did not work; what follows tries again.</summary>
    Failed,
}

/// <summary>A step of a starting call.</summary>
/// <param name="Label">What, in a word or two.</param>
/// <param name="State">How far.</param>
public sealed record ScreenStep(string Label, StepState State);

/// <summary>Something wrong, and what a person in the room can do about it.</summary>
/// <param name="Picture">The thing it is about.</param>
/// <param name="What">One sentence: what is wrong.</param>
/// <param name="Remedy">One sentence: what to do.</param>
/// <param name="IsSmall">The class opens and goes on in spite of it.</param>
public sealed record ScreenTrouble(Picture Picture, string What, string Remedy, bool IsSmall = false);

/// <summary>The key to press.</summary>
/// <param name="Press">What to do with it: press or hold.</param>
/// <param name="Caps">What stands on each key, one for a key, several for a chord.</param>
/// <param name="Does">What it does; with the words before it one sentence.</param>
public sealed record ScreenKey(string Press, IReadOnlyList<string> Caps, string Does);

/// <summary>Whom to call.</summary>
/// <param name="Title">A few words above the number.</param>
/// <param name="Number">As people in Belgium write it.</param>
/// <param name="Hours">When it is answered, in one sentence.</param>
/// <param name="Now">Whether it is answered now, or when next; null while the kit's clock is not to be trusted.</param>
/// <param name="IsOpen">It is answered now; null while the clock is not to be trusted.</param>
public sealed record ScreenHelpdesk(string Title, string Number, string Hours, string? Now, bool? IsOpen);

/// <summary>
/// The whole standby page as plain data, every text resolved: the page only shows it. A text may hold <c>{seconds}</c>, which the page fills
/// from <paramref name="Seconds"/> and counts down by itself.
/// </summary>
/// <param name="Language">Of the texts, as an HTML <c>lang</c>.</param>
/// <param name="School">As configured.</param>
/// <param name="Room">As configured.</param>
/// <param name="Mood">The page's colour.</param>
/// <param name="Picture">The large picture; null where the key itself is the picture.</param>
/// <param name="Headline">A few words for the back of the class.</param>
/// <param name="Sentence">One sentence for the teacher.</param>
/// <param name="Steps">A starting call step by step; empty otherwise.</param>
/// <param name="Troubles">What is wrong, the most important first; the page has room for four.</param>
/// <param name="Key">The key that helps now; null where none does.</param>
/// <param name="Helpdesk">Whom to call.</param>
/// <param name="Promise">That nothing is recorded.</param>
/// <param name="Seconds">What <c>{seconds}</c> stands for when the view is shown; null where no text holds it.</param>
public sealed record ScreenView(
    string Language, string School, string Room, Mood Mood, Picture? Picture, string Headline, string Sentence,
    IReadOnlyList<ScreenStep> Steps, IReadOnlyList<ScreenTrouble> Troubles, ScreenKey? Key,
    ScreenHelpdesk Helpdesk, string Promise, int? Seconds = null)
{
    /// <summary>What the helpdesk says, and what becomes of a call for help.</summary>
    public IReadOnlyList<ScreenLine> Said { get; init; } = [];
}
