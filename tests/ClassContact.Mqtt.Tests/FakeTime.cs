namespace ClassContact.Mqtt.Tests;

/// <summary>A clock that goes only when told, and jumps to the next timer when asked to.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private TimeSpan now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate)
            return now.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Advance(TimeSpan by)
    {
        lock (gate)
            now += by;
        Fire();
    }

    /// <summary>Waits until somebody waits, then lets that wait pass; returns how long it was.</summary>
    /// <param name="waits">Called in between, while nothing goes on.</param>
    internal async Task<TimeSpan> PassNextWait(Action? waits = null)
    {
        for (; ; await Task.Delay(1))
        {
            TimeSpan length;
            lock (gate)
            {
                if (timers.Count == 0)
                    continue;
                length = timers.Min(t => t.Due) - now;
            }
            waits?.Invoke();
            Advance(length);
            return length;
        }
    }

    private void Fire()
    {
        FakeTimer[] due;
        lock (gate)
        {
            due = timers.Where(t => t.Due <= now).ToArray();
            timers.RemoveAll(t => t.Due <= now);
        }
        foreach (var timer in due)
            timer.Callback();
    }

    private sealed class FakeTimer(FakeTime time, Action callback) : ITimer
    {
        internal TimeSpan Due { get; private set; }

        internal Action Callback { get; } = callback;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                Due = time.now + dueTime;
                if (dueTime != Timeout.InfiniteTimeSpan)
                    time.timers.Add(this);
            }
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
            return default;
        }
    }
}
