using System.Buffers.Binary;

namespace ClassContact.Kit.Keys;

/// <summary>One event as the kernel tells it: <c>struct input_event</c> of linux/input.h on a 64-bit system.</summary>
/// <param name="Type">EV_SYN, EV_KEY, …</param>
/// <param name="Code">Which key, for EV_KEY.</param>
/// <param name="Value">For EV_KEY: 0 up, 1 down, 2 repeat.</param>
/// <param name="At">When, by the system's monotonic clock.</param>
internal readonly record struct InputEvent(ushort Type, ushort Code, int Value, TimeSpan At)
{
    /// <summary>Length in bytes: two 8-byte times, two 2-byte words, one 4-byte value.</summary>
    public const int Size = 24;

    /// <summary>Frames and their trouble (EV_SYN).</summary>
    public const ushort Sync = 0;

    /// <summary>A key (EV_KEY).</summary>
    public const ushort Key = 1;

    /// <summary>The end of a frame (SYN_REPORT).</summary>
    public const ushort Report = 0;

    /// <summary>The kernel's buffer overflowed and events are missing (SYN_DROPPED).</summary>
    public const ushort Dropped = 3;

    private const int HighestType = 0x1f; // EV_MAX

    /// <summary>Reads <see cref="Size"/> bytes; false for what no kernel sends.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out InputEvent e)
    {
        e = default;
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var micros = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        var type = BinaryPrimitives.ReadUInt16LittleEndian(bytes[16..]);
        var code = BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]);
        var value = BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]);
        // A monotonic clock begins at boot: 100 years are beyond any, and keep the sum below within TimeSpan.
        if (seconds is < 0 or > 3_155_760_000 || micros is < 0 or > 999_999 || type > HighestType)
            return false;
        if (type == Key && (code > KeyNames.Highest || value is < 0 or > 2))
            return false;
        e = new(type, code, value, TimeSpan.FromTicks((seconds * TimeSpan.TicksPerSecond) + (micros * TimeSpan.TicksPerMicrosecond)));
        return true;
    }
}
