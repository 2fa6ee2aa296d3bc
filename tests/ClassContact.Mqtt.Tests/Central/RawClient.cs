using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>MQTT 5 by hand over TLS, for what no decent client does: not to acknowledge, not to read, to send too much, to go without a goodbye.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    internal const byte Connack = 0x20;
    internal const byte Publish = 0x30;
    internal const byte Suback = 0x90;
    internal const byte Disconnect = 0xE0;
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
    private SslStream tls = null!;

    private RawClient()
    {
    }

    /// <summary>Of the broker, as it came in the handshake.</summary>
    internal X509Certificate Broker => tls.RemoteCertificate!;

    /// <summary>The protocol that the broker chose of those that were offered; empty for none.</summary>
    internal SslApplicationProtocol Alpn => tls.NegotiatedApplicationProtocol;

    /// <summary>TCP, TLS with the files' certificate and, unless <paramref name="id"/> is null, CONNECT; its CONNACK said yes.</summary>
    internal static async Task<RawClient> Open(TlsFiles files, int port, string? id = "raw", string? alpn = null, MqttMessage? will = null)
    {
        var client = new RawClient();
        await client.socket.ConnectAsync(IPAddress.Loopback, port);
        client.tls = new(new NetworkStream(client.socket, ownsSocket: true));
        using var certificate = X509Certificate2.CreateFromPemFile(files.CertificateFile!, files.KeyFile);
        using var authority = X509CertificateLoader.LoadCertificateFromFile(files.CaFile!);
        await client.tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = CentralBroker.Host,
            ClientCertificates = [certificate],
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = alpn is null ? null : [new(alpn)],
            CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck },
        });
        if (id is not null)
            await client.Connect(id, will);
        return client;
    }

    /// <summary>SUBSCRIBE with QoS 1; the broker has granted it.</summary>
    internal async Task Subscribe(string filter)
    {
        await Send(0x82, [0, 1, 0, .. Text(filter), 1]);
        var (type, body) = await Next();
        Assert.Equal((Suback, 1), (type, body[^1]));
    }

    /// <summary>Sends a packet: fixed header and body.</summary>
    internal async Task Send(byte header, byte[] body)
    {
        await tls.WriteAsync(new byte[] { header }.Concat(Length(body.Length)).Concat(body).ToArray());
        await tls.FlushAsync();
    }

    /// <summary>A PUBLISH packet's body.</summary>
    internal static byte[] Message(string topic, byte[] payload, ushort? id) =>
        [.. Text(topic), .. id is { } n ? new[] { (byte)(n >> 8), (byte)n } : [], 0, .. payload];

    /// <summary>The next packet: its type without flags, and its body.</summary>
    /// <exception cref="EndOfStreamException">The broker has closed the connection.</exception>
    internal async Task<(byte Type, byte[] Body)> Next()
    {
        using var patience = new CancellationTokenSource(Clients.Patience);
        var one = new byte[1];
        await tls.ReadExactlyAsync(one, patience.Token);
        var type = (byte)(one[0] & 0xF0);
        var (length, shift) = (0, 0);
        do
        {
            await tls.ReadExactlyAsync(one, patience.Token);
            length |= (one[0] & 0x7F) << shift;
            shift += 7;
        }
        while ((one[0] & 0x80) != 0);
        var body = new byte[length];
        await tls.ReadExactlyAsync(body, patience.Token);
        return (type, body);
    }

    /// <summary>The broker closes, whatever it says before.</summary>
    internal async Task IsClosed()
    {
        var end = await Record.ExceptionAsync(async () =>
        {
            while (true)
                await Next();
        });
        Assert.IsAssignableFrom<IOException>(end);
    }

    /// <summary>Asks for an answer and counts the messages that came before it.</summary>
    internal async Task<int> MessagesUntilPong()
    {
        await Send(0xC0, []);
        for (var messages = 0; ; messages++)
            if ((await Next()).Type != Publish)
                return messages;
    }

    /// <summary>Ends TCP without a goodbye, so that the broker publishes the will.</summary>
    public async ValueTask DisposeAsync()
    {
        socket.Close();
        try
        {
            await tls.DisposeAsync();
        }
        catch (IOException)
        {
            // it is closed already
        }
    }

    private async Task Connect(string id, MqttMessage? will)
    {
        byte flags = (byte)(0x02 | (will is null ? 0 : 0x0C)); // clean start; a will with QoS 1; 600 s of silence allowed
        byte[] willBody = will is null ? [] : [0, .. Text(will.Topic), .. Binary(will.Payload.ToArray())];
        await Send(0x10, [.. Text("MQTT"), 5, flags, 2, 0x58, 0, .. Text(id), .. willBody]);
        var (type, body) = await Next();
        Assert.Equal((Connack, 0), (type, body[1]));
    }

    private static byte[] Text(string text) => Binary(Encoding.UTF8.GetBytes(text));

    private static byte[] Binary(byte[] bytes) => [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    private static IEnumerable<byte> Length(int length)
    {
        do
        {
            yield return (byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0));
            length >>= 7;
        }
        while (length > 0);
    }
}
