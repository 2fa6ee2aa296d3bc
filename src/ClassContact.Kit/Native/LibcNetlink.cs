using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ClassContact.Kit.Native;

/// <summary>The C library's calls for hearing the kernel's device events: raw declarations, each setting errno.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LibcNetlink
{
    // bits/socket.h, bits/socket_type.h, linux/netlink.h
    public const int Family = 16;
    public const int Raw = 3;
    public const int NonBlocking = Libc.NonBlocking;
    public const int CloseOnExec = Libc.CloseOnExec;
    public const int DeviceEvents = 15;

    /// <summary>ENOBUFS: events were lost because nobody read them in time.</summary>
    public const int Enobufs = 105;

    /// <summary>The group to which the kernel itself speaks; udev speaks to group 2.</summary>
    public const uint KernelGroup = 1;

    /// <summary>struct sockaddr_nl</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Address
    {
        public ushort Family;
        public ushort Padding;
        public uint Port;
        public uint Groups;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(SafeFileHandle fd, ref Address address, int length);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(SafeFileHandle fd, ref byte buffer, nuint count, int flags, ref Address from, ref int length);
}
