using System.Runtime.InteropServices;

namespace ClassContact.Mqtt.Mosquitto.Native;

/// <summary>Waits for a socket, and can be woken meanwhile by <see cref="Ring"/> from another thread.</summary>
internal sealed unsafe class Bell : IDisposable
{
    private readonly Lock gate = new();
    private readonly int file = Libc.eventfd(0, Libc.EventFdNonBlocking | Libc.EventFdCloseOnExec);

    private bool closed;

    internal Bell()
    {
        if (file < 0)
            throw new IOException($"eventfd: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Wakes the waiter, or lets its next wait return at once. Does nothing once closed: the number may be another file's by then.</summary>
    internal void Ring()
    {
        lock (gate)
        {
            var one = 1UL;
            if (!closed)
                _ = Libc.write(file, &one, sizeof(ulong)); // only a counter at its end refuses, and then the waiter is woken anyway
        }
    }

    /// <summary>Returns what the socket is ready for; nothing after a ring or after the time.</summary>
    internal (bool Readable, bool Writable, bool Broken) Wait(int socket, bool read, bool write, TimeSpan atMost)
    {
        var files = stackalloc Libc.PollFd[2];
        files[0].File = file;
        files[0].Events = Libc.PollIn;
        files[1].File = socket;
        files[1].Events = (short)((read ? Libc.PollIn : 0) | (write ? Libc.PollOut : 0));
        if (Libc.poll(files, 2, (int)Math.Ceiling(atMost.TotalMilliseconds)) <= 0)
            return default;
        if (files[0].Happened != 0)
        {
            ulong rings;
            _ = Libc.read(file, &rings, sizeof(ulong));
        }
        var happened = files[1].Happened;
        return ((happened & Libc.PollIn) != 0, (happened & Libc.PollOut) != 0, (happened & (Libc.PollErr | Libc.PollHup)) != 0);
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (!closed)
                _ = Libc.close(file);
            closed = true;
        }
    }
}
