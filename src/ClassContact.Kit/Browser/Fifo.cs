using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ClassContact.Kit.Native;
using Microsoft.Win32.SafeHandles;

namespace ClassContact.Kit.Browser;

/// <summary>One end of a named pipe whose other end the browser holds. Reads and writes can be stopped; neither blocks for ever.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Fifo : IDisposable
{
    private readonly SafeFileHandle handle;
    private readonly Wake stop = new();
    private readonly short wanted;

    private Fifo(SafeFileHandle handle, short wanted) => (this.handle, this.wanted) = (handle, wanted);

    /// <summary>Opens the end that the browser reads; null where no browser holds the pipe (ENXIO), or there is none.</summary>
    /// <exception cref="UnauthorizedAccessException">The pipe may not be opened by this user, or it is none.</exception>
    public static Fifo? ToBrowser(string path) => Open(path, Libc.WriteOnly, Libc.Writable);

    /// <summary>Opens the end that the browser writes; null where there is none.</summary>
    /// <exception cref="UnauthorizedAccessException">The pipe may not be opened by this user, or it is none.</exception>
    public static Fifo? FromBrowser(string path) => Open(path, Libc.ReadOnly, Libc.Readable);

    /// <summary>Reads what there is; 0 at the end of the pipe (the browser has ended) or once stopped.</summary>
    public int Read(Span<byte> into)
    {
        while (Wait(Timeout.Infinite))
        {
            var count = Libc.Read(handle, ref MemoryMarshal.GetReference(into), (nuint)into.Length);
            if (count >= 0)
                return (int)count;
            if (Marshal.GetLastPInvokeError() is not (Libc.Eagain or Libc.Eintr))
                return 0;
        }
        return 0;
    }

    /// <summary>Writes all of it.</summary>
    /// <exception cref="IOException">The browser has ended, or has taken nothing for the whole deadline.</exception>
    public void Write(ReadOnlySpan<byte> bytes, TimeSpan deadline)
    {
        while (bytes.Length > 0)
        {
            if (!Wait((int)deadline.TotalMilliseconds))
                throw new IOException($"the browser has read nothing for {deadline.TotalSeconds} s");
            var count = Libc.Write(handle, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
            if (count >= 0)
                bytes = bytes[(int)count..];
            else if (Marshal.GetLastPInvokeError() is not (Libc.Eagain or Libc.Eintr) and var errno)
                throw new IOException($"the browser's pipe: {Marshal.GetPInvokeErrorMessage(errno)}");
        }
    }

    /// <summary>Ends a read or a write under way.</summary>
    public void Stop() => stop.Signal();

    /// <summary>Only once nobody reads or writes any more.</summary>
    public void Dispose()
    {
        handle.Dispose();
        stop.Dispose();
    }

    // Non-blocking, so that a browser that has just ended cannot hold us up. The flag is of this opening alone: the browser's own stays blocking.
    // The folder is the kiosk's: whoever took the browser over could put a link to a file of ours there, which we would write into.
    private static Fifo? Open(string path, int direction, short wanted)
    {
        var fd = Libc.Open(path, direction | Libc.NonBlocking | Libc.CloseOnExec);
        if (fd >= 0)
        {
            var opened = new SafeFileHandle(fd, ownsHandle: true);
            if (Libc.Fcntl(opened, Libc.GetPipeSize) >= 0)
                return new(opened, wanted);
            opened.Dispose();
            throw new UnauthorizedAccessException($"{path}: is no pipe");
        }
        return Marshal.GetLastPInvokeError() switch
        {
            Libc.Enxio or Libc.Enoent => null,
            var errno => throw new UnauthorizedAccessException($"{path}: {Marshal.GetPInvokeErrorMessage(errno)}"),
        };
    }

    private bool Wait(int milliseconds)
    {
        Span<Libc.PollFd> set = [new() { Fd = (int)handle.DangerousGetHandle(), Events = wanted }, new() { Fd = stop.Descriptor, Events = Libc.Readable }];
        int count;
        do
            count = Libc.Poll(ref set[0], (nuint)set.Length, milliseconds);
        while (count < 0 && Marshal.GetLastPInvokeError() == Libc.Eintr);
        return count > 0 && set[1].Returned == 0;
    }
}
