using System.Collections.Concurrent;
using System.Runtime.Versioning;
using ClassContact.Kit.Call;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Kit.Tests.Call;

/// <summary>The worker around the machine: time that went on without it.</summary>
[SupportedOSPlatform("linux")]
public sealed class CallWorkerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_worker_that_stood_still_in_a_class_asks_the_network_as_after_a_sleep()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var (time, told) = (new JumpingTime(), new BlockingCollection<CallCommand>());
        var worker = new CallWorker(new(folder, NullLogger.Instance), told.Add, (_, _) => { }, time, NullLogger.Instance);
        var running = worker.Run(stop.Token);

        time.Jump(TimeSpan.FromHours(1)); // at standby waiting is no sleep
        worker.Start("press");
        var attempt = Next<OpenMeeting>(told, stop.Token).Attempt;
        foreach (var milestone in CallRun.InOrder)
            worker.Tell(new MilestoneReached(attempt, milestone, worker.Now));
        while (worker.Snapshot.State is not CallState.Open)
            await Task.Delay(10, stop.Token);

        time.Jump(TimeSpan.FromMinutes(1));
        Next<AskNetwork>(told, stop.Token);
        Assert.IsType<CallState.Interrupted>(worker.Snapshot.State);

        await stop.CancelAsync();
        await Task.WhenAny(running);
    }

    [Fact]
    public async Task A_worker_that_comes_after_a_consent_has_run_out_leaves_no_file_that_updates_would_wait_for()
    {
        var (time, told) = (new JumpingTime(), new BlockingCollection<CallCommand>());
        await Runs(worker => { worker.Start("press"); return Next<OpenMeeting>(told, TestContext.Current.CancellationToken); });
        Assert.True(File.Exists(Path.Combine(folder, "consent.json")));

        time.Jump(CallTimes.ConsentLasts);
        await Runs(_ => Next<ShowStandby>(told, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Path.Combine(folder, "consent.json")));

        async Task Runs(Func<CallWorker, CallCommand> until)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var worker = new CallWorker(new(folder, NullLogger.Instance), told.Add, (_, _) => { }, time, NullLogger.Instance);
            var running = worker.Run(stop.Token);
            until(worker);
            await stop.CancelAsync();
            await Task.WhenAny(running);
        }
    }

    private static T Next<T>(BlockingCollection<CallCommand> told, CancellationToken ct) => told.GetConsumingEnumerable(ct).OfType<T>().First();

    // The real clock, and jumps: as a stopped process sees it.
    private sealed class JumpingTime : TimeProvider
    {
        private long ahead;

        public void Jump(TimeSpan by) => Interlocked.Add(ref ahead, (long)(by.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref ahead);
    }
}
