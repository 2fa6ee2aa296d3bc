using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using ClassContact.Classroom;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests;

public sealed class BrokerLoopTests
{
    private readonly ConcurrentQueue<string> troubles = [];

    [Fact]
    public async Task It_is_back_after_the_broker_was_killed_and_started_again()
    {
        await using var broker = await Broker.Start();
        var sessions = Channel.CreateUnbounded<int>();
        var count = 0;
        using var stop = new CancellationTokenSource();
        var loop = new BrokerLoop(ct => broker.Settings().Open("kit", ct: ct), Session, troubles.Enqueue, TimeProvider.System);
        var running = loop.Run(stop.Token);
        await Next(1);
        await broker.Kill();
        await broker.Start();
        await Next(2);
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.Contains("connection lost: the broker closed the connection", troubles);
        Assert.Equal("1 online", await broker.ReadElsewhere("a/presence"));

        async Task Session(IMqttConnection connection, CancellationToken ct)
        {
            await connection.Publish(Text("a/presence", "online", retained: true), ct);
            sessions.Writer.TryWrite(++count);
            await Task.Delay(Timeout.Infinite, ct);
        }

        async Task Next(int expected) => Assert.Equal(expected, await sessions.Reader.ReadAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task The_waits_grow_while_nothing_answers_and_never_pass_a_minute()
    {
        var time = new FakeTime();
        using var stop = new CancellationTokenSource();
        var failures = 0;
        var loop = new BrokerLoop(_ => { failures++; throw new MqttException("nobody there"); }, (_, _) => Task.CompletedTask, troubles.Enqueue, time);
        var running = loop.Run(stop.Token);
        for (var wait = 0; wait < 30; wait++)
        {
            var before = 0; // not the number of waits: one of less than a millisecond is none, and is not seen
            var length = await time.PassNextWait(() => before = failures - 1).WaitAsync(Patience);
            Assert.InRange(length, TimeSpan.Zero, Backoff.Cap(before));
        }
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.All(troubles, trouble => Assert.Equal("nobody there", trouble));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public async Task A_connection_that_lived_a_minute_begins_the_waits_anew(int seconds, bool anew)
    {
        var time = new FakeTime();
        var attempt = 0;
        var longest = TimeSpan.Zero;
        using var stop = new CancellationTokenSource();
        var loop = new BrokerLoop(
            _ => ++attempt % 2 == 1 ? throw new MqttException("nobody there") : Task.FromResult<IMqttConnection>(new DeadConnection()),
            (_, _) => { time.Advance(TimeSpan.FromSeconds(seconds)); return Task.CompletedTask; },
            troubles.Enqueue,
            time);
        var running = loop.Run(stop.Token);
        for (var wait = 0; wait < 60; wait++)
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, (await time.PassNextWait().WaitAsync(Patience)).Ticks));
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.Equal(anew, longest <= Backoff.AfterLife);
    }

    [Fact]
    public async Task After_a_connection_that_lived_the_first_wait_is_anywhere_in_five_seconds_so_that_a_broker_that_is_back_at_once_is_not_stormed()
    {
        var time = new FakeTime();
        var waits = new List<double>();
        using var stop = new CancellationTokenSource();
        var loop = new BrokerLoop(
            _ => Task.FromResult<IMqttConnection>(new DeadConnection()),
            (_, _) => { time.Advance(Backoff.Longest); return Task.CompletedTask; },
            troubles.Enqueue,
            time);
        var running = loop.Run(stop.Token);
        for (var wait = 0; wait < 500; wait++)
            waits.Add((await time.PassNextWait().WaitAsync(Patience)).TotalSeconds);
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        foreach (var second in waits.GroupBy(wait => (int)wait))
            Assert.InRange(second.Count(), 50, 160); // a hundred each
        Assert.InRange(waits.Max(), 4, 5);
    }

    [Fact]
    public async Task A_session_that_throws_is_told_and_its_connection_is_closed()
    {
        await using var broker = await Broker.Start();
        IMqttConnection? first = null;
        using var stop = new CancellationTokenSource();
        var loop = new BrokerLoop(ct => broker.Settings().Open("kit", ct: ct), Session, troubles.Enqueue, TimeProvider.System);
        await loop.Run(stop.Token).WaitAsync(Patience);
        Assert.Equal(["a mistake of ours"], troubles);
        Assert.True(first!.Lost.IsCompleted);

        Task Session(IMqttConnection connection, CancellationToken ct)
        {
            if (first is null)
            {
                first = connection;
                throw new InvalidOperationException("a mistake of ours");
            }
            stop.Cancel();
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_ends_it_at_once_in_a_session_and_in_a_wait(bool inSession)
    {
        await using var broker = await Broker.Start();
        var begun = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var loop = new BrokerLoop(
            ct => inSession ? broker.Settings().Open("kit", ct: ct) : throw new MqttException("nobody there"),
            async (_, ct) => { begun.SetResult(); await Task.Delay(Timeout.Infinite, ct); },
            trouble => { troubles.Enqueue(trouble); if (troubles.Count == 3) begun.SetResult(); },
            TimeProvider.System);
        var running = loop.Run(stop.Token);
        await begun.Task.WaitAsync(Patience);
        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");
    }

    /// <summary>Open, but of no use.</summary>
    private sealed class DeadConnection : IMqttConnection
    {
        public ChannelReader<MqttMessage> Received { get; } = Channel.CreateUnbounded<MqttMessage>().Reader;

        public Task<string> Lost { get; } = new TaskCompletionSource<string>().Task;

        public Task Publish(MqttMessage message, CancellationToken ct) => Task.CompletedTask;

        public Task Subscribe(string filter, CancellationToken ct) => Task.CompletedTask;

        public ValueTask DisposeAsync() => default;
    }
}
