using System.Buffers.Binary;
using ClassContact.Kit.Keys;

namespace ClassContact.Kit.Tests.Keys;

/// <summary>Events as a USB keyboard's driver sends them: a scan code, the key, the end of the frame. Times are milliseconds after the beginning.</summary>
internal sealed class Recording(TimeSpan begin)
{
    public const ushort Ctrl = 29, Alt = 56, S = 31, A = 30, Shift = 42, F1 = 59, F8 = 66, F9 = 67, F10 = 68, Fn = 0x1d0, MouseLeft = 0x110;
    private const ushort Misc = 4, ScanCode = 4;

    public List<InputEvent> Events { get; } = [];

    public Recording Press(ushort code, double ms) => Frame(ms, new(Misc, ScanCode, 0x70000 + code, default), new(InputEvent.Key, code, 1, default));

    public Recording Release(ushort code, double ms) => Frame(ms, new(Misc, ScanCode, 0x70000 + code, default), new(InputEvent.Key, code, 0, default));

    /// <summary>The kernel's autorepeat: after 250 ms every 33 ms, each in a frame of its own whose report has the value 1.</summary>
    public Recording Repeats(ushort code, double pressed, double until)
    {
        for (var ms = pressed + 250; ms < until; ms += 33)
        {
            Add(ms, InputEvent.Key, code, 2);
            Add(ms, InputEvent.Sync, InputEvent.Report, 1);
        }
        return this;
    }

    public Recording Dropped(double ms)
    {
        Add(ms, InputEvent.Sync, InputEvent.Dropped, 0);
        return this;
    }

    public Recording Report(double ms)
    {
        Add(ms, InputEvent.Sync, InputEvent.Report, 0);
        return this;
    }

    public byte[] Bytes() => [.. Events.SelectMany(Bytes)];

    public static byte[] Bytes(InputEvent e)
    {
        var bytes = new byte[InputEvent.Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, e.At.Ticks / TimeSpan.TicksPerSecond);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), e.At.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(16), e.Type);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(18), e.Code);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), e.Value);
        return bytes;
    }

    private Recording Frame(double ms, params InputEvent[] events)
    {
        foreach (var e in events)
            Add(ms, e.Type, e.Code, e.Value);
        return Report(ms);
    }

    private void Add(double ms, ushort type, ushort code, int value) =>
        Events.Add(new(type, code, value, begin + TimeSpan.FromMilliseconds(ms)));
}
