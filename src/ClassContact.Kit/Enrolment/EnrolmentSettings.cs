namespace ClassContact.Kit.Enrolment;

/// <summary>Where the kit gets its certificate and its meeting's link, and how that service is known: never blindly.</summary>
/// <param name="Server">The signing service: an https address without a path.</param>
/// <param name="CaFile">PEM file of the authority that signed the service's certificate; only this one is trusted.</param>
/// <param name="Fingerprint">Instead of the file: SHA-256 of the authority's certificate in hexadecimal, with or without colons, as openssl writes it.</param>
public sealed record EnrolmentSettings(string Server, string? CaFile = null, string? Fingerprint = null)
{
    /// <summary>Everything that the shape alone does not say; each text begins with its field.</summary>
    public IEnumerable<string> Problems()
    {
        if (AddressOf(Server) is null)
            yield return "server is not an https address without a path";
        if (CaFile is not null && Fingerprint is not null)
            yield return "fingerprint is too much: caFile is there";
        if (Fingerprint is not null && BytesOf(Fingerprint) is null)
            yield return "fingerprint is not 64 hexadecimal digits (SHA-256)";
    }

    /// <summary>The address of a text; null for what is no https address of a server.</summary>
    internal static Uri? AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.PathAndQuery == "/" && uri.Fragment.Length == 0
            ? uri : null;

    /// <summary>The 32 bytes of a fingerprint; null for anything else.</summary>
    internal static byte[]? BytesOf(string text)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 64 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }
}
