using System.Text;

namespace ClassContact.Kit.Bundle;

/// <summary>All texts by which a secret can be recognised, letters without regard to their case. Escapes are no form of their own: <see cref="PlainForm"/> resolves them.</summary>
internal static class SecretForms
{
    /// <summary>Longer ones are looked for in pieces, so that half of one is found, too.</summary>
    internal const int Longest = 64;

    private const int ShortestCode = 6; // in base64: some four bytes

    /// <summary>Of a form from this length on its first half is one, too: what is shown or logged may have been cut. Of shorter ones it would stand in many a text.</summary>
    private const int ShortestCut = 12;

    private const int ShortestHalf = 8;

    /// <summary>The forms of a secret; none for one that is too short to be told from any text.</summary>
    internal static IEnumerable<string> Of(string secret)
    {
        if (PlainForm.Of(secret).Length < Secret.Shortest)
            return [];
        var asForm = PlainForm.Of(secret.Trim().Replace(' ', '+')); // application/x-www-form-urlencoded
        return new[] { PlainForm.Of(secret), asForm }.SelectMany(Pieces)
            .Concat(Codes(Encoding.UTF8.GetBytes(secret.Trim())))
            .Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Codes(byte[] bytes) =>
        Enumerable.Range(0, 3).Select(offset => Base64(bytes, offset)).SelectMany(code => new[] { code, code.Replace('+', '-').Replace('/', '_') })
            .Append(Convert.ToHexString(bytes)).Append(BitConverter.ToString(bytes).Replace('-', ':')).Where(code => code.Length >= ShortestCode).SelectMany(Pieces);

    // What base64 makes of the secret after so many other bytes: the characters that depend on it alone.
    private static string Base64(byte[] bytes, int offset)
    {
        byte[] shifted = [.. new byte[offset], .. bytes];
        var from = (offset * 8 + 5) / 6;
        var to = shifted.Length * 8 / 6;
        return to > from ? Convert.ToBase64String(shifted)[from..to] : "";
    }

    private static IEnumerable<string> Pieces(string form)
    {
        for (var at = 0; at + Longest < form.Length; at += Longest)
        {
            yield return form.Substring(at, Longest);
            yield return form.Substring(at, Longest / 2);
        }
        yield return form.Length > Longest ? form[^Longest..] : form;
        if (form.Length is >= ShortestCut and <= Longest && form[..Math.Max(ShortestHalf, form.Length / 2)] is var half && !KnownSecrets.IsEveryday(half))
            yield return half;
    }
}
