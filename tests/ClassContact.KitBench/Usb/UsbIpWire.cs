using System.Buffers.Binary;
using System.Net.Sockets;

namespace ClassContact.KitBench.Usb;

/// <summary>USB/IP as the kernel speaks it (Documentation/usb/usbip_protocol.rst): big-endian, 48 bytes and then data.</summary>
internal sealed class UsbIpWire(Stream stream) : IDisposable
{
    private const int HeaderLength = 48;
    private const uint Unlink = 2;
    private const uint SubmitReply = 3;
    private const uint UnlinkReply = 4;
    private const int Reset = -104; // ECONNRESET: the kernel took the transfer back
    private readonly SemaphoreSlim one = new(1);

    /// <summary>What the kernel asks next; null when the machine has let go of the device.</summary>
    public async Task<Asked?> Read()
    {
        try
        {
            var header = await Exactly(HeaderLength);
            var number = Number(header, 4);
            return Number(header, 0) == Unlink ? new(number, null, Number(header, 20)) : new(number, await Rest(number, header), 0);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Answers a transfer with what went in, or with how much went out.</summary>
    public Task Answer(Transfer asked, int status, byte[] data, int[]? lengths = null)
    {
        var reply = Header(SubmitReply, asked.Number, status);
        BinaryPrimitives.WriteInt32BigEndian(reply.AsSpan(24), asked.IsIn ? data.Length : asked.Length);
        BinaryPrimitives.WriteInt32BigEndian(reply.AsSpan(32), asked.Packets.Length);
        var packets = new byte[16 * asked.Packets.Length];
        for (var at = 0; at < asked.Packets.Length; at++)
        {
            var packet = asked.Packets[at];
            var into = packets.AsSpan(16 * at);
            BinaryPrimitives.WriteUInt32BigEndian(into, packet.Offset);
            BinaryPrimitives.WriteUInt32BigEndian(into[4..], packet.Length);
            BinaryPrimitives.WriteUInt32BigEndian(into[8..], lengths is null ? packet.Length : (uint)lengths[at]);
        }

        return Write([.. reply, .. asked.IsIn ? data : [], .. packets]);
    }

    /// <summary>Answers that a transfer was taken back, or that it was done already. The number is that of the request to take it back.</summary>
    public Task AnswerTakenBack(uint number, bool wasThere) => Write(Header(UnlinkReply, number, wasThere ? Reset : 0));

    /// <inheritdoc/>
    public void Dispose()
    {
        stream.Dispose();
        one.Dispose();
    }

    private async Task<Transfer> Rest(uint number, byte[] header)
    {
        var (isIn, length, count) = (Number(header, 12) == 1, (int)Number(header, 24), (int)Number(header, 32));
        var data = isIn ? [] : await Exactly(length);
        var packets = await Exactly(16 * Math.Max(count, 0));
        var setup = header.AsSpan(40);
        return new(number, (int)Number(header, 16), isIn, length,
            new(setup[0], setup[1], Little(setup[2..]), Little(setup[4..]), Little(setup[6..])), data,
            [.. Enumerable.Range(0, packets.Length / 16).Select(at => new Packet(Number(packets, 16 * at), Number(packets, 16 * at + 4)))]);
    }

    private static byte[] Header(uint command, uint number, int status)
    {
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteUInt32BigEndian(header, command);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), number);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(20), status);
        return header;
    }

    private async Task Write(byte[] bytes)
    {
        await one.WaitAsync();
        try
        {
            await stream.WriteAsync(bytes);
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<byte[]> Exactly(int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static uint Number(byte[] from, int at) => BinaryPrimitives.ReadUInt32BigEndian(from.AsSpan(at));

    private static ushort Little(ReadOnlySpan<byte> from) => BinaryPrimitives.ReadUInt16LittleEndian(from);
}
