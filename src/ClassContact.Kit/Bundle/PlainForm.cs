using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ClassContact.Kit.Bundle;

/// <summary>A text without what hides its characters: escapes of JSON, HTML, addresses and bytes, and white space.</summary>
internal static partial class PlainForm
{
    /// <summary>What was escaped twice is rare, three times unseen.</summary>
    private const int Rounds = 3;

    /// <summary>The text with its escapes resolved.</summary>
    internal static string Decoded(string text)
    {
        for (var round = 0; round < Rounds && text.AsSpan().ContainsAny('%', '\\', '&'); round++)
        {
            var next = Once(text);
            if (next == text)
                break;
            text = next;
        }
        return text;
    }

    /// <summary>The same, without white space and characters that are not seen.</summary>
    internal static string Of(string text)
    {
        var decoded = Decoded(text);
        var dense = new StringBuilder(decoded.Length);
        foreach (var c in decoded)
        {
            if (!char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format))
                dense.Append(c);
        }
        return dense.ToString();
    }

    private static string Once(string text)
    {
        text = Escape().Replace(text, match => match.Value[1] switch
        {
            'x' => Encoding.UTF8.GetString(Convert.FromHexString(match.Value.Replace("\\x", "", StringComparison.Ordinal))),
            'u' => ((char)int.Parse(match.ValueSpan[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString(),
            'n' or 'r' or 't' or 'b' or 'f' => " ",
            var plain => plain.ToString(),
        });
        return WebUtility.HtmlDecode(text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text);
    }

    // Of JSON, and the bytes of wpa_supplicant and the journal.
    [GeneratedRegex("""\\(?:u[0-9a-fA-F]{4}|[nrtbf"/\\])|(?:\\x[0-9a-fA-F]{2})+""", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
