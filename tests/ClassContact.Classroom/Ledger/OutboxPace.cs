using System.Diagnostics;
using ClassContact.Kit.Link;
using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassContact.Classroom.Ledger;

/// <summary>How fast events go through the real outbox and link to a real broker, on the disk that a folder is on.</summary>
/// <param name="ToDisk">Events a second onto the disk, told as fast as it takes them.</param>
/// <param name="OneByOne">Events a second onto the disk when each waits for the one before: a flush each.</param>
/// <param name="Drain">The time to send all of them to a broker that was away.</param>
/// <param name="Through">Events a second from being told to being acknowledged, a hundred in flight.</param>
/// <param name="FileBytes">The file with all of them in it.</param>
public sealed record OutboxPace(double ToDisk, double OneByOne, TimeSpan Drain, double Through, long FileBytes)
{
    /// <summary>Measures with so many events.</summary>
    public static async Task<OutboxPace> Measure(string folder, int events)
    {
        await using var broker = await Broker.Start();
        await broker.Kill();
        using var outbox = new OutboxWorker(folder, new(), TimeProvider.System, NullLogger.Instance);
        var link = new LinkWorker(KitId.Parse("pace-kit"), new("127.0.0.1", broker.Port), () => new("0.1.0", "Debian 12", null, "École", "2B", "janus", []), outbox, NullLogger.Instance);
        var toDisk = await Rate(events - 200, n => link.Tell("call-started", Teller.Cause(n)), () => outbox.Unwritten < 1000, () => outbox.Unwritten == 0);
        var oneByOne = await Rate(200, n => link.Tell("call-started", Teller.Cause(n)), () => outbox.Unwritten == 0, () => outbox.Unwritten == 0);
        var bytes = Directory.EnumerateFiles(folder, "outbox.db*").Sum(file => new FileInfo(file).Length);
        await broker.Start();
        using var stop = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        var running = link.Run(stop.Token);
        await WaitFor.That("the events to be with the broker", () => outbox.Count == 0, TimeSpan.FromMinutes(10));
        var drain = watch.Elapsed;
        var through = await Rate(events, n => link.Tell("call-started", Teller.Cause(n)), () => outbox.Count < 100, () => outbox.Count == 0);
        await stop.CancelAsync();
        await running;
        return new(toDisk, oneByOne, drain, through, bytes);
    }

    private static async Task<double> Rate(int events, Action<int> tell, Func<bool> hasRoom, Func<bool> isDone)
    {
        var watch = Stopwatch.StartNew();
        for (var n = 1; n <= events; n++)
        {
            await Holds(hasRoom);
            tell(n);
        }
        await Holds(isDone);
        return events / watch.Elapsed.TotalSeconds;
    }

    private static async Task Holds(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }
}
