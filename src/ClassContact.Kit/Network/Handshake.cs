using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ClassContact.Kit.Network;

/// <summary>What a meeting's host showed of itself when it was called once.</summary>
internal sealed record Visit
{
    /// <summary>Why there was no connection, or no TLS on it; null when there was.</summary>
    internal string? Trouble { get; init; }

    /// <summary>The certificate and who vouches for it; null without TLS.</summary>
    internal Vouched? Vouched { get; init; }

    /// <summary>How long the handshake took.</summary>
    internal TimeSpan HandshakeTook { get; init; }

    /// <summary>This computer's clock minus the host's; null when the host did not say.</summary>
    internal TimeSpan? ClockOffset { get; init; }

    /// <summary>By how much <see cref="ClockOffset"/> can be wrong.</summary>
    internal TimeSpan ClockDoubt { get; init; }
}

/// <summary>A certificate and what the system holds of it.</summary>
/// <param name="Errors">What is wrong with name and chain.</param>
/// <param name="Chain">What is wrong with the chain, time left aside: a kit whose clock is years off must learn of the clock, not of a stranger.</param>
/// <param name="IsSelfSigned">Whether it vouches for itself.</param>
/// <param name="CameWithSystem">Whether the authority at the chain's root came with the system; null when that cannot be told.</param>
/// <param name="Issuer">The issuer.</param>
/// <param name="Valid">When the certificate and the authorities between it and the root are all valid.</param>
internal sealed record Vouched(
    SslPolicyErrors Errors, X509ChainStatusFlags Chain, bool IsSelfSigned, bool? CameWithSystem, Issuer Issuer, Validity Valid)
{
    /// <summary>Whether the host is who it should be; the dates left aside.</summary>
    internal bool IsTrusted => Chain is X509ChainStatusFlags.NoError && (Errors & ~SslPolicyErrors.RemoteCertificateChainErrors) is SslPolicyErrors.None;
}

/// <summary>Shakes hands with a host, whoever it turns out to be: nothing is told to it but its own name.</summary>
internal static class Handshake
{
    /// <summary>The other end does not speak TLS, or none that this computer speaks.</summary>
    internal const string NotTls = "not-tls";

    private const X509ChainStatusFlags OfTime = X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.NotTimeNested | X509ChainStatusFlags.CtlNotTimeValid;

    /// <summary>Secures a connection within 5 s. Without a trouble the stream is open and the caller's.</summary>
    internal static async Task<(SslStream? Stream, Vouched? Vouched, string? Trouble)> On(
        Stream stream, string host, Authorities authorities, TimeProvider time, CancellationToken ct)
    {
        Vouched? vouched = null;
        var tls = new SslStream(stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            AllowTlsResume = false, // a resumed session shows no certificate
            CertificateChainPolicy = authorities.Policy(time.GetUtcNow()),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                vouched = certificate is X509Certificate2 shown && chain is not null ? Judge(shown, chain, errors, authorities) : null;
                return vouched is not null; // who it is gets judged afterwards, and a stranger is asked nothing
            },
        };
        var trouble = await Patience.Within(Patience.Step, Trouble.NoAnswer, time, async either =>
        {
            try
            {
                await tls.AuthenticateAsClientAsync(options, either);
                return vouched is null ? NotTls : null;
            }
            catch (Exception e) when (e is AuthenticationException or IOException or SocketException)
            {
                either.ThrowIfCancellationRequested();
                return NotTls;
            }
        }, ct);
        if (trouble is null)
            return (tls, vouched, null);
        await tls.DisposeAsync();
        return (null, null, trouble);
    }

    private static Vouched Judge(X509Certificate2 shown, X509Chain chain, SslPolicyErrors errors, Authorities authorities)
    {
        var wrong = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) & ~OfTime;
        // A root is trusted because it is in the system's list, and browsers do not ask for its dates.
        var dated = chain.ChainElements.Select(element => element.Certificate).Where(certificate => !IsSelfSigned(certificate)).Append(shown).Select(Validity.Of).ToList();
        var root = chain.ChainElements.Count > 0 && wrong is X509ChainStatusFlags.NoError ? chain.ChainElements[^1].Certificate : null;
        return new(errors, wrong, IsSelfSigned(shown), root is null ? null : authorities.CameWithSystem(root),
            IsSelfSigned(shown) ? new(null, false) : Issuer.Of(shown.IssuerName), new(dated.Max(v => v.From), dated.Min(v => v.Until)));
    }

    private static bool IsSelfSigned(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
