namespace ClassContact.Kit.Tests;

/// <summary>
/// A clock that moves only by <see cref="Advance"/>, which fires the timers on the way in order, on the caller's thread. Timestamps and wall time
/// move together. A timer that is already due when it is set fires on the thread pool, as the real one does. Safe for several threads.
/// </summary>
public sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private TimeSpan sinceBoot = TimeSpan.FromSeconds(1000); // a real kit's timestamps do not begin at 0 either

    public FakeTime()
        : this(new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero))
    {
    }

    /// <summary>The timestamp as a time: what the worker's monotonic clock says.</summary>
    public TimeSpan Monotonic
    {
        get
        {
            lock (gate)
                return sinceBoot;
        }
    }

    /// <summary>When the next timer fires, by <see cref="Monotonic"/>; null when none is set.</summary>
    public TimeSpan? NextTimer
    {
        get
        {
            lock (gate)
                return timers.Min(timer => timer.Due);
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Monotonic.Ticks;

    public override DateTimeOffset GetUtcNow() => start + Monotonic - TimeSpan.FromSeconds(1000);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        lock (gate)
            timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time forward; timers that are due fire at their own time, also those set meanwhile.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = Monotonic + by;
        while (TakeDue(until) is { } timer)
            timer.Fire();
        lock (gate)
            sinceBoot = until > sinceBoot ? until : sinceBoot;
    }

    private FakeTimer? TakeDue(TimeSpan until)
    {
        lock (gate)
        {
            var first = timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            if (first is null)
                return null;
            if (first.Due > sinceBoot)
                sinceBoot = first.Due.Value;
            first.Due = first.Period is { } period ? first.Due + period : null;
            return first;
        }
    }

    private sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan? Due { get; set; }

        public TimeSpan? Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                if (!time.timers.Contains(this))
                    return false;
                Period = period > TimeSpan.Zero ? period : null;
                Due = dueTime < TimeSpan.Zero ? null : time.sinceBoot + dueTime;
                if (dueTime != TimeSpan.Zero)
                    return true;
                Due = Period is null ? null : time.sinceBoot + Period;
            }
            ThreadPool.QueueUserWorkItem(_ => Fire());
            return true;
        }

        public void Dispose()
        {
            lock (time.gate)
                time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
