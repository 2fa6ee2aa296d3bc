using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Authority;

/// <summary>The authority that signs kits' certificates: a certificate and a key that <c>packaging/broker/ca</c> made.</summary>
internal sealed class KitAuthority : IDisposable
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2"; // id-kp-clientAuth (RFC 5280, 4.2.1.12)

    /// <summary>A kit whose clock is a little behind must be able to use its certificate at once.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly X509Certificate2 certificate;
    private readonly ECDsa key;

    private KitAuthority(X509Certificate2 certificate, ECDsa key) => (this.certificate, this.key) = (certificate, key);

    /// <summary>When the authority's own certificate ends.</summary>
    public DateTimeOffset Until => certificate.NotAfter;

    /// <summary>Reads both files.</summary>
    /// <exception cref="InvalidDataException">One is missing, unreadable, no authority's or of another key; names it.</exception>
    public static KitAuthority Read(string certificateFile, string keyFile)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            var key = pair.GetECDsaPrivateKey() ?? throw new InvalidDataException($"{keyFile}: is no EC key");
            if (pair.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true })
                throw new InvalidDataException($"{certificateFile}: is not an authority's certificate");
            return new(X509CertificateLoader.LoadCertificate(pair.RawData), key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"{certificateFile}, {keyFile}: are no certificate and its key in PEM without a pass phrase ({e.Message})", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>The authority's certificate as EST's certs-only PKCS#7.</summary>
    public byte[] CaCerts() => CertsOnly(certificate);

    /// <summary>A certificate and nothing else as PKCS#7.</summary>
    public static byte[] CertsOnly(X509Certificate2 certificate) => new X509Certificate2Collection(certificate).Export(X509ContentType.Pkcs7)!;

    /// <summary>
    /// Signs a kit's key: for authenticating clients and nothing else, with a random serial number. It never outlives the authority itself.
    /// </summary>
    public X509Certificate2 Sign(KitKeyRequest asked, DateTimeOffset now, TimeSpan life)
    {
        var until = now + life < Until ? now + life : Until;
        var request = new CertificateRequest(new X500DistinguishedName($"CN={asked.Kit}"), asked.Key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(asked.Key, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request.Create(certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now - Skew, until, SerialNumber());
    }

    /// <summary>Whose certificate it is, or the refusal's code: chain, dates, purpose and name are judged by the service's clock.</summary>
    public (KitId? Kit, string? Refusal) Judge(X509Certificate2? client, DateTimeOffset now)
    {
        if (client is null)
            return (null, Refusals.NoCertificate);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        chain.ChainPolicy.ApplicationPolicy.Add(new(ClientAuthentication));
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // the register knows, and is asked
        chain.ChainPolicy.DisableCertificateDownloads = true;
        var isGood = chain.Build(client);
        if (!isGood && !chain.ChainStatus.All(s => s.Status is X509ChainStatusFlags.NotTimeValid))
            return (null, Refusals.NotAKit);
        if (CertificateRequests.KitOf(client.SubjectName) is not { } kit)
            return (null, Refusals.NotAKit);
        return isGood ? (kit, null) : (null, now < new DateTimeOffset(client.NotBefore) ? Refusals.NotYetValid : Refusals.Expired);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }

    // Positive and without a leading zero byte, so that every tool writes the same number (RFC 5280, 4.1.2.2).
    private static byte[] SerialNumber()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }
}
