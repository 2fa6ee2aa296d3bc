using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Outbox;

public sealed class AgeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("outbox-").FullName;
    private readonly JumpingTime time = new();
    private ClockState clock = ClockState.Synced;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_event_older_than_the_days_is_dropped_and_told()
    {
        using var outbox = Aged(2);
        Pass(outbox, TimeSpan.FromDays(1));
        outbox.TellStored(3, 1);
        Pass(outbox, TimeSpan.FromHours(36)); // two are older than two days then, and the third is not
        Assert.Equal(2, outbox.Worker.Dropped);
        outbox.Worker.ReportDrops();
        Assert.Equal(["n-3", "too-old"], outbox.TakeAll().Select(e => e.Cause));
    }

    [Theory]
    [InlineData(365)]
    [InlineData(-365)]
    public void A_clock_that_jumps_a_year_and_back_drops_nothing_though_it_is_called_synced(int days)
    {
        using var outbox = Aged(5);
        foreach (var jump in new[] { days, -days })
        {
            time.Jump(TimeSpan.FromDays(jump));
            Pass(outbox, SteadyClock.Proof - TimeSpan.FromMinutes(1));
        }
        Pass(outbox, TimeSpan.FromHours(3));
        Assert.Equal((5, 0), (outbox.Worker.Count, outbox.Worker.Dropped));
    }

    [Fact]
    public void A_clock_that_no_server_keeps_drops_nothing()
    {
        using var outbox = Aged(5);
        clock = ClockState.Unsynced;
        Pass(outbox, TimeSpan.FromHours(1));
        time.Jump(TimeSpan.FromDays(400));
        Pass(outbox, TimeSpan.FromDays(1));
        Assert.Equal((5, 0), (outbox.Worker.Count, outbox.Worker.Dropped));
    }

    [Fact]
    public void The_order_is_that_of_the_numbers_whatever_the_clock_does()
    {
        using var outbox = new OutboxUnderTest(folder, time: time, clock: () => clock);
        foreach (var jump in new[] { 0, 365, -730, 365 })
        {
            time.Jump(TimeSpan.FromDays(jump));
            outbox.TellStored((int)outbox.Worker.Count + 1, 1);
        }
        Assert.Equal(["n-1", "n-2", "n-3", "n-4"], outbox.TakeAll().Select(e => e.Cause));
    }

    // With events whose date is known.
    private OutboxUnderTest Aged(int events)
    {
        var outbox = new OutboxUnderTest(folder, new(Days: 2), time, () => clock);
        outbox.TellStored(1, events);
        Pass(outbox, TimeSpan.FromHours(2));
        return outbox;
    }

    // In steps that the disk's thread can follow: it must see each of its looks.
    private void Pass(OutboxUnderTest outbox, TimeSpan by)
    {
        for (var passed = TimeSpan.Zero; passed < by; passed += TimeSpan.FromMinutes(5))
        {
            time.Advance(TimeSpan.FromMinutes(5));
            OutboxUnderTest.Until("the next look to be planned", () => time.Inner.NextTimer is not null || outbox.Worker.Unwritten > 0);
        }
    }

    /// <summary>A clock that somebody sets, beside one that nobody can set.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private TimeSpan off;

        internal FakeTime Inner { get; } = new();

        public override long TimestampFrequency => Inner.TimestampFrequency;

        public override long GetTimestamp() => Inner.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => Inner.GetUtcNow() + off;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Inner.CreateTimer(callback, state, dueTime, period);

        internal void Advance(TimeSpan by) => Inner.Advance(by);

        internal void Jump(TimeSpan by) => off += by;
    }
}
