using System.Text.RegularExpressions;

namespace ClassContact.Messages;

/// <summary>
/// A kit's name: <c>[a-z0-9][a-z0-9-]{1,62}</c>, one whole topic level and later the certificate's common name.
/// </summary>
public readonly partial record struct KitId
{
    /// <summary>What a kit's name must look like, in words for an error message.</summary>
    public const string Rule = "2 to 63 of a-z, 0-9 and '-', beginning with a letter or digit";

    private readonly string? value;

    private KitId(string value) => this.value = value;

    /// <summary>Reads a kit's name; false when it breaks <see cref="Rule"/>.</summary>
    public static bool TryParse(string? text, out KitId id)
    {
        var valid = text is not null && Shape().IsMatch(text);
        id = valid ? new KitId(text!) : default;
        return valid;
    }

    /// <summary>Reads a kit's name.</summary>
    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>.</exception>
    public static KitId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a kit's name ({Rule})");

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    // \z, not $: $ would let a trailing newline through.
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{1,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
