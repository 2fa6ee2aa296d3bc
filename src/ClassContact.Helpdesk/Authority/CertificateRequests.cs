using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Messages;

namespace ClassContact.Helpdesk.Authority;

/// <summary>What a kit asks to have signed, checked.</summary>
/// <param name="Kit">The common name: the kit's.</param>
/// <param name="Key">The kit's public key; the request proved that the kit holds the private one.</param>
internal sealed record KitKeyRequest(KitId Kit, PublicKey Key)
{
    /// <summary>SHA-256 of the public key, in hexadecimal: the same key is recognised by it.</summary>
    public string Fingerprint => FingerprintOf(Key);

    /// <summary>The same of any key.</summary>
    public static string FingerprintOf(PublicKey key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
}

/// <summary>Reads PKCS#10 as EST carries it: DER in base64, with or without line breaks (RFC 8951).</summary>
internal static class CertificateRequests
{
    /// <summary>Names of helpdesk accounts at the broker begin so; no kit's certificate may.</summary>
    internal const string AccountPrefix = "helpdesk";

    // P-256, P-384, P-521 (RFC 5480, 2.1.1.1): what every TLS library here speaks, and nothing weaker.
    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    /// <summary>The checked request, or a sentence that says what is wrong with it. Nothing but name and key is taken from it.</summary>
    public static (KitKeyRequest? Request, string? Problem) Read(ReadOnlySpan<byte> body)
    {
        if (!Base64.IsValid(body, out var length) || length == 0)
            return (null, "the body is not base64");
        var der = new byte[length];
        Base64.DecodeFromUtf8(body, der, out _, out var written);
        try
        {
            // This also verifies the request's own signature; extensions that it asks for are left out.
            var asked = CertificateRequest.LoadSigningRequest(der.AsSpan(0, written), HashAlgorithmName.SHA256, out var read);
            return read == written ? Check(asked) : (null, "something follows the request");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            return (null, "this is no certificate request signed with its own key");
        }
    }

    /// <summary>The kit that a name of a certificate or a request names; null for any other.</summary>
    public static KitId? KitOf(X500DistinguishedName subject)
    {
        try
        {
            // One name and nothing besides: what else stood there, somebody might read as the kit's.
            if (subject.EnumerateRelativeDistinguishedNames().ToList() is not [{ HasMultipleElements: false } only])
                return null;
            return only.GetSingleElementType().Value == "2.5.4.3" && IsForKits(only.GetSingleElementValue(), out var kit) ? kit : null;
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether the text is the name of a kit that may have a certificate.</summary>
    public static bool IsForKits(string? text, out KitId kit) =>
        KitId.TryParse(text, out kit) && !text!.StartsWith(AccountPrefix, StringComparison.Ordinal);

    private static (KitKeyRequest? Request, string? Problem) Check(CertificateRequest asked)
    {
        if (KitOf(asked.SubjectName) is not { } kit)
            return (null, $"its subject must be CN= and a kit's name ({KitId.Rule}), and nothing else");
        try
        {
            using var key = asked.PublicKey.GetECDsaPublicKey();
            return key is not null && key.ExportParameters(false).Curve is { IsNamed: true, Oid.Value: { } curve } && Curves.Contains(curve)
                ? (new(kit, asked.PublicKey), null)
                : (null, "its key must be an EC key on P-256, P-384 or P-521");
        }
        catch (CryptographicException)
        {
            return (null, "its key cannot be read");
        }
    }
}
