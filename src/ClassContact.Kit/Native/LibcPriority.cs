using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ClassContact.Kit.Native;

/// <summary>How much of the processor a thread gets beside others (setpriority(2)); on Linux that of the thread alone, and of the programs that it starts.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LibcPriority
{
    /// <summary>What every other thread has precedence over.</summary>
    public const int Lowest = 19;

    private const int OfProcess = 0; // PRIO_PROCESS (sys/resource.h); 0 for the number is the calling thread

    /// <summary>Sets that of the calling thread. It cannot be raised again without a privilege, so the thread is to end afterwards.</summary>
    public static void Set(int nice) => _ = SetPriority(OfProcess, 0, nice);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, uint who, int priority);
}
