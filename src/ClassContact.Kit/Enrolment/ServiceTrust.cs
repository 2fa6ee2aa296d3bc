using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ClassContact.Kit.Enrolment;

/// <summary>How the signing service is known: by its authority's certificate, or, for one question only, not yet.</summary>
/// <param name="authorities">Whom to trust, and nobody else; null accepts anyone, for the authority's certificate is then known by its fingerprint.</param>
internal sealed class ServiceTrust(X509Certificate2Collection? authorities)
{
    /// <summary>Why the last connection was not trusted, in words; null when it was.</summary>
    public string? Trouble { get; private set; }

    /// <summary>For a TLS client.</summary>
    public bool Judge(X509Certificate2? server, SslPolicyErrors errors)
    {
        Trouble = authorities is null ? null : TroubleOf(server, errors, authorities);
        return Trouble is null;
    }

    private static string? TroubleOf(X509Certificate2? server, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (server is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "it showed no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return "its certificate is made out to another name";
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // the authority publishes its list to the broker alone
        chain.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.1")); // id-kp-serverAuth (RFC 5280, 4.2.1.12)
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(server) ? null
            : chain.ChainStatus.Any(s => s.Status is X509ChainStatusFlags.NotTimeValid) ? $"its certificate is valid from {server.NotBefore:yyyy-MM-dd} to {server.NotAfter:yyyy-MM-dd} (or this kit's clock is wrong)"
            : $"its certificate was signed by '{server.Issuer}', which is not the authority it should be";
    }
}
