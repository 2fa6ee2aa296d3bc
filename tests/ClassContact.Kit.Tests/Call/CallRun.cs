using ClassContact.Kit.Call;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Call;

/// <summary>A call that is told events one after the other; it keeps its state, its time, the commands and the consent that lies on the disk.</summary>
internal sealed class CallRun
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);
    private int presses;

    private CallRun(Step first, TimeSpan now, Launch? consent)
    {
        (Now, Consent) = (now, consent);
        Take(first);
    }

    public CallState State { get; private set; } = new Standby();

    public TimeSpan Now { get; private set; }

    /// <summary>What the last event made the machine command.</summary>
    public IReadOnlyList<CallCommand> Commands { get; private set; } = [];

    /// <summary>All that was ever commanded.</summary>
    public List<CallCommand> AllCommands { get; private set; } = [];

    /// <summary>What a restarted agent would find.</summary>
    public Launch? Consent { get; private set; }

    /// <summary>The attempt that the call is at, or the last one that it was at.</summary>
    public MeetingAttempt Current { get; private set; } = new("none", 1);

    /// <summary>The launch of a state that has one.</summary>
    public Launch Launch => State switch
    {
        Consented c => c.Launch,
        Faulted { Launch: { } launch } => launch,
        _ => throw new InvalidOperationException($"{State} has no launch"),
    };

    public static CallRun Standing(TimeSpan now = default) => new(CallMachine.Begin(null, now), now, null);

    public static CallRun Restarted(Launch consent, TimeSpan now) => new(CallMachine.Begin(consent, now), now, consent);

    /// <summary>A class that was opened without a hitch: pressed at 0 s, open after one second.</summary>
    public static CallRun Opened() => Standing().Press().Wait(1).Reach(InOrder);

    public static Milestone[] InOrder =>
        [Milestone.BrowserReady, Milestone.PageLoaded, Milestone.CameraOpen, Milestone.MicrophoneOpen, Milestone.Joined];

    public CallRun Press() => On(NewPress());

    public StartPressed NewPress() => new($"press-{++presses}", Morning + Now, "key");

    public CallRun Reach(params IEnumerable<Milestone> milestones)
    {
        foreach (var milestone in milestones)
            On(new MilestoneReached(Current, milestone, Now));
        return this;
    }

    public CallRun See(bool media, Tracks live = Tracks.Both, PageLink link = PageLink.Fine) => On(new PageSeen(Current, live, media, Link: link));

    public CallRun Fail(Cause cause) => On(new PageFailed(Current, cause));

    /// <summary>Moves time at once, as after a suspended moment, and ticks.</summary>
    public CallRun Wait(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return On(new Tick());
    }

    public CallRun Wait(TimeSpan time) => Wait(time.TotalSeconds);

    /// <summary>The agent dies and starts again: all that it knows is the consent.</summary>
    public CallRun Restart() => Take(CallMachine.Begin(Consent, Now));

    /// <summary>Another call in the same place, to try something on.</summary>
    public CallRun Copy()
    {
        var copy = (CallRun)MemberwiseClone();
        copy.AllCommands = [.. AllCommands];
        return copy;
    }

    public CallRun On(CallEvent e) => Take(CallMachine.Next(State, e, Now));

    private CallRun Take(Step step)
    {
        (State, Commands) = (step.State, step.Do);
        AllCommands.AddRange(step.Do);
        foreach (var command in step.Do)
            Consent = command is KeepConsent keep ? keep.Launch : command is DropConsent ? null : Consent;
        if (State is Consented c)
            Current = CallMachine.AttemptOf(c.Launch);
        return this;
    }
}
