namespace ClassContact.Kit.Settings;

/// <summary>Something wrong in a file that a person wrote.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">From 1; null where no line is to blame, for example a missing file.</param>
/// <param name="Field">The way to the field, such as <c>broker.port</c>; empty for the whole file.</param>
/// <param name="Text">What is wrong, never with a secret in it.</param>
public sealed record Problem(string File, int? Line, string Field, string Text)
{
    /// <summary><c>file:line: field text</c>, as compilers write it, so that editors jump there.</summary>
    public override string ToString() => $"{File}{(Line is { } l ? $":{l}" : "")}: {(Field.Length == 0 ? "" : Field + " ")}{Text}";
}

/// <summary>A value, or everything that is wrong with the file it should have come from.</summary>
public sealed record Checked<T>(T? Value, IReadOnlyList<Problem> Problems)
    where T : class
{
    /// <summary>True when there is a value to work with.</summary>
    public bool IsGood => Problems.Count == 0 && Value is not null;
}
