using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>Certificates that the shipped <c>ca</c> would never sign, signed with its key all the same: what is left when an authority was careless.</summary>
internal static class Forgery
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Writes <paramref name="file"/>.crt and .key.</summary>
    internal static TlsFiles Sign(string authority, string file, string subject, DateTimeOffset? from = null, DateTimeOffset? until = null, string? server = null)
    {
        using var signer = X509Certificate2.CreateFromPemFile(Path.Combine(authority, "ca.crt"), Path.Combine(authority, "ca.key"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(server is null ? ClientAuthentication : ServerAuthentication)], false));
        if (server is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(server);
            request.CertificateExtensions.Add(names.Build());
        }
        // The authority is younger than most certificates here want to be; X509SignatureGenerator does not mind.
        using var signerKey = signer.GetECDsaPrivateKey()!;
        var serial = RandomNumberGenerator.GetBytes(8);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40); // positive, as KitAuthority has it: every tool writes the same number
        using var signed = request.Create(
            signer.SubjectName, X509SignatureGenerator.CreateForECDsa(signerKey), from ?? DateTimeOffset.UtcNow.AddDays(-1),
            until ?? DateTimeOffset.UtcNow.AddDays(1), serial);
        File.WriteAllText($"{file}.crt", signed.ExportCertificatePem());
        File.WriteAllText($"{file}.key", key.ExportPkcs8PrivateKeyPem());
        return new(CertificateFile: $"{file}.crt", KeyFile: $"{file}.key");
    }
}
