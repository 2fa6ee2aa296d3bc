using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ClassContact.Kit.Native;

/// <summary>Ends a poll(2) from another thread, by eventfd(2).</summary>
[SupportedOSPlatform("linux")]
internal sealed class Wake : IDisposable
{
    private readonly SafeFileHandle handle;

    /// <exception cref="IOException">The system has no descriptor left.</exception>
    public Wake()
    {
        handle = new(Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid)
            throw new IOException($"eventfd: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>What poll(2) waits on.</summary>
    public int Descriptor => (int)handle.DangerousGetHandle();

    /// <summary>Makes the descriptor readable.</summary>
    public void Signal()
    {
        var one = 1UL;
        try
        {
            _ = Libc.Write(handle, ref one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // A timer may still fire while its owner stops.
        }
    }

    /// <summary>Makes it unreadable again.</summary>
    public void Clear()
    {
        Span<byte> counter = stackalloc byte[sizeof(ulong)];
        _ = Libc.Read(handle, ref MemoryMarshal.GetReference(counter), sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
