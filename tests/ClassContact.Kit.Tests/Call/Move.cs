using System.Globalization;
using ClassContact.Kit.Call;

namespace ClassContact.Kit.Tests.Call;

/// <summary>One thing that happens to a call, chosen before it is known where the call will be then.</summary>
internal abstract record Move
{
    public abstract void Play(CallRun call);

    /// <summary>Simpler moves that may fail the same way.</summary>
    public virtual IEnumerable<Move> Simpler => [];
}

internal sealed record Passes(int Ms) : Move
{
    public override IEnumerable<Move> Simpler => Ms > 1 ? [new Passes(1), new Passes(Ms / 2)] : [];

    public override void Play(CallRun call) => call.Wait(TimeSpan.FromMilliseconds(Ms));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ms} ms pass");
}

internal sealed record Pressed : Move
{
    public override void Play(CallRun call) => call.Press();

    public override string ToString() => "start";
}

internal sealed record Happens(CallEvent Event) : Move
{
    public override void Play(CallRun call) => call.On(Event);

    public override string ToString() => Event.GetType().Name;
}

/// <summary>A fact about the attempt that the call is at, or about one that is over.</summary>
internal sealed record Told(AttemptEvent Fact, bool Stale) : Move
{
    public override void Play(CallRun call)
    {
        var attempt = Stale ? call.Current with { Number = call.Current.Number - 1 } : call.Current;
        call.On(Fact switch
        {
            MilestoneReached m => m with { Attempt = attempt, At = call.Now },
            _ => Fact with { Attempt = attempt },
        });
    }

    public override string ToString() => (Stale ? "stale " : "") + Fact switch
    {
        MilestoneReached m => $"{m.Milestone}",
        PageSeen s => $"page seen (live {s.Live}{(s.RemoteMedia ? ", media" : "")}, {s.Link}, ended {s.Ended}, absent {s.Absent})",
        PageFailed f => $"page failed ({f.Cause})",
        _ => Fact.ToString(),
    };
}

/// <summary>A browser that does all it should, so that random streams get far.</summary>
internal sealed record Behaves : Move
{
    public override void Play(CallRun call) => call.Reach(CallRun.InOrder);

    public override string ToString() => "all milestones";
}

internal sealed record Restarts : Move
{
    public override void Play(CallRun call) => call.Restart();

    public override string ToString() => "agent restarts";
}
