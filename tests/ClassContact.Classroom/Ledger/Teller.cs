using System.Globalization;
using ClassContact.Kit.Link;
using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassContact.Classroom.Ledger;

/// <summary>
/// Tells numbered events through the real outbox and the real link, and keeps a ledger of what its disk has. In a process of its own (ClassContact.Teller), which
/// may be killed at any moment and started again.
/// </summary>
public static class Teller
{
    /// <summary>The program, from the same libraries and build configuration as the running test.</summary>
    public static string Program { get; } = Checkout.Built("tests", "ClassContact.Teller");

    /// <summary>The cause that an event carries as its number.</summary>
    internal static string Cause(int number) => string.Create(CultureInfo.InvariantCulture, $"n-{number}");

    /// <summary>The number that an event carries.</summary>
    internal static int Number(KitEvent told) => int.Parse(told.Cause![2..], CultureInfo.InvariantCulture);

    /// <summary>Goes on telling after the last number in the ledger, in batches of 1 to 20, until <paramref name="last"/> is acknowledged.</summary>
    public static async Task<int> Tell(string folder, int port, int last, int seed)
    {
        var ledger = new LedgerFile(folder);
        var random = new Random(seed);
        var mostWaiting = random.Next(50, 600); // in some starts all lies in memory, in others most of it only on the disk
        using var outbox = new OutboxWorker(folder, new(), TimeProvider.System, NullLogger.Instance);
        var link = new LinkWorker(KitId.Parse("ledger-kit"), new("127.0.0.1", port, KeepAliveSeconds: 5, AnswerSeconds: 1), About, outbox, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = link.Run(stop.Token);
        for (var next = ledger.Told.DefaultIfEmpty(0).Max() + 1; next <= last;)
        {
            await WaitFor.That("room", () => outbox.Count < mostWaiting, TimeSpan.MaxValue);
            var to = Math.Min(next + random.Next(20), last);
            ledger.Note("told", next, to);
            for (var number = next; number <= to; number++)
                link.Tell("call-started", Cause(number));
            await Kept(outbox);
            ledger.Note("kept", next, to);
            next = to + 1;
        }
        await WaitFor.That("all to be acknowledged", () => outbox.Count == 0, TimeSpan.MaxValue);
        ledger.Done();
        await stop.CancelAsync();
        await running;
        return 0;
    }

    /// <summary>Every step of the way to the disk and off it, without a link: a new file, first writes, forgotten ones, the end.</summary>
    public static int Write(string folder)
    {
        var ledger = new LedgerFile(folder);
        using (var outbox = new OutboxWorker(folder, new(), new HastyTime(), NullLogger.Instance))
        {
            foreach (var (from, to) in new[] { (1, 1), (2, 4), (5, 5) })
            {
                ledger.Note("told", from, to);
                for (var number = from; number <= to; number++)
                    outbox.Tell(new(0, "call-started", DateTimeOffset.UnixEpoch, Cause(number)));
                Kept(outbox).GetAwaiter().GetResult();
                ledger.Note("kept", from, to);
            }
            for (var acknowledged = 0; acknowledged < 2; acknowledged++)
            {
                Letter? first;
                while ((first = outbox.First()) is null)
                    Thread.Yield();
                outbox.Acknowledged();
                ledger.Note("acknowledged", Number(first.Event), Number(first.Event));
            }
        }
        ledger.Done();
        return 0;
    }

    private static async Task Kept(OutboxWorker outbox)
    {
        while (outbox.Unwritten > 0)
            await Task.Delay(1);
    }

    private static About About() => new("0.1.0", "Debian 12", null, "École", "2B", "janus", []);
}
