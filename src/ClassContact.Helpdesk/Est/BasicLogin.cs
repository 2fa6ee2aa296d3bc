using System.Text;

namespace ClassContact.Helpdesk.Est;

/// <summary>Name and password of HTTP Basic (RFC 7617).</summary>
internal static class BasicLogin
{
    private const string Scheme = "Basic ";
    private const int Longest = 256; // a kit's name has 63 characters, a code 9

    /// <summary>Reads the header; null when it is none, or longer than ours ever is.</summary>
    public static (string Name, string Password)? Parse(string? header)
    {
        if (header is null || header.Length > Longest || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[Longest];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (text[..colon], text[(colon + 1)..]) : null;
    }
}
