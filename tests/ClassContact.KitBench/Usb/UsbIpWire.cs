using System.Buffers.Binary;

namespace ClassContact.KitBench.Usb;

/// <summary>USB/IP as the kernel speaks it (Documentation/usb/usbip_protocol.rst): big-endian, 48 bytes and then data.</summary>
internal sealed class UsbIpWire(Stream stream) : IDisposable
{
    private const int HeaderLength = 48;
    private const int PacketLength = 16;
    private const int MostBytes = 1 << 20; // the kernel's own drivers ask for at most a quarter of that at once
    private const int MostPackets = 1024; // USBIP_MAX_ISO_PACKETS
    private const int NoPackets = -1;
    private const uint Submit = 1;
    private const uint Unlink = 2;
    private const uint SubmitReply = 3;
    private const uint UnlinkReply = 4;
    private const int Reset = -104; // ECONNRESET: the kernel took the transfer back
    private readonly SemaphoreSlim one = new(1);

    /// <summary>What the kernel asks next; null when the machine has let go of the device, be it in the middle of a word, as with its power.</summary>
    /// <exception cref="InvalidDataException">It is no USB/IP; the message tells what.</exception>
    public async Task<Asked?> Read()
    {
        try
        {
            var header = await Exactly(HeaderLength);
            var number = Number(header, 4);
            return Number(header, 0) switch
            {
                Submit => new(number, await Rest(number, header), 0),
                Unlink => new(number, null, Number(header, 20)),
                var command => throw new InvalidDataException($"{command} is no command of USB/IP"),
            };
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Writes what is decided when it is its turn; null is nothing. Two answers never mix, nor does what is decided change meanwhile.</summary>
    public async Task Write(Func<byte[]?> decide)
    {
        await one.WaitAsync();
        try
        {
            if (decide() is { } bytes)
                await stream.WriteAsync(bytes);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>The answer to a transfer: what went in, or how much went out.</summary>
    public static byte[] Done(Transfer asked, Outcome outcome)
    {
        var reply = Header(SubmitReply, asked.Number, outcome.Status);
        BinaryPrimitives.WriteInt32BigEndian(reply.AsSpan(24), asked.IsIn ? outcome.Data.Length : asked.Length);
        BinaryPrimitives.WriteInt32BigEndian(reply.AsSpan(32), asked.Packets.Length);
        var packets = new byte[PacketLength * asked.Packets.Length];
        for (var at = 0; at < asked.Packets.Length; at++)
        {
            var packet = asked.Packets[at];
            var into = packets.AsSpan(PacketLength * at);
            BinaryPrimitives.WriteUInt32BigEndian(into, packet.Offset);
            BinaryPrimitives.WriteUInt32BigEndian(into[4..], packet.Length);
            BinaryPrimitives.WriteUInt32BigEndian(into[8..], outcome.Lengths is { } lengths ? (uint)lengths[at] : packet.Length);
        }

        return [.. reply, .. asked.IsIn ? outcome.Data : [], .. packets];
    }

    /// <summary>The answer that a transfer was taken back, or that it was done already. The number is that of the request to take it back.</summary>
    public static byte[] TakenBack(uint number, bool wasThere) => Header(UnlinkReply, number, wasThere ? Reset : 0);

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private async Task<Transfer> Rest(uint number, byte[] header)
    {
        var (direction, endpoint) = (Number(header, 12), Number(header, 16));
        if (direction > 1 || endpoint > 15) throw new InvalidDataException($"direction {direction}, endpoint {endpoint}: there is none such");
        var (isIn, length) = (direction == 1, Between(0, (int)Number(header, 24), MostBytes, "bytes"));
        var count = Between(NoPackets, (int)Number(header, 32), MostPackets, "packets");
        var data = isIn ? [] : await Exactly(length);
        var told = await Exactly(PacketLength * Math.Max(count, 0));
        var packets = Enumerable.Range(0, told.Length / PacketLength).Select(at => new Packet(Number(told, PacketLength * at), Number(told, PacketLength * at + 4))).ToArray();
        if (packets.Any(packet => (long)packet.Offset + packet.Length > length)) throw new InvalidDataException($"a packet lies outside of its {length} bytes");
        var setup = header.AsSpan(40);
        return new(number, (int)endpoint, isIn, length, new(setup[0], setup[1], Little(setup[2..]), Little(setup[4..]), Little(setup[6..])), data, packets);
    }

    private static int Between(int least, int value, int most, string what) =>
        value >= least && value <= most ? value : throw new InvalidDataException($"{value} {what}: between {least} and {most} were expected");

    private static byte[] Header(uint command, uint number, int status)
    {
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteUInt32BigEndian(header, command);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), number);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(20), status);
        return header;
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
