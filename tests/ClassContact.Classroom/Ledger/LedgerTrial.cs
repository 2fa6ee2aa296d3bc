using System.Diagnostics;

namespace ClassContact.Classroom.Ledger;

/// <summary>What is broken while numbered events are told.</summary>
public enum LedgerFault
{
    /// <summary>SIGKILL to the one who tells, and a new start.</summary>
    AgentKilled,

    /// <summary>SIGKILL to the broker, and a new start with nothing remembered.</summary>
    BrokerKilled,

    /// <summary>The broker answers nothing for up to two seconds.</summary>
    BrokerStopped,

    /// <summary>Every connection is reset.</summary>
    NetworkCut,

    /// <summary>What is sent is held back for up to two seconds, and then comes.</summary>
    NetworkHeld,
}

/// <summary>Numbered events through a real outbox, a real link and a real broker while each of them is broken at random; then what was sent beside what came.</summary>
public static class LedgerTrial
{
    private static readonly LedgerFault[] Faults = // half of all kill the agent: it is what the outbox is for
    [
        LedgerFault.AgentKilled, LedgerFault.AgentKilled, LedgerFault.AgentKilled, LedgerFault.AgentKilled,
        LedgerFault.BrokerKilled, LedgerFault.BrokerStopped, LedgerFault.NetworkCut, LedgerFault.NetworkHeld,
    ];

    /// <summary>Tells so many events, with a fault after every few hundred of them.</summary>
    /// <param name="folder">For the outbox, the ledger and logs.</param>
    /// <param name="events">How many.</param>
    /// <param name="seed">Which faults, and when.</param>
    /// <param name="between">A fault comes after so many events on average.</param>
    public static async Task<LedgerVerdict> Run(string folder, int events, int seed, int between = 200)
    {
        var watch = Stopwatch.StartNew();
        var random = new Random(seed);
        await using var broker = await Broker.Start(null, "max_queued_messages 0", "max_inflight_messages 0");
        await using var recorder = new Recorder(broker.Port);
        await recorder.Listen();
        await using var relay = new Relay(broker.Port);
        relay.Open();
        var struck = new List<LedgerFault>();
        var ledger = new LedgerFile(folder);
        var teller = Start();
        try
        {
            for (var next = random.Next(2 * between); next < events; next += 1 + random.Next(2 * between))
            {
                await WaitFor.That($"event {next} (seed {seed}, {teller})", () => recorder.Count >= next || ledger.IsDone, TimeSpan.FromMinutes(3));
                await Task.Delay(random.Next(30)); // anywhere within a batch
                struck.Add(Faults[random.Next(Faults.Length)]);
                await Strike(struck[^1]);
            }
            await WaitFor.That($"the end (seed {seed}, {teller})", () => ledger.IsDone, TimeSpan.FromMinutes(3));
            await WaitFor.Still("the events", () => Task.FromResult(recorder.Count));
        }
        finally
        {
            await teller.DisposeAsync();
        }
        return LedgerVerdict.Of(ledger, recorder.Events, struck, watch.Elapsed);

        ChildProcess Start() => ChildProcess.Start("teller", folder, Teller.Program, ["tell", folder, $"{relay.Port}", $"{events}", $"{random.Next()}"]);

        async Task Strike(LedgerFault fault)
        {
            switch (fault)
            {
                case LedgerFault.AgentKilled:
                    await teller.Kill();
                    await teller.DisposeAsync();
                    teller = Start();
                    break;
                case LedgerFault.BrokerKilled:
                    relay.Hold(); // nobody is acknowledged before the recorder listens again
                    await broker.Kill();
                    relay.Cut();
                    await recorder.Ended();
                    await broker.Start();
                    await recorder.Listen();
                    relay.Open();
                    break;
                case LedgerFault.BrokerStopped:
                    broker.Stop();
                    await Task.Delay(random.Next(2000));
                    broker.Continue();
                    break;
                case LedgerFault.NetworkCut:
                    relay.Cut();
                    break;
                case LedgerFault.NetworkHeld:
                    relay.Hold();
                    await Task.Delay(random.Next(2000));
                    relay.Open();
                    break;
            }
        }
    }
}
