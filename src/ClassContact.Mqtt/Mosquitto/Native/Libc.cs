using System.Runtime.InteropServices;

namespace ClassContact.Mqtt.Mosquitto.Native;

/// <summary>What we use of the C library.</summary>
internal static unsafe partial class Libc
{
    internal const short PollIn = 0x1;
    internal const short PollOut = 0x4;
    internal const short PollErr = 0x8;
    internal const short PollHup = 0x10;
    internal const int EventFdNonBlocking = 0x800;
    internal const int EventFdCloseOnExec = 0x80000;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int poll(PollFd* files, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(int file, void* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(int file, void* buffer, nuint count);

    [LibraryImport("libc")]
    internal static partial int close(int file);

    [LibraryImport("libc")]
    internal static partial int dup(int file);

    [LibraryImport("libc")]
    internal static partial int shutdown(int socket, int how);

    [LibraryImport("libc")]
    internal static partial nint recv(int socket, void* buffer, nuint count, int flags);

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollFd
    {
        internal int File;
        internal short Events;
        internal short Happened;
    }
}
