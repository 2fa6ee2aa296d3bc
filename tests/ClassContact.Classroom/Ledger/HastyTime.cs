namespace ClassContact.Classroom.Ledger;

/// <summary>The system's time, but whoever waits by it waits a hundredth: a disk that failed is asked again after a tenth of a second.</summary>
internal sealed class HastyTime : TimeProvider
{
    private const int Faster = 100;

    public override long TimestampFrequency => System.TimestampFrequency / Faster;

    public override long GetTimestamp() => System.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Hasty(System.CreateTimer(callback, state, Sooner(dueTime), Sooner(period)));

    private static TimeSpan Sooner(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan ? wait : wait / Faster;

    private sealed class Hasty(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Sooner(dueTime), Sooner(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
