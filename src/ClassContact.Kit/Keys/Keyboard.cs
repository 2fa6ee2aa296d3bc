using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Keys;

/// <summary>How a read ended.</summary>
internal enum ReadEnd
{
    /// <summary>Everything that was there has been read.</summary>
    Drained,

    /// <summary>There may be more.</summary>
    Full,

    /// <summary>The device is gone.</summary>
    Gone,
}

/// <summary>An open keyboard: joins its bytes to events and its events to strokes.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Keyboard(string node, EvdevDevice device, ChordReader reader, ILogger log) : IDisposable
{
    /// <summary>A stamp so far ahead of the clock is no kernel's; a kernel's is never ahead at all.</summary>
    public static readonly TimeSpan FarAhead = TimeSpan.FromSeconds(1);

    // Half an event that the last read ended with.
    private readonly byte[] part = new byte[InputEvent.Size];
    private int partLength;
    private bool oddWasTold;

    /// <summary>The name that the device gives itself.</summary>
    public string Name => device.Name;

    /// <summary>What poll(2) waits on.</summary>
    public int Descriptor => device.Descriptor;

    /// <summary>When <see cref="Tick"/> next has something to do; null while nothing is pending.</summary>
    public TimeSpan? Deadline => reader.Deadline;

    /// <summary>Reads what is there, up to the buffer's length, and leaves nothing of it in the buffer.</summary>
    public ReadEnd Read(Span<byte> buffer, TimeSpan now, Action<KeyStroke> give)
    {
        part.AsSpan(0, partLength).CopyTo(buffer);
        if (device.Read(buffer[partLength..]) is not { } read)
        {
            if (partLength > 0)
                TellOdd("it ended within an event");
            return ReadEnd.Gone;
        }
        var bytes = buffer[..(partLength + read)];
        var end = bytes.Length == buffer.Length ? ReadEnd.Full : ReadEnd.Drained;
        var understood = ReadEvents(bytes, now, give);
        bytes.Clear();
        return understood ? end : ReadEnd.Gone;
    }

    /// <summary>Time passed.</summary>
    public void Tick(TimeSpan now, Action<KeyStroke> give)
    {
        foreach (var stroke in reader.Tick(now))
            give(stroke);
    }

    /// <inheritdoc/>
    public void Dispose() => device.Dispose();

    private bool ReadEvents(Span<byte> bytes, TimeSpan now, Action<KeyStroke> give)
    {
        for (; bytes.Length >= InputEvent.Size; bytes = bytes[InputEvent.Size..])
        {
            if (!InputEvent.TryRead(bytes, out var e) || e.At > now + FarAhead)
            {
                TellOdd("it sent what is no event");
                continue;
            }
            foreach (var stroke in reader.Read(e))
                give(stroke);
            if (!reader.NeedsKeyState)
                continue;
            if (!Resync(now))
                return false;
            bytes = bytes[^((bytes.Length % InputEvent.Size) + InputEvent.Size)..]; // the rest is older than the state that was just asked for
        }
        bytes.CopyTo(part);
        partLength = bytes.Length;
        return true;
    }

    private bool Resync(TimeSpan now)
    {
        log.LogInformation("Input events of {Node} were lost; its keys were read anew", node);
        if (device.KeysDown(reader.Codes) is not { } down)
            return false;
        reader.Resync(down, now);
        return true;
    }

    private void TellOdd(string what)
    {
        if (!oddWasTold)
            log.LogWarning("Input from {Node} is odd and partly ignored: {What}", node, what);
        oddWasTold = true;
    }
}
