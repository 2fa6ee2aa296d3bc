using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ClassContact.Kit.Native;

/// <summary>The C library's call that tells how the system's clock is kept.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LibcClock
{
    /// <summary>Room for <c>struct timex</c>, 208 bytes on 64-bit Linux and fewer on 32-bit. All zero means: change nothing, only tell.</summary>
    public const int TimexSize = 256;

    /// <summary>TIME_ERROR (sys/timex.h): the clock follows no time server.</summary>
    public const int Unsynchronized = 5;

    /// <summary>CLOCK_BOOTTIME (linux/time.h): as CLOCK_MONOTONIC, but going on while the computer sleeps.</summary>
    public const int BootTime = 7;

    /// <summary>CLOCK_MONOTONIC.</summary>
    public const int Monotonic = 1;

    /// <summary>struct timespec of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        /// <summary>Whole seconds.</summary>
        public long Seconds;

        /// <summary>And so many ns.</summary>
        public long Nanoseconds;
    }

    /// <summary>A clock's time; 0, or -1 with errno.</summary>
    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    public static partial int GetTime(int clock, out TimeSpec time);

    /// <summary>The clock's state, 0 to 5, or -1 with errno.</summary>
    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    public static partial int Adjtimex(ref byte timex);
}
