namespace ClassContact.Kit.Bundle;

/// <summary>A text that must not leave the kit.</summary>
/// <param name="Kind">What it is, as a code that may be told: <c>meeting-link</c>.</param>
/// <param name="Text">The secret itself.</param>
internal readonly record struct Secret(string Kind, string Text)
{
    /// <summary>Shorter ones stand in every text by chance.</summary>
    internal const int Shortest = 4;

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"(a secret: {Kind})";
}
