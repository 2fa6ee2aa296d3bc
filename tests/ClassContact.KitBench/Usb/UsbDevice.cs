using System.Buffers.Binary;
using System.Text;

namespace ClassContact.KitBench.Usb;

/// <summary>A device as its descriptors tell it and as it answers, whoever asks. What each request means is in USB 2.0, chapter 9.</summary>
public abstract class UsbDevice
{
    private const byte ToMachine = 0x80;
    private readonly Dictionary<int, byte> settings = [];

    /// <summary>As the kernel numbers speeds: 2 is full, 3 is high.</summary>
    internal abstract int Speed { get; }

    /// <summary>How long one packet of an isochronous endpoint lasts.</summary>
    internal TimeSpan PacketTime => Speed == 3 ? TimeSpan.FromMicroseconds(125) : TimeSpan.FromMilliseconds(1);

    private protected abstract (ushort Vendor, ushort Product) Ids { get; }

    private protected abstract (byte Class, byte Sub, byte Protocol) Class { get; }

    /// <summary>Maker, product and serial number.</summary>
    private protected abstract string[] Names { get; }

    private protected abstract int Interfaces { get; }

    /// <summary>The descriptors of its interfaces and endpoints.</summary>
    private protected abstract byte[] Configuration();

    /// <summary>Answers a control request; null refuses it.</summary>
    internal byte[]? Control(Setup setup, byte[] data) => (setup.Type, setup.Request) switch
    {
        (ToMachine, 6) => Descriptor(setup)?.Take(setup.Length).ToArray(),
        (ToMachine, 0) or (ToMachine | 1, 0) => [0, 0], // status
        (ToMachine, 8) => [1],
        (0, 1 or 3 or 5 or 9) or (2, 1) => [],
        (1, 11) => Choose(setup.Index, (byte)setup.Value),
        (ToMachine | 1, 10) => [settings.GetValueOrDefault(setup.Index)],
        _ => OfClass(setup, data)?.Take(setup.Length == 0 ? 0 : setup.Length).ToArray(),
    };

    /// <summary>A control request of its class; null refuses it.</summary>
    private protected abstract byte[]? OfClass(Setup setup, byte[] data);

    /// <summary>What it sends in each packet of an isochronous transfer.</summary>
    internal virtual byte[][] Send(Packet[] packets) => [.. packets.Select(_ => Array.Empty<byte>())];

    /// <summary>It was sent something on an isochronous endpoint.</summary>
    internal virtual void Receive(ReadOnlySpan<byte> data)
    {
    }

    /// <summary>What it sends on a bulk or interrupt endpoint, as soon as it has something.</summary>
    internal virtual Task<byte[]> Send(int endpoint, int length, CancellationToken ct) => Never(ct);

    private protected static async Task<byte[]> Never(CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        return [];
    }

    private byte[] Choose(int of, byte setting)
    {
        settings[of] = setting;
        return [];
    }

    private byte[]? Descriptor(Setup setup) => (setup.Value >> 8, setup.Value & 0xff) switch
    {
        (1, _) => Device(),
        (2, _) => WholeConfiguration(),
        (3, 0) => [4, 3, 0x09, 0x04], // English
        (3, var index) when index <= Names.Length => Text(Names[index - 1]),
        _ => null,
    };

    private byte[] Device() => new Bytes().Add(18, 1).Add16(0x0200).Add(Class.Class, Class.Sub, Class.Protocol, 64)
        .Add16(Ids.Vendor, Ids.Product, 0x0110).Add(1, 2, 3, 1).ToArray();

    private byte[] WholeConfiguration()
    {
        var all = Configuration();
        return new Bytes().Add(9, 2).Add16((ushort)(9 + all.Length)).Add((byte)Interfaces, 1, 0, 0x80, 50).Add(all).ToArray();
    }

    private static byte[] Text(string text) => [(byte)(2 + 2 * text.Length), 3, .. Encoding.Unicode.GetBytes(text)];

    private protected static short Int16(byte[] data) => BinaryPrimitives.ReadInt16LittleEndian(data);
}
