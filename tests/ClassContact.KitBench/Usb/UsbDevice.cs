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

    /// <summary>It was plugged in: it has forgotten what it was told before.</summary>
    internal virtual void PowerOn() => settings.Clear();

    /// <summary>What comes of a transfer, as soon as it is done.</summary>
    internal async Task<Outcome> Answer(Transfer asked, CancellationToken ct)
    {
        if (asked.Endpoint == 0)
            return Control(asked.Setup, asked.Data) is { } said ? new(0, Cut(said, asked.Length)) : Outcome.Refused;
        if (asked.Packets.Length == 0)
            return asked.IsIn ? new(0, Cut(await Send(asked.Endpoint, asked.Length, ct), asked.Length)) : Outcome.Taken;
        if (!asked.IsIn)
        {
            foreach (var packet in asked.Packets) Receive(asked.Data.AsSpan((int)packet.Offset, (int)packet.Length));
            return Outcome.Taken;
        }

        var packets = asked.Packets.Select(packet => Cut(Packet(), (int)packet.Length)).ToList();
        return new(0, [.. packets.SelectMany(packet => packet)], [.. packets.Select(packet => packet.Length)]);
    }

    /// <summary>Answers a control request; null refuses it.</summary>
    private byte[]? Control(Setup setup, byte[] data) => (setup.Type, setup.Request) switch
    {
        (ToMachine, 6) => Descriptor(setup),
        (ToMachine, 0) or (ToMachine | 1, 0) => [0, 0], // status
        (ToMachine, 8) => [1],
        (0, 1 or 3 or 5 or 9) or (2, 1) => [],
        (1, 11) => Choose(setup.Index, (byte)setup.Value),
        (ToMachine | 1, 10) => [settings.GetValueOrDefault(setup.Index)],
        _ => OfClass(setup, data),
    };

    /// <summary>A control request of its class; null refuses it.</summary>
    private protected abstract byte[]? OfClass(Setup setup, byte[] data);

    /// <summary>What it sends next in a packet of an isochronous transfer.</summary>
    private protected virtual byte[] Packet() => [];

    /// <summary>It was sent a packet of an isochronous transfer.</summary>
    private protected virtual void Receive(ReadOnlySpan<byte> data)
    {
    }

    /// <summary>What it sends on a bulk or interrupt endpoint, as soon as it has something.</summary>
    private protected virtual Task<byte[]> Send(int endpoint, int length, CancellationToken ct) => Never(ct);

    private static byte[] Cut(byte[] data, int most) => data.Length <= most ? data : data[..most];

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
}
