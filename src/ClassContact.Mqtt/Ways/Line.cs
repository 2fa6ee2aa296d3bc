using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ClassContact.Mqtt.Ways;

/// <summary>
/// The line to the broker: TCP, straight or through a proxy, and TLS on it. There is one of it for both libraries and for the checks. All failures
/// are an <see cref="MqttException"/> that says what and, in <see cref="MqttException.Trouble"/>, of which kind.
/// </summary>
internal static class Line
{
    // A way round the earth and back is a third of it.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>Connects; within <see cref="BrokerSettings.AnswerSeconds"/>, a proxy's answer within 5 s.</summary>
    internal static async Task<NetworkStream> Dial(BrokerSettings to, Purpose purpose, TimeProvider time, CancellationToken ct)
    {
        if (to.Way == BrokerWay.Proxy)
            return await Through(to, purpose, time, ct);
        var place = new Place(to.Host.Trim('[', ']'), to.PortOfWay, IsEncrypted: true);
        var limit = TimeSpan.FromSeconds(to.AnswerSeconds);
        var dialled = await Ways.Dial.To(place, purpose, time, ct, limit);
        return dialled.Stream ?? throw Lost(dialled.Trouble!, dialled.Trouble switch
        {
            Trouble.UnknownName => "the name cannot be looked up: nobody knows it",
            Trouble.Refused => "Connection refused",
            Trouble.NoRoute => "no way leads there",
            _ when dialled.Took < limit * 0.9 => "the name cannot be looked up: no name server answers", // a timer may ring a little early
            _ => $"no connection within {to.AnswerSeconds} s",
        });
    }

    /// <summary>Shakes hands, within <see cref="BrokerSettings.AnswerSeconds"/>. The stream below is the caller's to close when this fails.</summary>
    internal static async Task<SslStream> Secure(Stream under, BrokerSettings to, TimeProvider time, CancellationToken ct)
    {
        var files = to.Tls!;
        var ours = files.CaFile is { } ca ? OwnCertificate.Certificates("caFile", ca) : null;
        Refusal? refusal = null;
        var isVouchedFor = false;
        var now = time.GetUtcNow();
        var options = Options(to, ours, now);
        options.RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
            isVouchedFor = (refusal = Vouching.Judge(shown as X509Certificate2, chain, errors, ours, now)) is null;
        var tls = new SslStream(under);
        try
        {
            var inTime = await Patience.Within(TimeSpan.FromSeconds(to.AnswerSeconds), false, time, async either =>
            {
                await tls.AuthenticateAsClientAsync(options, either);
                return true;
            }, ct);
            return inTime ? tls : throw Lost(Trouble.NoAnswer, $"connected, but no TLS within {to.AnswerSeconds} s");
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException or MqttException)
        {
            await tls.DisposeAsync();
            ct.ThrowIfCancellationRequested();
            throw refusal is not null ? Lost(refusal.Trouble, $"TLS: {refusal.Words}", e) : e as MqttException ?? OfHandshake(e, files, isVouchedFor);
        }
    }

    /// <summary>Shakes hands and says nothing: whether the broker lets us in. A broker of TLS 1.3 says that it does not right behind the handshake, one that does says nothing.</summary>
    internal static async Task Knock(Stream under, BrokerSettings to, TimeProvider time, CancellationToken ct)
    {
        await using var tls = await Secure(under, to, time, ct);
        try
        {
            var isSilent = await Patience.Within(Silence, true, time, async either => await tls.ReadAsync(new byte[1], either) > 0, ct);
            if (!isSilent)
                throw Lost(Trouble.Unwelcome, Closed);
        }
        catch (IOException e)
        {
            throw Why(e, to.Tls!);
        }
    }

    /// <summary>What a broken handshake, or the first look at the line after it, says. In TLS 1.3 the broker judges our certificate only then.</summary>
    internal static MqttException Why(Exception broken, TlsFiles files) =>
        Said(broken) is { } said ? OfOpenSsl(said, files, broken)
        : broken is AuthenticationException ? Lost(Trouble.NotTls, $"TLS: {broken.GetBaseException().Message}", broken)
        : Lost(Trouble.NotTls, Closed, broken); // in the middle of something, or with a reset

    /// <summary>The other end hung up.</summary>
    internal const string Closed = "the broker closed the connection";

    // A school's filter says "no" to the first words already, and only what has shown who it is speaks for the broker. A broker of TLS 1.2 that refuses
    // us does it before .NET lets us judge its certificate, so it counts as a filter, too: then the other ways are tried in vain.
    private static MqttException OfHandshake(Exception broken, TlsFiles files, bool isVouchedFor)
    {
        var why = Why(broken, files);
        return why.Message == Closed ? Lost(Trouble.NotTls, "TLS: the connection was closed in the middle of the handshake", why)
            : why.Trouble is Trouble.Unwelcome && !isVouchedFor
                ? Lost(Trouble.NotTls, $"TLS: what answers there ended the handshake before its certificate was judged: {Said(broken)}", broken)
            : why;
    }

    private static string? Said(Exception broken)
    {
        for (var e = broken; e is not null; e = e.InnerException)
        {
            // "error:0A00045C:SSL routines::tlsv13 alert certificate required" tells most at its end.
            if (e.Message.LastIndexOf("SSL routines::", StringComparison.Ordinal) is >= 0 and var at)
                return e.Message[(at + "SSL routines::".Length)..];
        }
        return null;
    }

    private static MqttException OfOpenSsl(string said, TlsFiles files, Exception broken) =>
        !said.Contains("alert", StringComparison.Ordinal) ? Lost(Trouble.NotTls, $"TLS: {said}", broken)
        : files.CertificateFile is { } own ? Lost(Trouble.Unwelcome, $"TLS: the broker does not accept tls.certificateFile '{own}': {said}", broken)
        : Lost(Trouble.Unwelcome, $"TLS: the broker does not accept us without tls.certificateFile: {said}", broken);

    private static SslClientAuthenticationOptions Options(BrokerSettings to, X509Certificate2Collection? ours, DateTimeOffset now) => new()
    {
        TargetHost = to.Host.Trim('[', ']'),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowTlsResume = false, // a certificate that was withdrawn meanwhile must be judged
        ApplicationProtocols = to.Way is BrokerWay.Port443 or BrokerWay.Proxy ? [new("mqtt")] : null,
        CertificateChainPolicy = Policy(ours, now),
        ClientCertificateContext = to.Tls is { CertificateFile: { } own, KeyFile: { } key } ? OwnCertificate.Read(own, key) : null,
    };

    // Nothing is downloaded for it: where the kit stands, a revocation list's server may not be reachable. The broker's certificate is withdrawn by
    // giving the broker another, under a name or an authority of its own.
    private static X509ChainPolicy Policy(X509Certificate2Collection? ours, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true, VerificationTime = now.LocalDateTime };
        if (ours is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(ours);
        }
        return policy;
    }

    // Many proxies let CONNECT through to 443 alone, so that goes first.
    private static async Task<NetworkStream> Through(BrokerSettings to, Purpose purpose, TimeProvider time, CancellationToken ct)
    {
        var proxy = to.ProxyPlace ?? throw Lost(Trouble.ProxyRefuses, "no proxy is known: neither 'proxy' nor the environment names one");
        var (login, problem) = to.ProxyLoginFile is { } file ? ProxyLogin.Read(file) : (null, null);
        if (problem is not null)
            throw Lost(Trouble.ProxyLogin, $"proxyLoginFile {problem}");
        Dialled dialled = null!;
        foreach (var port in new[] { to.SecondPort, to.Port }.Distinct())
        {
            dialled = await Ways.Dial.Through(proxy, new(to.Host.Trim('[', ']'), port, IsEncrypted: true), purpose, time, ct, login);
            if (dialled.Stream is { } stream)
                return stream;
            if (dialled.Trouble is not (Trouble.ProxyRefuses or Trouble.NoAnswer))
                break;
        }
        throw Lost(dialled.Trouble!, dialled.Trouble switch
        {
            Trouble.UnknownName => "the proxy's name cannot be looked up",
            Trouble.Refused => "the proxy refuses connections",
            Trouble.NoRoute => "no way leads to the proxy",
            Trouble.ProxyLogin when login is null => "the proxy wants a name and a password, and proxyLoginFile is not set",
            Trouble.ProxyLogin => $"the proxy does not accept what proxyLoginFile '{to.ProxyLoginFile}' holds",
            Trouble.ProxyRefuses => "the proxy does not let us through",
            _ => "the proxy does not answer",
        });
    }

    private static MqttException Lost(string trouble, string words, Exception? inner = null) => new(words, inner!) { Trouble = trouble };
}
