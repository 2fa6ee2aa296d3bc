using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ClassContact.Kit.Native;

/// <summary>The C library's call that ends processes.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LibcProcess
{
    /// <summary>SIGKILL (asm-generic/signal.h): no process can ignore it.</summary>
    public const int Kill = 9;

    /// <summary>Sends a signal to a process, or with a negative id to all of a process group.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Send(int process, int signal);
}
