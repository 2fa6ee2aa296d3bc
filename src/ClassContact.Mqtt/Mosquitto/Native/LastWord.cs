namespace ClassContact.Mqtt.Mosquitto.Native;

/// <summary>
/// Holds a connected socket open when libmosquitto closes it right behind its DISCONNECT. Closing while the other side still sends makes TCP answer
/// with a reset; the broker may meet that before it has read the DISCONNECT, and then publishes the will of a client that said goodbye.
/// </summary>
internal sealed unsafe class LastWord(int socket) : IDisposable
{
    private const int ShutWrite = 1;
    private const int DontWait = 0x40;
    private readonly int copy = Libc.dup(socket);

    /// <summary>Sends the end and throws away what comes, until the broker has closed its side too.</summary>
    internal void Wait(TimeSpan atMost, TimeProvider time)
    {
        var start = time.GetTimestamp();
        var waste = stackalloc byte[4096];
        _ = Libc.shutdown(copy, ShutWrite);
        while (time.GetElapsedTime(start) is var spent && spent < atMost)
        {
            var file = new Libc.PollFd { File = copy, Events = Libc.PollIn };
            if (Libc.poll(&file, 1, (int)Math.Ceiling((atMost - spent).TotalMilliseconds)) > 0 && Libc.recv(copy, waste, 4096, DontWait) <= 0)
                return; // its end, or it is gone
        }
    }

    public void Dispose() => _ = Libc.close(copy);
}
