using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Mqtt;

namespace ClassContact.Classroom;

/// <summary>A certificate authority of its own, with what it has signed as PEM files in a folder.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly TestFolder folder = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;

    /// <summary>Makes its key and certificate.</summary>
    /// <param name="name">Its distinguished name.</param>
    public TestAuthority(string name = "CN=Test authority")
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        certificate = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
        File.WriteAllText(CaFile, certificate.ExportCertificatePem());
    }

    /// <summary>Its certificate.</summary>
    public string CaFile => folder.File("ca.pem");

    /// <summary>For a broker of this name or address.</summary>
    public BrokerTls Broker(string name, DateTimeOffset? until = null, bool asksForCertificate = false, DateTimeOffset? from = null)
    {
        var (file, keyFile) = Sign("broker", name, until ?? Now.AddDays(5), from: from);
        return new(CaFile, file, keyFile, asksForCertificate);
    }

    /// <summary>For a client of this name.</summary>
    public TlsFiles Client(string name, string? password = null, DateTimeOffset? until = null, DateTimeOffset? from = null)
    {
        var (file, keyFile) = Sign(name, name, until ?? Now.AddDays(5), password, from);
        return new(CaFile, file, keyFile);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        key.Dispose();
        certificate.Dispose();
        folder.Dispose();
    }

    private (string Certificate, string Key) Sign(string file, string name, DateTimeOffset until, string? password = null, DateTimeOffset? from = null)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(certificate, from ?? Now.AddDays(-9), until, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(folder.File($"{file}.crt"), signed.ExportCertificatePem());
        var strength = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        File.WriteAllText(folder.File($"{file}.key"), password is null ? own.ExportPkcs8PrivateKeyPem() : own.ExportEncryptedPkcs8PrivateKeyPem(password, strength));
        return (folder.File($"{file}.crt"), folder.File($"{file}.key"));
    }
}
