using System.Net;
using System.Net.Sockets;
using ClassContact.Mqtt.Ways;
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

    /// <summary>Completes when the socket is closed, at most <see cref="Goodbye"/> after MQTTnet let go of the stream.</summary>
    internal Task Parted => bottom?.Parted ?? Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        var dialled = await Line.Dial(settings, Purpose.Helpdesk, time, cancellationToken);
        reached = true;
        bottom = new PartingStream(dialled.Socket, time);
        return top = settings.Tls is null ? bottom : await Line.Secure(bottom, settings, time, cancellationToken);
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
}
