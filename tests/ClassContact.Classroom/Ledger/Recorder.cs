using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ClassContact.Messages;

namespace ClassContact.Classroom.Ledger;

/// <summary>
/// A reader that notes every event in the order in which it comes, and loses none that a broker has acknowledged and then died of: it only ever reads (QoS 0, so
/// nothing to answer), and reads to the end. Mosquitto writes a message to its readers before it acknowledges it. MQTT 3.1.1 by hand, because a
/// client library drops what lies in its socket when the connection breaks.
/// </summary>
internal sealed class Recorder(int port) : IAsyncDisposable
{
    private static readonly byte[] Connect = [0x10, 0x14, 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, 8, .. "recorder"u8];
    private static readonly string Filter = Topic.OfEveryKit(Channel.Event);
    private readonly List<KitEvent> events = [];
    private Socket? socket;
    private Task reading = Task.CompletedTask;

    /// <summary>Events so far, second copies too.</summary>
    internal int Count
    {
        get
        {
            lock (events)
                return events.Count;
        }
    }

    /// <summary>What was heard, in order.</summary>
    internal IReadOnlyList<KitEvent> Events
    {
        get
        {
            lock (events)
                return [.. events];
        }
    }

    /// <summary>Connects and completes when the broker has granted the subscription.</summary>
    internal async Task Listen()
    {
        await Ended();
        socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4 * 1024 * 1024 };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Connect);
        var subscribe = new byte[7 + Filter.Length];
        (subscribe[0], subscribe[1], subscribe[3]) = (0x82, (byte)(subscribe.Length - 2), 1);
        BinaryPrimitives.WriteUInt16BigEndian(subscribe.AsSpan(4), (ushort)Filter.Length);
        Encoding.ASCII.GetBytes(Filter, subscribe.AsSpan(6));
        await socket.SendAsync(subscribe);
        var granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reading = Read(new NetworkStream(socket), granted);
        await granted.Task.WaitAsync(WaitFor.Generous);
    }

    /// <summary>Completes when everything is read that came over the connection, which must be dead.</summary>
    internal async Task Ended()
    {
        await reading.WaitAsync(WaitFor.Generous);
        socket?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        socket?.Dispose();
        await reading.WaitAsync(WaitFor.Generous);
    }

    private async Task Read(NetworkStream stream, TaskCompletionSource granted)
    {
        await using var buffered = new BufferedStream(stream, 64 * 1024);
        try
        {
            while (await Packet(buffered) is var (kind, body))
            {
                if (kind == 0x90)
                    granted.TrySetResult();
                else if (kind >> 4 == 3)
                    Note(body.AsSpan(2 + BinaryPrimitives.ReadUInt16BigEndian(body)));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The connection is dead, and all that came over it was read.
        }
        granted.TrySetException(new IOException("the broker is gone"));
        _ = granted.Task.Exception;
    }

    private void Note(ReadOnlySpan<byte> payload)
    {
        var document = Wire.Read<KitEvent>(payload) ?? throw new InvalidDataException("not an event");
        lock (events)
            events.Add(document.Body);
    }

    private static async Task<(int Kind, byte[] Body)?> Packet(Stream stream)
    {
        var one = new byte[1];
        if (await stream.ReadAsync(one) == 0)
            return null;
        int kind = one[0], length = 0;
        for (var shift = 0; ; shift += 7)
        {
            await stream.ReadExactlyAsync(one);
            length |= (one[0] & 127) << shift;
            if (one[0] < 128)
                break;
        }
        var body = new byte[length];
        await stream.ReadExactlyAsync(body);
        return (kind, body);
    }
}
