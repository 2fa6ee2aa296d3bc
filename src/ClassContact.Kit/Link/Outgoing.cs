using System.Threading.Channels;
using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Channel = System.Threading.Channels.Channel;

namespace ClassContact.Kit.Link;

/// <summary>What the kit has to say, written by anybody at any time and read by the session of the moment. No member waits, save <see cref="Changed"/>.</summary>
internal sealed class Outgoing
{
    // One ring is enough however much has changed: the reader looks at everything.
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    // A reply that waits long is worth nothing, so the oldest goes; it is given again to whoever asks again.
    private readonly Channel<Reply> replies = Channel.CreateBounded<Reply>(new BoundedChannelOptions(32) { FullMode = BoundedChannelFullMode.DropOldest });
    private volatile CallStatus? call;
    private volatile Selftest? selftest;
    private volatile HealthStatus? health;
    private int aboutEdition;

    internal Outgoing(OutboxWorker events)
    {
        Events = events;
        events.Ready = Ring;
    }

    internal OutboxWorker Events { get; }

    internal CallStatus? Call => call;

    internal HealthStatus? Health => health;

    internal Selftest? Selftest => selftest;

    internal FigureFeed? Figures { get; set; }

    /// <summary>Rises with every change of what the kit is.</summary>
    internal int AboutEdition => Volatile.Read(ref aboutEdition);

    internal void Show(CallStatus now)
    {
        call = now;
        Ring();
    }

    internal void Show(HealthStatus now)
    {
        health = now;
        Ring();
    }

    internal void Show(Selftest now)
    {
        selftest = now;
        Ring();
    }

    internal void AboutChanged()
    {
        Interlocked.Increment(ref aboutEdition);
        Ring();
    }

    internal void Answer(Reply reply)
    {
        replies.Writer.TryWrite(reply);
        Ring();
    }

    /// <summary>The next reply, which stays until <see cref="Answered"/>; null when none waits.</summary>
    internal Reply? FirstReply() => replies.Reader.TryPeek(out var reply) ? reply : null;

    /// <summary>The first reply was said.</summary>
    internal void Answered() => replies.Reader.TryRead(out _);

    /// <summary>Something is to be looked at.</summary>
    internal void Ring() => bell.Writer.TryWrite(true);

    /// <summary>Completes after the next <see cref="Ring"/>, or at once if there was one since the last time.</summary>
    internal ValueTask<bool> Changed(CancellationToken ct) => bell.Reader.ReadAsync(ct);
}
