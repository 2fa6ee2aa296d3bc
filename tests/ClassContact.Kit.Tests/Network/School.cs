using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClassContact.Kit.Tests.Network;

/// <summary>An authority, and what it signs.</summary>
internal sealed class School : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal School(string name)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Authority = request.CreateSelfSigned(Now.AddYears(-3), Now.AddYears(3));
    }

    /// <summary>An authority that another one signed.</summary>
    internal School(string name, School above, DateTimeOffset from, DateTimeOffset until)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var signed = request.Create(above.Authority, from, until, RandomNumberGenerator.GetBytes(8));
        Authority = signed.CopyWithPrivateKey(key);
    }

    internal X509Certificate2 Authority { get; }

    /// <summary>The same authority, name and key, as another one signed it for another time.</summary>
    internal X509Certificate2 As(School above, DateTimeOffset from, DateTimeOffset until)
    {
        var request = new CertificateRequest(Authority.SubjectName, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.Create(above.Authority, from, until, RandomNumberGenerator.GetBytes(8));
    }

    /// <summary>For a host of this name.</summary>
    internal X509Certificate2 Sign(string name, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Request(name, own).Create(Authority, from ?? Now.AddDays(-30), until ?? Now.AddDays(60), RandomNumberGenerator.GetBytes(8));
        using var pair = signed.CopyWithPrivateKey(own);
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pfx), null);
    }

    /// <summary>One that nobody signed.</summary>
    internal static X509Certificate2 SelfSigned(string name)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(name, own).CreateSelfSigned(Now.AddDays(-30), Now.AddDays(60));
    }

    public void Dispose()
    {
        Authority.Dispose();
        key.Dispose();
    }

    private static CertificateRequest Request(string name, ECDsa own)
    {
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
