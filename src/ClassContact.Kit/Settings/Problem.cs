using System.Text.RegularExpressions;

namespace ClassContact.Kit.Settings;

/// <summary>
/// Something wrong in a file that a person wrote. An address in it is blotted out: the meeting's link may have been pasted into a wrong place.
/// </summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">From 1; null where no line is to blame, for example a missing file.</param>
/// <param name="Field">The way to the field, such as <c>broker.port</c>; empty for the whole file.</param>
/// <param name="Text">What is wrong, never with a secret in it.</param>
public sealed partial record Problem(string File, int? Line, string Field, string Text)
{
    /// <summary>The file, as it was named.</summary>
    public string File { get; } = Address().Replace(File, Blot);

    /// <summary>The way to the field, such as <c>broker.port</c>; empty for the whole file.</summary>
    public string Field { get; } = Address().Replace(Field, Blot);

    /// <summary>What is wrong, never with a secret in it.</summary>
    public string Text { get; } = Address().Replace(Text, Blot);

    private const string Blot = "(an address)";

    /// <summary>A text with every address of the web, and of whatever else is written like one, replaced.</summary>
    internal static string WithoutAddresses(string text, string blot) => Address().Replace(text, blot);

    /// <summary><c>file:line: field text</c>, as compilers write it, so that editors jump there.</summary>
    public override string ToString() => $"{File}{(Line is { } l ? $":{l}" : "")}: {(Field.Length == 0 ? "" : Field + " ")}{Text}";

    // One slash is enough, for a path in an exception's message has lost the other; one letter is a Windows drive.
    [GeneratedRegex("[a-z][a-z0-9+.-]+:/[^\\s']*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}

/// <summary>A value, or everything that is wrong with the file it should have come from.</summary>
public sealed record Checked<T>(T? Value, IReadOnlyList<Problem> Problems)
    where T : class
{
    /// <summary>True when there is a value to work with.</summary>
    public bool IsGood => Problems.Count == 0 && Value is not null;
}
