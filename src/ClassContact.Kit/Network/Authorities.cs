using System.Security.Cryptography.X509Certificates;

namespace ClassContact.Kit.Network;

/// <summary>
/// Whom this computer trusts, and who put them there. Debian's own authorities are Mozilla's, in one folder; what somebody added to this computer
/// lies elsewhere, and so does a school's inspection of TLS that this computer was made to trust. The browser does not follow it there: Chromium 156
/// refuses such a host (ERR_CERT_AUTHORITY_INVALID, tried 2026-11-21) where curl is content; it has a list of its own, and its user's NSS store.
/// It cannot see: an inspection whose authority was put into Mozilla's folder, one by an authority that the whole world trusts, what only the
/// browser trusts or mistrusts, and one that spares the meeting's first page.
/// </summary>
/// <param name="Shipped">Folder of the authorities that Debian's package <c>ca-certificates</c> brings.</param>
/// <param name="Instead">Trusted instead of the system's authorities; null for the system's.</param>
internal sealed record Authorities(string Shipped = "/usr/share/ca-certificates/mozilla", X509Certificate2Collection? Instead = null)
{
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
            VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid | X509VerificationFlags.IgnoreCtlNotTimeValid, // dates are judged apart
        };
        if (Instead is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(Instead);
        }
        return policy;
    }

    private static bool IsIn(string file, byte[] wanted)
    {
        var pem = File.ReadAllText(file);
        return System.Security.Cryptography.PemEncoding.TryFind(pem, out var found)
            && found.DecodedDataLength == wanted.Length
            && Convert.FromBase64String(pem[found.Base64Data]).AsSpan().SequenceEqual(wanted);
    }
}
