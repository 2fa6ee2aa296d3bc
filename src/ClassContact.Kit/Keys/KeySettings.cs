namespace ClassContact.Kit.Keys;

/// <summary>The keys that start and end a class. Chords are kernel key names joined by '+': <c>F9</c>, <c>LeftCtrl+LeftAlt+S</c>, <c>KP_Enter</c>.</summary>
/// <param name="Start">The chord that starts a class.</param>
/// <param name="End">The chord that ends it when held for 1 s.</param>
/// <param name="Keyboard">Part of the keyboard's name, whatever its case; null listens to every keyboard.</param>
/// <param name="Listen">False for a kit without a keyboard of its own: presses then come by the press socket alone, and no keyboard is missed.</param>
public sealed record KeySettings(string Start = "F9", string End = "F10", string? Keyboard = null, bool Listen = true)
{
    /// <summary>Everything that is wrong, each beginning with the field's name; empty when the settings can be used.</summary>
    public IEnumerable<string> Problems()
    {
        var start = Chord.Read(Start, out var startProblems);
        var end = Chord.Read(End, out var endProblems);
        foreach (var problem in startProblems)
            yield return $"start {problem}";
        foreach (var problem in endProblems)
            yield return $"end {problem}";
        if (start is not null && end is not null && Clash(start, end) is { } clash)
            yield return clash;
        if (Keyboard is not null && string.IsNullOrWhiteSpace(Keyboard))
            yield return "keyboard is empty; leave it out to listen to every keyboard";
    }

    // Pressing the longer chord would pass through the shorter one.
    private string? Clash(Chord start, Chord end) =>
        start.Equals(end) ? $"end '{End}' is the same as start"
        : start.Contains(end) ? $"start '{Start}' contains end '{End}'; pressing one would press the other"
        : end.Contains(start) ? $"end '{End}' contains start '{Start}'; pressing one would press the other"
        : null;
}
