using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Network;

/// <summary>The files that make the kit known to the broker, as they are now.</summary>
internal static class KitCertificate
{
    internal const string Unreadable = "unreadable";
    internal const string KeyMismatch = "key-mismatch";

    /// <summary>When the certificates of the files are valid; or what is wrong with the files.</summary>
    internal static (Validity? Valid, string? Trouble) Look(TlsFiles files)
    {
        try
        {
            var all = new List<Validity>();
            if (files is { CertificateFile: { } own, KeyFile: { } key })
            {
                using var pair = X509Certificate2.CreateFromPemFile(own, key);
                all.Add(Validity.Of(pair));
            }
            if (files.CaFile is { } authority)
            {
                var authorities = OfAll(authority);
                if (authorities.Count == 0)
                    return (null, Unreadable);
                all.AddRange(authorities);
            }
            return all.Count == 0 ? (null, Unreadable) : (new(all.Max(v => v.From), all.Min(v => v.Until)), null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException && files.CertificateFile is { } own && OfAll(own).Count > 0)
        {
            return (null, KeyMismatch); // the certificate reads alone, so it is the key
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, Unreadable);
        }
    }

    private static IReadOnlyList<Validity> OfAll(string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(file);
            return [.. certificates.Select(Validity.Of)];
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
        finally
        {
            foreach (var certificate in certificates)
                certificate.Dispose();
        }
    }
}

/// <summary>From when until when something is valid.</summary>
internal sealed record Validity(DateTimeOffset From, DateTimeOffset Until)
{
    internal static Validity Of(X509Certificate2 certificate) => new(certificate.NotBefore, certificate.NotAfter);

    /// <summary>How long before its end to warn: so much, or a quarter of its life when that is less, for authorities that sign for six days only.</summary>
    internal TimeSpan Warning(TimeSpan atMost) => (Until - From) / 4 is var quarter && quarter < atMost ? quarter : atMost;
}
