using ClassContact.Kit.Keys;

namespace ClassContact.Kit.Door;

/// <summary>The technician's door.</summary>
/// <param name="Chord">The keys that open it at the standby page when they are held for three seconds, as in <see cref="KeySettings"/>; empty for a kit without a
/// door. They are keys' places, the same on a Belgian keyboard.</param>
public sealed record DoorSettings(string Chord = "LeftCtrl+LeftAlt+T")
{
    /// <summary>Everything that the shape alone does not say; each text begins with its field.</summary>
    /// <param name="keys">The kit's other keys.</param>
    public IEnumerable<string> Problems(KeySettings keys)
    {
        if (Chord.Length == 0)
            yield break;
        var chord = Keys.Chord.Read(Chord, out var problems);
        foreach (var problem in problems)
            yield return $"chord {problem}";
        if (chord is null)
            yield break;
        if (chord.Codes.Count < 2)
            yield return $"chord '{Chord}' is one key, which a book on the keyboard holds, too";
        foreach (var code in chord.Codes.Where(code => PageKeys.Of(code) is null))
            yield return $"chord '{Chord}' has a key (code {code}) that a page does not tell; take letters, digits, F1 to F12, Ctrl, Alt and Shift";
        foreach (var other in new[] { keys.Start, keys.End, keys.MuteChord, keys.HelpChord }.OfType<string>())
        {
            if (Keys.Chord.Read(other, out _) is { } taken && (chord.Contains(taken) || taken.Contains(chord)))
                yield return $"chord '{Chord}' and '{other}' would press each other";
        }
    }

    /// <summary>The keys as a page names them (<c>KeyboardEvent.code</c>); empty for a kit without a door.</summary>
    internal IReadOnlyList<string> OnThePage() => Keys.Chord.Read(Chord, out _) is { } chord ? [.. chord.Codes.Select(PageKeys.Of).OfType<string>()] : [];
}
