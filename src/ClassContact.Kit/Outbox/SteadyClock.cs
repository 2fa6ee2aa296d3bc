using ClassContact.Messages;

namespace ClassContact.Kit.Outbox;

/// <summary>
/// When the wall clock may be believed so far that something is thrown away for it: kept by a time server, and in step with the clock that nobody sets
/// for half an hour. A clock that jumps a year and back within that time costs nothing.
/// </summary>
/// <param name="time">Both clocks.</param>
/// <param name="clock">Whether a time server keeps the wall clock.</param>
internal sealed class SteadyClock(TimeProvider time, Func<ClockState> clock)
{
    internal static readonly TimeSpan Proof = TimeSpan.FromMinutes(30);

    // A time server's corrections after a look ten minutes ago are far smaller, a clock set by hand is off by more.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private (DateTimeOffset Wall, long Stamp)? before;
    private long since;

    /// <summary>Looks at both clocks; to be called every few minutes. The wall time, or null when it cannot be believed.</summary>
    internal DateTimeOffset? Look()
    {
        var (wall, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        var inStep = before is { } b && (wall - b.Wall - time.GetElapsedTime(b.Stamp, stamp)).Duration() < Step;
        if (!inStep || clock() is not ClockState.Synced)
            since = stamp;
        before = (wall, stamp);
        return time.GetElapsedTime(since, stamp) >= Proof ? wall : null;
    }
}
