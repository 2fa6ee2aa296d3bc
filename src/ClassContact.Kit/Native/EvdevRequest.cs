namespace ClassContact.Kit.Native;

/// <summary>Requests to an input device (linux/input.h), composed as asm-generic/ioctl.h does: direction, size, 'E', number.</summary>
internal static class EvdevRequest
{
    private const uint Write = 1;
    private const uint Read = 2;

    /// <summary>EVIOCSCLOCKID: by which clock events are stamped.</summary>
    public const nuint SetClock = (Write << 30) | (sizeof(int) << 16) | ('E' << 8) | 0xa0;

    /// <summary>CLOCK_MONOTONIC (time.h).</summary>
    public const int MonotonicClock = 1;

    /// <summary>EVIOCGNAME: the device's name, ending in NUL.</summary>
    public static nuint Name(int bytes) => Reading(0x06, bytes);

    /// <summary>EVIOCGKEY: a bit for each key that is down. It empties the reader's queue of key events.</summary>
    public static nuint KeysDown(int bytes) => Reading(0x18, bytes);

    /// <summary>EVIOCGBIT: a bit for each code of an event type that the device has.</summary>
    public static nuint Has(int type, int bytes) => Reading(0x20 + type, bytes);

    private static nuint Reading(int number, int bytes) => (Read << 30) | ((uint)bytes << 16) | ('E' << 8) | (uint)number;
}
