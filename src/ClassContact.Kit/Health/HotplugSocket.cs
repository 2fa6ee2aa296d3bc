using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ClassContact.Kit.Native;
using Microsoft.Win32.SafeHandles;

namespace ClassContact.Kit.Health;

/// <summary>Hears the kernel's device events, netlink(7). That needs no privilege, only the address family in the service's unit.</summary>
[SupportedOSPlatform("linux")]
internal sealed class HotplugSocket : IDisposable
{
    private readonly SafeFileHandle handle;
    private readonly byte[] buffer = new byte[8 * 1024]; // the kernel's events have at most 2 kB (UEVENT_BUFFER_SIZE) and a path

    private HotplugSocket(SafeFileHandle handle) => this.handle = handle;

    /// <summary>What poll(2) waits on.</summary>
    public int Descriptor => (int)handle.DangerousGetHandle();

    /// <summary>Opens one; null, with the reason, when the system does not grant it.</summary>
    public static HotplugSocket? TryOpen(out string why)
    {
        why = "";
        var handle = new SafeFileHandle(
            LibcNetlink.Socket(LibcNetlink.Family, LibcNetlink.Raw | LibcNetlink.NonBlocking | LibcNetlink.CloseOnExec, LibcNetlink.DeviceEvents), ownsHandle: true);
        var address = new LibcNetlink.Address { Family = LibcNetlink.Family, Groups = LibcNetlink.KernelGroup };
        if (!handle.IsInvalid && LibcNetlink.Bind(handle, ref address, Unsafe.SizeOf<LibcNetlink.Address>()) == 0)
            return new(handle);
        why = Marshal.GetLastPInvokeErrorMessage();
        handle.Dispose();
        return null;
    }

    /// <summary>What all events since the last call make worth looking at, without waiting; everything when some were lost.</summary>
    public Wakes Read(Func<string, Wakes> wakes)
    {
        var all = Wakes.None;
        while (true)
        {
            var from = default(LibcNetlink.Address);
            var length = Unsafe.SizeOf<LibcNetlink.Address>();
            var read = LibcNetlink.ReceiveFrom(handle, ref buffer[0], (nuint)buffer.Length, 0, ref from, ref length);
            if (read >= 0)
                all |= IsKernel(from) && HotplugEvent.Subsystem(buffer.AsSpan(0, (int)read)) is { } subsystem ? wakes(subsystem) : Wakes.None;
            else if (Marshal.GetLastPInvokeError() is LibcNetlink.Enobufs)
                all |= Wakes.Device | Wakes.Display | Wakes.Power;
            else if (Marshal.GetLastPInvokeError() is not Libc.Eintr)
                return all;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    // A privileged process may write to anybody's socket; it has a port, the kernel has none.
    private static bool IsKernel(LibcNetlink.Address from) => from is { Port: 0, Groups: LibcNetlink.KernelGroup };
}
