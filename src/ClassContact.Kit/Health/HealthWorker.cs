using ClassContact.Messages;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Health;

/// <summary>
/// Looks at the kit: at everything when it starts, then on each check's schedule and whenever something wakes it, but never in a call. At most two
/// checks look at once: one at the network and one at the kit itself, so that a network that does not answer never holds up word of a plug.
/// Members may be called from any thread and return at once.
/// </summary>
public sealed class HealthWorker
{
    private readonly Action<HealthBoard> changed;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly IReadOnlyList<Check> checks;
    private readonly IReadOnlyList<Lane> lanes;
    private readonly long start;
    private readonly Lock gate = new();
    private (CancellationToken Token, Func<Task> Begin) quiet = Quiet();
    private bool isInCall;
    private volatile HealthBoard board;

    /// <summary>Looks at nothing before <see cref="Run"/>.</summary>
    /// <param name="all">Every check, causes before what they cause.</param>
    /// <param name="changed">Told when what people are told has changed, one after the other; returns at once.</param>
    /// <param name="time">Its timestamps decide; its wall clock stamps.</param>
    /// <param name="log">Gets every change of a verdict.</param>
    public HealthWorker(IEnumerable<Check> all, Action<HealthBoard> changed, TimeProvider time, ILogger log)
    {
        (this.changed, this.time, this.log) = (changed, time, log);
        start = time.GetTimestamp();
        checks = [.. all.Where(check => !check.OnlyInDiagnosis)];
        board = HealthBoard.Of(checks, new(TimeSpan.Zero, time.GetUtcNow()));
        lanes = [.. checks.GroupBy(check => check.Thing is Thing.Network).Select(group => LaneOf([.. group]))];
    }

    /// <summary>How everything stands.</summary>
    public HealthBoard Board => board;

    /// <summary>Something may have changed: the checks that it concerns look as soon as it has settled.</summary>
    public void Wake(Wakes what) => Hurry([.. checks.Where(check => (check.On & what) != 0)]);

    /// <summary>
    /// A call begins: looks that are under way are cancelled and none begins. Or it has ended: all that has become due meanwhile is made up for.
    /// </summary>
    public void Call(bool isOn)
    {
        lock (gate)
        {
            if (isInCall == isOn)
                return;
            isInCall = isOn;
            // Before the silence ends: what has become due in it is made up for in its time, not at once.
            foreach (var lane in lanes.Where(_ => !isOn))
                lane.Resume();
            if (isOn)
                _ = quiet.Begin(); // what is cancelled ends elsewhere: the caller has a call to open
            else
                quiet = Quiet();
        }
        foreach (var lane in lanes)
            lane.Ring();
    }

    /// <summary>Works until cancelled; whatever a check does, it goes on.</summary>
    public Task Run(CancellationToken ct) => Task.WhenAll(lanes.Select(lane => lane.Run(() => Now, Silence, Tick, ct)));

    private TimeSpan Now => time.GetElapsedTime(start);

    private Lane LaneOf(IReadOnlyList<Check> of) => new(of, new(of, Random.Shared), new(time, log), Found, time);

    private void Hurry(IReadOnlyList<Check> which)
    {
        foreach (var lane in lanes.Where(_ => which.Count > 0))
            lane.Hurry(which);
    }

    // A source without a timer holds nothing that must be disposed of, and looks that were left behind may still heed it.
    private static (CancellationToken, Func<Task>) Quiet()
    {
        var source = new CancellationTokenSource();
        return (source.Token, source.CancelAsync);
    }

    private CancellationToken Silence()
    {
        lock (gate)
            return quiet.Token;
    }

    // Mere time ends a grace, and the warming up.
    private TimeSpan? Tick()
    {
        lock (gate)
        {
            Update([]);
            return board.ChangesAt;
        }
    }

    private Standing Found(Check check, Finding finding)
    {
        lock (gate)
        {
            var before = board.StandingOf(check.Code);
            Update(new() { [check.Code] = finding });
            var after = board.StandingOf(check.Code);
            if (before.Verdict is null || before.Since != after.Since)
                Log(after);
            Hurry([.. board.Orphans]);
            if (before.Verdict is not null && before.IsFault != after.IsFault)
                Hurry([.. checks.Where(other => check.Alarms.Contains(other.Code))]);
            return after;
        }
    }

    private void Update(Dictionary<string, Finding> found)
    {
        var before = board;
        board = before.Next(found, new(Now, time.GetUtcNow()));
        if (!board.TellsTheSameAs(before))
            changed(board);
    }

    private void Log(Standing standing)
    {
        var verdict = standing.Verdict!;
        log.Log(
            standing.IsFault || verdict.Verdict is Verdict.Error ? LogLevel.Warning : LogLevel.Information,
            "Check {Check}: {Verdict} {Reason} {Found}", standing.Check.Code, verdict.Verdict, verdict.Reason, verdict.Found);
    }
}
