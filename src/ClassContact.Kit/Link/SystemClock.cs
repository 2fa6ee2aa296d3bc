using ClassContact.Kit.Native;
using ClassContact.Messages;

namespace ClassContact.Kit.Link;

/// <summary>Whether the operating system keeps this computer's clock by a time server.</summary>
public static class SystemClock
{
    /// <summary>How long this computer has slept since it was started; zero where nobody can tell.</summary>
    public static TimeSpan Slept() => OperatingSystem.IsLinux()
        && LibcClock.GetTime(LibcClock.Monotonic, out var awake) == 0 && LibcClock.GetTime(LibcClock.BootTime, out var all) == 0
            ? TimeSpan.FromSeconds(all.Seconds - awake.Seconds) : TimeSpan.Zero;

    /// <summary>Asks the kernel, which knows it from whichever time service runs. Not to be told, as under a unit that denies the call, is unsynced.</summary>
    public static ClockState Ask()
    {
        if (!OperatingSystem.IsLinux())
            return ClockState.Unsynced;
        Span<byte> nothingToChange = stackalloc byte[LibcClock.TimexSize];
        nothingToChange.Clear();
        return LibcClock.Adjtimex(ref nothingToChange[0]) is >= 0 and not LibcClock.Unsynchronized ? ClockState.Synced : ClockState.Unsynced;
    }
}
