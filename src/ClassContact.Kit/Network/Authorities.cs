using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace ClassContact.Kit.Network;

/// <summary>
/// Whom this computer trusts, and who put them there. Debian's own authorities are Mozilla's, in one folder; what somebody added to this computer
/// lies elsewhere, and so does a school's inspection of TLS that this computer was made to trust.
/// It cannot see: an inspection whose authority was put into Mozilla's folder, one by an authority that the whole world trusts, what only the
/// browser trusts or mistrusts (it has a list of its own), and one that spares the meeting's first page.
/// </summary>
/// <param name="Shipped">Folder of the authorities that Debian's package <c>ca-certificates</c> brings.</param>
/// <param name="Instead">Trusted instead of the system's authorities; null for the system's.</param>
internal sealed partial record Authorities(string Shipped = "/usr/share/ca-certificates/mozilla", X509Certificate2Collection? Instead = null)
{
    private const string OrganisationName = "2.5.4.10";
    private const string CommonName = "2.5.4.3";
    private const int LongestName = 64; // RFC 5280, ub-organization-name

    /// <summary>Whether an authority came with the system; null when that cannot be told, as on a system that is not Debian's kin.</summary>
    internal bool? CameWithSystem(X509Certificate2 root)
    {
        try
        {
            var wanted = root.RawData;
            // A PEM file is as long as its certificate makes it, so of some 140 only a few need to be read.
            var shortest = (wanted.Length + 2) / 3 * 4;
            return new DirectoryInfo(Shipped).EnumerateFiles("*.crt")
                .Any(file => file.Length > shortest && file.Length < shortest + (shortest / 32) + 200 && IsIn(file.FullName, wanted));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The policy of a look at a chain: nothing is downloaded for it, and no stranger's address is called.</summary>
    internal X509ChainPolicy Policy(DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = now.LocalDateTime,
        };
        if (Instead is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(Instead);
        }
        return policy;
    }

    /// <summary>The organisation, or where there is none the common name; null when there is neither, or when it holds an address.</summary>
    internal static string? Organisation(X500DistinguishedName name)
    {
        var parts = name.EnumerateRelativeDistinguishedNames().Where(part => !part.HasMultipleElements).ToList();
        var text = Value(OrganisationName) ?? Value(CommonName);
        if (text is null)
            return null;
        var plain = new string([.. text.Where(c => !char.IsControl(c)).Take(LongestName)]).Trim();
        return plain.Length == 0 || Address().IsMatch(plain) ? null : plain;

        string? Value(string oid) => parts.Find(part => part.GetSingleElementType().Value == oid)?.GetSingleElementValue();
    }

    /// <summary>Whether a name is that of a product which opens TLS, by the names that such products give their authorities.</summary>
    internal static bool IsInspection(string? issuer) => issuer is not null && Product().IsMatch(issuer);

    private static bool IsIn(string file, byte[] wanted)
    {
        var pem = File.ReadAllText(file);
        return System.Security.Cryptography.PemEncoding.TryFind(pem, out var found)
            && found.DecodedDataLength == wanted.Length
            && Convert.FromBase64String(pem[found.Base64Data]).AsSpan().SequenceEqual(wanted);
    }

    [GeneratedRegex(@"\d+\.\d+\.\d+\.\d+|[0-9a-f]*:[0-9a-f]*:[0-9a-f:]*|@", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(
        @"\b(forti(net|gate)|zscaler|sophos|netskope|blue ?coat|palo alto|umbrella|smoothwall|lightspeed|securly|kaspersky|eset|bitdefender|barracuda|watchguard|sonicwall|check ?point"
        + @"|forcepoint|websense|olfeo|stormshield|iboss|contentkeeper|untangle|clavister|pfsense|opnsense|squid|mitmproxy|cloudflare.*gateway)\b|\b(tls|ssl|https) inspection\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Product();
}
