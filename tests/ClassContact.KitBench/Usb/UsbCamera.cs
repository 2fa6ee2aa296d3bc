using System.Buffers.Binary;
using System.Diagnostics;

namespace ClassContact.KitBench.Usb;

/// <summary>
/// A UVC camera: MJPEG, as large as what it sees, 15 or 5 pictures a second, over a bulk endpoint. Emulated, so that the kernel's own driver has one.
/// </summary>
/// <param name="seen">What it sees.</param>
public sealed class UsbCamera(TestPicture seen) : UsbDevice
{
    private const int LargestPayload = 16384;
    private const uint Fast = 666_666; // 15 a second, in units of 100 ns
    private const uint Slow = 2_000_000;
    private readonly uint pictureSize = (uint)(seen.Width * seen.Height * 2); // bytes, as it is announced
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private byte[] picture = [];
    private byte[]? agreed;
    private uint interval;
    private TimeSpan next;
    private int offset;
    private byte toggle;

    /// <summary>It is plugged in and answers, and sends no picture.</summary>
    public bool Hangs { get; set; }

    /// <summary>It offers five pictures a second and no more: a browser in a machine shows three times as many with all that the machine has.</summary>
    public bool IsSlow { get; init; }

    /// <summary>How many pictures it has sent since it was made: the number in the next one.</summary>
    public int Sent { get; private set; }

    internal override int Speed => 3;

    private protected override (ushort Vendor, ushort Product) Ids => (0x046d, 0x0825);

    private protected override (byte Class, byte Sub, byte Protocol) Class => (0xef, 2, 1);

    private protected override string[] Names => ["Logitech", "Webcam C270", "0825KIT1"];

    private protected override int Interfaces => 2;

    internal override void PowerOn()
    {
        base.PowerOn();
        (agreed, interval, offset) = (null, Rates[0], 0);
    }

    // One payload: two bytes of header, then a part of the picture; the last part says so.
    private protected override async Task<byte[]> Send(int endpoint, int length, CancellationToken ct)
    {
        if (Hangs) return await Never(ct);
        if (offset == 0)
        {
            await UntilNext(ct);
            picture = seen.Jpeg(Sent);
        }

        var part = picture.AsMemory(offset, Math.Min(Math.Min(length, LargestPayload) - 2, picture.Length - offset));
        offset += part.Length;
        var isLast = offset == picture.Length;
        byte[] payload = [2, (byte)(0x80 | toggle | (isLast ? 2 : 0)), .. part.Span];
        if (isLast) (offset, toggle, Sent) = (0, (byte)(toggle ^ 1), Sent + 1);
        return payload;
    }

    private protected override byte[]? OfClass(Setup setup, byte[] data)
    {
        var control = setup.Value >> 8;
        if ((setup.Index & 0xff) != 1 || control is not (1 or 2)) return null; // 1 probes, 2 commits
        switch (setup.Type, setup.Request)
        {
            case (0xa1, 0x85): return [26, 0];
            case (0xa1, 0x86): return [3];
            case (0xa1, _): return agreed ?? Probe();
            case (0x21, _) when data.Length >= 8:
                interval = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(4)) is > 1_300_000 ? Slow : Rates[0];
                agreed = Probe();
                if (control == 2) (offset, toggle, next) = (0, 0, watch.Elapsed);
                return [];
            default: return null;
        }
    }

    // UVC 1.0: camera terminal → output terminal; one MJPEG format with one size and its rates.
    private protected override byte[] Configuration()
    {
        var units = new Bytes().Add(17, 36, 2, 1).Add16(0x0201).Add(0, 0).Add16(0, 0, 0).Add(2, 0, 0).Add(9, 36, 3, 2).Add16(0x0101).Add(0, 1, 0).ToArray();
        var formats = new Bytes()
            .Add(11, 36, 6, 1, 1, 1, 1, 0, 0, 0, 0)
            .Add((byte)(26 + (4 * Rates.Length)), 36, 7, 1, 0).Add16((ushort)seen.Width, (ushort)seen.Height).Add32(pictureSize * 8 * 5, pictureSize * 8 * 15, pictureSize, Rates[0])
            .Add((byte)Rates.Length).Add32(Rates)
            .Add(6, 36, 13, 1, 1, 4).ToArray();
        return new Bytes()
            .Add(8, 11, 0, 2, 14, 3, 0, 0)
            .Add(9, 4, 0, 0, 0, 14, 1, 0, 0).Add(13, 36, 1).Add16(0x0100, (ushort)(13 + units.Length)).Add32(48_000_000).Add(1, 1).Add(units)
            .Add(9, 4, 1, 0, 1, 14, 2, 0, 0).Add(14, 36, 1, 1).Add16((ushort)(14 + formats.Length)).Add(0x81, 0, 2, 0, 0, 0, 1, 0).Add(formats)
            .Add(7, 5, 0x81, 2).Add16(512).Add(0).ToArray();
    }

    private uint[] Rates => IsSlow ? [Slow] : [Fast, Slow];

    private byte[] Probe() => new Bytes().Add16(1).Add(1, 1).Add32(interval).Add16(0, 0, 0, 0, 0).Add32(pictureSize, LargestPayload).ToArray();

    private async Task UntilNext(CancellationToken ct)
    {
        if (next < watch.Elapsed - TimeSpan.FromSeconds(1)) next = watch.Elapsed; // nobody took pictures meanwhile
        if (next - watch.Elapsed is { Ticks: > 0 } wait) await Task.Delay(wait, ct);
        next += TimeSpan.FromTicks(interval);
    }
}
