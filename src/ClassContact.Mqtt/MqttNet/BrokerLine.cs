using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace ClassContact.Mqtt.MqttNet;

/// <summary>
/// The way to the broker, TCP and TLS, made by us and lent to MQTTnet. Its own sends no intermediate certificates of the kit's, and closes with a
/// reset (linger 0) that can overtake the DISCONNECT.
/// </summary>
internal sealed class BrokerLine(BrokerSettings settings, TimeProvider time) : IMqttClientStreamProvider, IDisposable
{
    /// <summary>How long a broker may take to hear the goodbye.</summary>
    internal static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private PartingStream? bottom;
    private volatile Stream? top;
    private volatile bool reached;

    /// <summary>How far an opening that takes too long has come.</summary>
    internal string Stage => reached ? "connected, but no MQTT broker answered" : "no connection";

    /// <summary>Why the broker's certificate was not accepted; null when it was.</summary>
    internal string? Refusal { get; private set; }

    /// <summary>Completes when the socket is closed, at most <see cref="Goodbye"/> after MQTTnet let go of the stream.</summary>
    internal Task Parted => bottom?.Parted ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        var options = settings.Tls is { } files ? Options(files) : null;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        reached = true;
        bottom = new PartingStream(socket, time);
        return top = options is null ? bottom : await Secure(bottom, options, cancellationToken);
    }

    /// <summary>Writes the DISCONNECT that MQTTnet does not send before a CONNACK: the broker may have our CONNECT, and with it the last will.</summary>
    internal async Task TakeBackConnect()
    {
        ReadOnlyMemory<byte> disconnect = new byte[] { 0xE0, 0x00 };
        using var limit = new CancellationTokenSource(Goodbye, time);
        try
        {
            if (top is { } stream)
                await stream.WriteAsync(disconnect, limit.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException or NotSupportedException or OperationCanceledException)
        {
            // It is closed already, or somebody writes and the broker reads nothing: then the will is all that is left.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => bottom?.Dispose();

    private static async Task<Stream> Secure(Stream under, SslClientAuthenticationOptions options, CancellationToken ct)
    {
        var tls = new SslStream(under);
        try
        {
            await tls.AuthenticateAsClientAsync(options, ct);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private SslClientAuthenticationOptions Options(TlsFiles files) => new()
    {
        TargetHost = settings.Host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = files.CaFile is null ? null : Only(files.CaFile),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck, // where the kit stands, the list's server may not be reachable
        ClientCertificateContext = files.CertificateFile is null ? null : Own(files.CertificateFile, files.KeyFile!),
        RemoteCertificateValidationCallback = (_, _, chain, errors) => (Refusal = MqttNetWords.WhyRefused(errors, chain)) is null,
    };

    private static X509ChainPolicy Only(string caFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        return policy;
    }

    private static SslStreamCertificateContext Own(string certificateFile, string keyFile)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificateFile);
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), chain, offline: true);
        }
        catch (CryptographicException e)
        {
            throw new MqttException($"TLS: '{keyFile}' is not the key of '{certificateFile}', or cannot be read without a pass phrase: {e.Message}", e);
        }
    }
}
