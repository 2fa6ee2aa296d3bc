namespace ClassContact.Kit.Keys;

/// <summary>The keys of the kit. Chords are kernel key names joined by '+': <c>F9</c>, <c>LeftCtrl+LeftAlt+S</c>, <c>KP_Enter</c>.</summary>
/// <param name="Start">The chord that starts a class.</param>
/// <param name="End">The chord that ends it when held for 1 s.</param>
/// <param name="Keyboard">Part of the keyboard's name, whatever its case; null listens to every keyboard.</param>
/// <param name="Listen">False for a kit without a keyboard of its own: presses then come by the press socket alone, and no keyboard is missed.</param>
/// <param name="Mute">The chord that turns the class's sound off and on; empty for a kit without one; null: F8, where start or end do not need it.</param>
/// <param name="Help">The chord that calls the helpdesk's attention; empty for a kit without one; null: F1, in the same way.</param>
public sealed record KeySettings(
    string Start = "F9", string End = "F10", string? Keyboard = null, bool Listen = true, string? Mute = null, string? Help = null)
{
    /// <summary>The chord that is listened to for mute; null for none.</summary>
    public string? MuteChord => Mute is null ? IfFree("F8") : string.IsNullOrWhiteSpace(Mute) ? null : Mute;

    /// <summary>The chord that is listened to for help; null for none.</summary>
    public string? HelpChord => Help is null ? IfFree("F1") : string.IsNullOrWhiteSpace(Help) ? null : Help;

    /// <summary>Everything that is wrong, each beginning with the field's name; empty when the settings can be used.</summary>
    public IEnumerable<string> Problems()
    {
        List<(string Name, string Text, Chord Chord)> good = [];
        foreach (var (action, text) in Named)
        {
            var name = NameOf(action);
            var chord = Chord.Read(text, out var problems);
            foreach (var problem in problems)
                yield return $"{name} {problem}";
            if (chord is null)
                continue;
            foreach (var before in good)
            {
                if (Clash(before, (name, text, chord)) is { } clash)
                    yield return clash;
            }
            good.Add((name, text, chord));
        }
        if (Keyboard is not null && string.IsNullOrWhiteSpace(Keyboard))
            yield return "keyboard is empty; leave it out to listen to every keyboard";
    }

    /// <summary>The chords that are listened to.</summary>
    /// <exception cref="ArgumentException">There are <see cref="Problems"/>.</exception>
    internal IReadOnlyList<KeyChord> Chords() => [.. Named.Select(key => new KeyChord(key.Action, Chord.Parse(key.Text)))];

    // Start and end must be there: without text they are a problem. The others need not.
    private IEnumerable<(KeyAction Action, string Text)> Named
    {
        get
        {
            yield return (KeyAction.Start, Start);
            yield return (KeyAction.End, End);
            if (MuteChord is { } mute)
                yield return (KeyAction.Mute, mute);
            if (HelpChord is { } help)
                yield return (KeyAction.Help, help);
        }
    }

    // A key that somebody has given another meaning is left to it: a default must not spoil settings that were good.
    private string? IfFree(string key)
    {
        var wanted = Chord.Parse(key);
        return new[] { Start, End, Mute, Help }.Select(text => Chord.Read(text, out _)).Any(chord => chord?.Contains(wanted) == true) ? null : key;
    }

    private static string NameOf(KeyAction action) => action.ToString().ToLowerInvariant();

    // Pressing the longer chord would pass through the shorter one.
    private static string? Clash((string Name, string Text, Chord Chord) first, (string Name, string Text, Chord Chord) second) =>
        first.Chord.Equals(second.Chord) ? $"{second.Name} '{second.Text}' is the same as {first.Name}"
        : first.Chord.Contains(second.Chord) ? Contains(first, second)
        : second.Chord.Contains(first.Chord) ? Contains(second, first)
        : null;

    private static string Contains((string Name, string Text, Chord Chord) longer, (string Name, string Text, Chord Chord) shorter) =>
        $"{longer.Name} '{longer.Text}' contains {shorter.Name} '{shorter.Text}'; pressing one would press the other";
}
