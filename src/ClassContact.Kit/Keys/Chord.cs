namespace ClassContact.Kit.Keys;

/// <summary>One key, or several that are down together. Their order does not matter.</summary>
internal sealed class Chord : IEquatable<Chord>
{
    /// <summary>Most keys in a chord. Cheap keyboards cannot tell more at once, and nor can a hand.</summary>
    public const int MostKeys = 4;

    private readonly ushort[] codes;

    private Chord(ushort[] codes) => this.codes = codes;

    /// <summary>The keys' codes, ascending.</summary>
    public IReadOnlyList<ushort> Codes => codes;

    /// <summary>One bit for each key, all set.</summary>
    public uint Whole => (1u << codes.Length) - 1;

    /// <summary>The key's bit; 0 for a key that is not of this chord.</summary>
    public uint Bit(ushort code)
    {
        var place = Array.IndexOf(codes, code);
        return place < 0 ? 0 : 1u << place;
    }

    /// <summary>True when all keys of the other are in this one.</summary>
    public bool Contains(Chord other) => other.codes.All(code => Bit(code) != 0);

    /// <summary>Reads a chord.</summary>
    /// <exception cref="ArgumentException">The text is no chord; the message says all that is wrong.</exception>
    public static Chord Parse(string text) =>
        Read(text, out var problems) ?? throw new ArgumentException(string.Join("; ", problems), nameof(text));

    /// <summary>Reads a chord; null, and what is wrong, when it is none.</summary>
    public static Chord? Read(string? text, out IReadOnlyList<string> problems)
    {
        List<string> found = [];
        problems = found;
        if (string.IsNullOrWhiteSpace(text))
        {
            found.Add("is empty; name a key, such as F9");
            return null;
        }
        List<ushort> codes = [];
        foreach (var name in text.Split('+', StringSplitOptions.TrimEntries))
        {
            if (!KeyNames.TryCode(name, out var code))
                found.Add(Unknown(text, name));
            else if (codes.Contains(code))
                found.Add($"'{text}' names {name} twice");
            else
                codes.Add(code);
        }
        if (codes.Count > MostKeys)
            found.Add($"'{text}' has {codes.Count} keys; at most {MostKeys} can be told apart");
        return found.Count == 0 ? new([.. codes.Order()]) : null;
    }

    /// <inheritdoc/>
    public bool Equals(Chord? other) => other is not null && codes.AsSpan().SequenceEqual(other.codes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Chord);

    /// <inheritdoc/>
    public override int GetHashCode() => codes.Aggregate(0, HashCode.Combine);

    private static string Unknown(string text, string name)
    {
        var what = name.Length == 0 ? $"'{text}' has a '+' without a key" : $"'{name}' is not a key";
        var near = KeyNames.Near(name);
        return near.Count > 0
            ? $"{what}; near it are {string.Join(", ", near)}"
            : $"{what}; names are the kernel's without KEY_, such as F9, LEFTCTRL, KPENTER";
    }
}
