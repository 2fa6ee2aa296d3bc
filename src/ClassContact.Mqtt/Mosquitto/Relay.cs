using System.Net.Security;
using System.Net.Sockets;
using ClassContact.Mqtt.Ways;

namespace ClassContact.Mqtt.Mosquitto;

/// <summary>
/// Lends the line to libmosquitto over a Unix socket, for one connection (<see cref="PrivateDoor"/>). TLS ends here, for the library checks no name over
/// such a socket; and what comes is looked through here (<see cref="PacketSieve"/>).
/// </summary>
internal sealed class Relay : IDisposable
{
    /// <summary>How long a broker may take to hear the goodbye.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private const int Portion = 16 * 1024; // a TLS record

    private readonly BrokerSettings settings;
    private readonly TimeProvider time;
    private readonly NetworkStream line;
    private readonly Stream top;
    private readonly PrivateDoor door = new();
    private readonly CancellationTokenSource over = new();
    private readonly CancellationToken isOver;
    private int disposed;

    private Relay(BrokerSettings settings, TimeProvider time, NetworkStream line, Stream top)
    {
        (this.settings, this.time, this.line, this.top, isOver) = (settings, time, line, top, over.Token);
        _ = Carry();
    }

    /// <summary>Where the library connects to.</summary>
    internal string Path => door.Path;

    /// <summary>Why the line ended, when it was more than that the broker hung up; known before the library sees the end.</summary>
    internal string? Reason { get; private set; }

    /// <summary>Connects to the broker, makes sure of him, and opens the door for the library.</summary>
    /// <exception cref="MqttException">What failed, without the broker's address.</exception>
    internal static async Task<Relay> Open(BrokerSettings settings, TimeProvider time, CancellationToken ct)
    {
        var line = await Line.Dial(settings, Purpose.Helpdesk, time, ct);
        try
        {
            return new(settings, time, line, settings.Tls is null ? line : await Line.Secure(line, settings, time, ct));
        }
        catch (Exception e)
        {
            await line.DisposeAsync();
            if (e is IOException or UnauthorizedAccessException or SocketException)
                throw new MqttException($"no socket for the library: {e.Message}", e) { Trouble = Trouble.Files };
            throw;
        }
    }

    /// <summary>Ends it at once. To be called when the library has said its goodbye, or has none to say.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        over.Cancel();
        door.Dispose();
        line.Dispose();
        top.Dispose();
        over.Dispose();
    }

    private async Task Carry()
    {
        try
        {
            using var near = await door.Accept(isOver);
            using var client = new NetworkStream(near, ownsSocket: false);
            var (up, down) = (Up(client), Down(client));
            await Task.WhenAny(up, down);
            // The broker may still have something to say, and closing on it would make a reset that overtakes our last word.
            await down.WaitAsync(Goodbye, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was disposed before anybody came.
        }
        finally
        {
            Dispose();
        }
    }

    private async Task Up(NetworkStream near)
    {
        var portion = new byte[Portion];
        try
        {
            while (await near.ReadAsync(portion, isOver) is > 0 and var read)
                await top.WriteAsync(portion.AsMemory(0, read), isOver);
            if (top is SslStream tls)
                await tls.ShutdownAsync();
            line.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (IsEnd(e))
        {
            // The other direction tells why.
        }
    }

    private async Task Down(NetworkStream near)
    {
        var sieve = new PacketSieve();
        var isHeard = true;
        try
        {
            while (await top.ReadAsync(sieve.Room(), isOver) is > 0 and var read)
            {
                var whole = sieve.Came(read);
                if (whole < 0)
                {
                    Reason = "the broker sent what is not MQTT 5";
                    return;
                }
                isHeard = isHeard && await Hand(near, sieve.First(whole));
                sieve.Drop(whole);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            if (!isOver.IsCancellationRequested && settings.Tls is { } files && Line.Why(e, files).Message is var why && why != Line.Closed)
                Reason = why;
        }
    }

    // A library that has gone hears no more, and the broker is let finish.
    private async Task<bool> Hand(NetworkStream near, ReadOnlyMemory<byte> portion)
    {
        try
        {
            await near.WriteAsync(portion, isOver);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsEnd(Exception e) =>
        e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or NotSupportedException;
}
