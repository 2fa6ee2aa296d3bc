using System.Collections.Concurrent;
using ClassContact.Kit.Health;
using ClassContact.Messages;
using Microsoft.Extensions.Logging;
using Xunit;
using static ClassContact.Kit.Tests.Health.Checks;

namespace ClassContact.Kit.Tests.Health;

public sealed class HealthWorkerTests : IAsyncDisposable
{
    private readonly FakeTime time = new();
    private readonly ConcurrentQueue<string> lines = [];
    private readonly ConcurrentQueue<HealthBoard> told = [];
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private int looks;
    private Finding finds = Ok;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    [Fact]
    public async Task Everything_is_looked_at_when_it_starts_and_then_on_its_schedule_give_or_take_a_tenth()
    {
        var worker = Start(Counted() with { Every = TimeSpan.FromMinutes(5) });
        await Idle(1);
        await Pass(TimeSpan.FromSeconds(269)); // in which the end of the warming up rings
        Assert.Equal(1, looks);
        await Pass(TimeSpan.FromSeconds(62));
        await Until(() => looks == 2);
    }

    [Fact]
    public async Task An_idle_agent_wakes_twice_in_five_minutes_for_ten_checks()
    {
        var rounds = 0;
        var worker = Start([.. Enumerable.Range(0, 10).Select(i => Of($"c{i}", look: _ => Found(() => Interlocked.Increment(ref looks))))]);
        await Until(() => looks == 10);
        for (var second = 0; second < 660; second++)
        {
            var before = looks;
            time.Advance(TimeSpan.FromSeconds(1));
            await Until(() => time.NextTimer is { } next && next > time.Monotonic);
            rounds += looks > before ? 1 : 0;
        }
        await Until(() => looks is >= 20 and <= 40);
        Assert.InRange(rounds, 1, 10);
    }

    [Fact]
    public async Task A_wake_looks_at_what_it_concerns_once_it_has_settled()
    {
        var other = 0;
        var worker = Start(Counted() with { On = Wakes.Device }, Of("dns", thing: Thing.Network, look: _ => Found(() => Interlocked.Increment(ref other))) with { On = Wakes.Network });
        await Until(() => (looks, other) == (1, 1));
        for (var burst = 0; burst < 20; burst++)
            worker.Wake(Wakes.Device);
        await Within(() => looks == 2);
        Assert.Equal(1, other);
    }

    [Fact]
    public async Task What_may_ail_another_check_makes_that_one_look_when_it_comes_and_when_it_goes()
    {
        var (broker, asked) = (Ok, 0);
        var worker = Start(
            Of("meeting", thing: Thing.Network, look: _ => Found(() => Interlocked.Increment(ref looks))) with { Every = TimeSpan.FromDays(1) },
            Of("broker", thing: Thing.Network, look: _ =>
            {
                Interlocked.Increment(ref asked);
                return Task.FromResult(broker);
            }) with { Every = TimeSpan.FromMinutes(2), Alarms = ["meeting"] });
        await Until(() => (looks, asked) == (1, 1));
        await Within(() => asked == 4, seconds: 1);
        Assert.Equal(1, looks);
        foreach (var (found, before) in new[] { (Bad, 1), (Ok, 2) })
        {
            broker = found;
            await Within(() => looks == before + 1, seconds: 1);
            var since = asked;
            await Within(() => asked == since + 4, seconds: 1);
            Assert.Equal(before + 1, looks);
        }
    }

    [Fact]
    public async Task A_fault_is_looked_at_every_half_minute_for_ten_minutes_and_then_as_usual()
    {
        finds = Bad;
        var worker = Start(Counted() with { Every = TimeSpan.FromMinutes(5) });
        await Until(() => looks == 1);
        var from = time.Monotonic;
        await Within(() => looks == 11, seconds: 1);
        Assert.True(time.Monotonic - from >= CheckTimes.Soon * 0.9 * 10, $"ten looks within {time.Monotonic - from}");
        time.Advance(CheckTimes.Mending);
        await Within(() => time.NextTimer - time.Monotonic > TimeSpan.FromMinutes(4), seconds: 1);
    }

    [Fact]
    public async Task No_check_looks_in_a_call_and_all_that_was_due_looks_after_it()
    {
        var worker = Start(Counted() with { On = Wakes.Device });
        await Until(() => looks == 1);
        worker.Call(isOn: true);
        worker.Wake(Wakes.Device);
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, looks);
        worker.Call(isOn: false);
        Assert.Equal(1, looks);
        await Within(() => looks == 2);
    }

    [Fact]
    public async Task A_look_that_is_under_way_is_cancelled_when_a_call_begins_and_tells_nothing()
    {
        var cancelled = new TaskCompletionSource();
        var worker = Start(Of("camera", look: async ct =>
        {
            Interlocked.Increment(ref looks);
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
                return Bad;
            }
            finally
            {
                cancelled.SetResult();
            }
        }));
        await Until(() => looks == 1);
        worker.Call(isOn: true);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(worker.Board.Status.Checks);
        Assert.DoesNotContain(lines, line => line.Contains("camera", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_begins_just_before_a_look_does_not_keep_the_check_from_looking_ever_after()
    {
        var looker = new Looker(time, new LogLines(lines));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looker.Look(Counted(), new(canceled: true)));
        var finding = await looker.Look(Counted(), CancellationToken.None);
        for (var tries = 0; finding != Ok && tries < 1000; tries++) // what was cancelled ends a moment later
        {
            await Task.Delay(5);
            finding = await looker.Look(Counted(), CancellationToken.None);
        }
        Assert.Equal((Ok, 1), (finding, looks));
    }

    [Fact]
    public async Task A_plug_that_comes_and_goes_is_not_looked_at_more_often_than_every_three_seconds()
    {
        var worker = Start(Counted() with { On = Wakes.Device });
        await Idle(1);
        for (var tenths = 0; tenths < 300; tenths++)
        {
            worker.Wake(Wakes.Device);
            await Task.Delay(1);
            time.Advance(TimeSpan.FromSeconds(0.1));
        }
        await Within(() => looks > 2);
        Assert.InRange(looks, 3, 14);
    }

    [Fact]
    public async Task Causes_look_before_effects_and_a_network_that_hangs_holds_up_no_plug()
    {
        var order = new ConcurrentQueue<string>();
        var release = new TaskCompletionSource();
        var worker = Start(
            Of("dns", thing: Thing.Network, look: async ct => { await release.Task.WaitAsync(ct); order.Enqueue("dns"); return Bad; }),
            Of("meeting", thing: Thing.Network, look: _ => Found(() => order.Enqueue("meeting")), dependsOn: "dns"),
            Of("camera", look: _ => Found(() => order.Enqueue("camera"))));
        await Until(() => !order.IsEmpty);
        release.SetResult();
        await Until(() => order.Count == 3);
        Assert.Equal(["camera", "dns", "meeting"], order);
    }

    [Fact]
    public async Task A_check_that_breaks_or_hangs_is_an_error_logged_once_and_the_others_go_on()
    {
        var worker = Start(
            Of("broken", look: _ => throw new InvalidOperationException("oh")),
            Of("hangs", look: _ => new TaskCompletionSource<Finding>().Task) with { Deadline = TimeSpan.FromSeconds(1) },
            Counted());
        await Until(() => time.NextTimer == time.Monotonic + TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        await Until(() => looks == 1);
        await Within(() => worker.Board.Status.Checks.Count == 3);
        Assert.Equal([("broken", CheckRun.Broke), ("hangs", CheckRun.TooSlow), ("camera", null)], worker.Board.Status.Checks.Select(c => (c.Code, c.Reason)));
        Assert.Single(lines, line => line.StartsWith("Check broken broke: InvalidOperationException", StringComparison.Ordinal));
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task A_change_is_told_and_logged_once_with_check_verdict_reason_and_what_was_found()
    {
        finds = Finding.Fail(Gone, "Webcam C270");
        var worker = Start(Counted() with { On = Wakes.Device });
        await Until(() => !told.IsEmpty);
        worker.Wake(Wakes.Device);
        await Within(() => looks == 2);
        Assert.Single(lines, "Check camera: Fail gone Webcam C270");
        Assert.Equal(KitHealth.NotReady, Assert.Single(told).Status.State);
    }

    [Fact]
    public async Task A_grace_ends_by_itself_also_in_a_call()
    {
        finds = Bad;
        var worker = Start(Counted() with { Grace = TimeSpan.FromSeconds(10) });
        await Until(() => looks == 1 && time.NextTimer is not null);
        worker.Call(isOn: true);
        Assert.Empty(worker.Board.Told);
        await Within(() => worker.Board.Told.Length == 1);
    }

    private HealthWorker Start(params Check[] checks)
    {
        var worker = new HealthWorker(checks, told.Enqueue, time, new LogLines(lines));
        running = worker.Run(stop.Token);
        return worker;
    }

    private Check Counted() => Of("camera", look: _ =>
    {
        Interlocked.Increment(ref looks);
        return Task.FromResult(finds);
    });

    private static Task<Finding> Found(Action seen)
    {
        seen();
        return Task.FromResult(Ok);
    }

    /// <summary>So many looks are over, and the loop sleeps: no look's deadline (10 s) runs any more.</summary>
    private Task Idle(int after) => Until(() => looks == after && time.NextTimer - time.Monotonic > TimeSpan.FromSeconds(11));

    // From alarm to alarm, and no time passes until the loop has set the next: it counts from what it took for now.
    private async Task Pass(TimeSpan length)
    {
        var until = time.Monotonic + length;
        while (time.NextTimer is { } next && next <= until)
        {
            time.Advance(next - time.Monotonic);
            await Until(() => time.NextTimer > time.Monotonic);
        }
        time.Advance(until - time.Monotonic);
    }

    // Time passes in small steps: a loop that was late to set its alarm is rung by the next.
    private async Task Within(Func<bool> condition, double seconds = 0.1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            await Task.Delay(2, limit.Token);
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
            await Task.Delay(5, limit.Token);
    }

    private sealed class LogLines(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }
}
