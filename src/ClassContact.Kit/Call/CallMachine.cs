using System.Collections.Immutable;
using System.Text.Json;
using ClassContact.Messages;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Call;

/// <summary>What follows from an event: the new state, and what to do.</summary>
public readonly record struct Step(CallState State, params ImmutableArray<CallCommand> Do);

/// <summary>
/// The call, decided: no clock, no wait, no log. Three rules hold in every state: a start leads to an open class or to a sentence, an end leads
/// to closed devices, and a meeting is opened only within a consented call. A broken camera never stops a launch; it is told.
/// </summary>
public static class CallMachine
{
    /// <summary>The first step of an agent: without a consent the kit stands at standby, with one it looks for the call it was in.</summary>
    /// <param name="consented">The launch that an earlier agent wrote down, its press moved to this machine's own time.</param>
    /// <param name="now">Time since the agent started.</param>
    public static Step Begin(Launch? consented, TimeSpan now) => consented is null
        ? new(new Standby(), new ShowStandby())
        : new(new Joining(consented, Cause.AgentRestarted, new(0, now + CallTimes.Resume), now), new WatchMeeting(AttemptOf(consented)));

    /// <summary>The step from a state on an event.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="e">What happened.</param>
    /// <param name="now">Time since the agent started, so that a clock correction can neither end nor delay a call.</param>
    public static Step Next(CallState state, CallEvent e, TimeSpan now) => (state, e) switch
    {
        (Standby or Faulted, StartPressed press) => Start(LaunchOf(press, now), now),
        (Consented { Notice.EndsCall: true } c, StartPressed) => new(c with { Notice = null }),
        (Ending { StartAgain: null } ending, StartPressed press) => new(ending with { StartAgain = LaunchOf(press, now) }),

        (Consented, EndHeld) => End(now),
        (Consented { Notice: not { EndsCall: true } } c, EndAsked) => new(c with { Notice = new(EndsCall: true, now + CallTimes.Undo) }),
        (Consented { Notice: null } c, EndTapped) => new(c with { Notice = new(EndsCall: false, now + CallTimes.HoldHint) }),
        (Ending ending, EndHeld or EndAsked) => new(ending with { StartAgain = null }),
        // Also at standby, where all should be closed already: an end always closes.
        (Standby or Faulted, EndHeld or EndAsked) => new(new Standby(), new ShowStandby()),

        (Consented c, AttemptEvent about) when about.Attempt != AttemptOf(c.Launch) => new(state),
        (Joining { Try.Number: 0 } j, PageSeen seen) => Found(j, seen, now),
        (Joining { RetryAt: null } j, MilestoneReached m) => Reached(j, m.Milestone, m.At, now),
        (Joining j, PageFailed failed) => Retry(j, failed.Cause, now),
        (Joining j, BrowserGone gone) => Retry(j, CauseOf(gone), now),
        (Open or WithPupil, PageSeen seen) => Seen((Consented)state, seen, now),
        (Open or WithPupil, PageFailed failed) => Recover((Consented)state, failed.Cause, now),
        (Open or WithPupil, BrowserGone gone) => Recover((Consented)state, CauseOf(gone), now),

        (Ending { StartAgain: { } launch }, StandbyShown or BrowserGone { Ended: true }) => Start(launch, now),
        (Ending, StandbyShown or BrowserGone { Ended: true }) => new(new Standby()),
        (Faulted { Launch: null }, StandbyShown) => new(new Standby()),
        (Standby or Faulted, BrowserAttached) => new(state, new ShowStandby()),

        (Consented { Notice: { } notice } c, Tick) when now >= notice.Until => notice.EndsCall ? End(now) : Next(c with { Notice = null }, e, now),
        (Joining { RetryAt: { } at } j, Tick) when now >= at => TryAgain(j, now),
        (Joining { RetryAt: null, Try.Joined: true } j, Tick) when now >= j.Try.Deadline => Opened(j, now),
        (Joining { RetryAt: null } j, Tick) when now >= j.Try.Deadline => Retry(j, CauseOf(j.Try.Waiting), now),
        (WithPupil p, Tick) when now - p.LastMedia >= CallTimes.PupilGone => new(new Open(p.Launch, p.Missing, p.Notice)),
        (Ending { StartAgain: null } ending, Tick) when now >= ending.Deadline => new(new Faulted(null, Cause.BrowserNotAnswering), new ShowStandby()),
        (Ending { StartAgain: { } launch } ending, Tick) when now >= ending.Deadline => Start(launch, now),
        _ => new(state),
    };

    /// <summary>The name of the attempt that a launch is at.</summary>
    public static MeetingAttempt AttemptOf(Launch launch) => new(launch.Receipt.Id, launch.Attempt);

    private static Launch LaunchOf(StartPressed press, TimeSpan now) => new(now, new LaunchReceipt(press.Id, press.At, press.Source));

    private static Step Start(Launch launch, TimeSpan now) => Attempting(new Joining(launch, null, new(1, now + CallTimes.BrowserReady), now));

    private static Step Attempting(Joining j) => new(j, new KeepConsent(j.Launch), new OpenMeeting(AttemptOf(j.Launch)));

    private static Step End(TimeSpan now) => new(new Ending(now + CallTimes.Ending), new DropConsent(), new ShowStandby());

    private static Step Reached(Joining j, Milestone milestone, TimeSpan at, TimeSpan now)
    {
        var then = milestone switch
        {
            Milestone.BrowserReady when !j.Try.BrowserReady => j.Try with { BrowserReady = true, Deadline = now + CallTimes.PageLoaded },
            Milestone.PageLoaded when !j.Try.Loaded => j.Try with { BrowserReady = true, Loaded = true, Deadline = now + CallTimes.Joined },
            Milestone.CameraOpen => j.Try with { Live = j.Try.Live | Tracks.Camera },
            Milestone.MicrophoneOpen => j.Try with { Live = j.Try.Live | Tracks.Microphone },
            Milestone.Joined when !j.Try.Joined => j.Try with { BrowserReady = true, Loaded = true, Joined = true, Deadline = now + CallTimes.Track },
            _ => j.Try,
        };
        // An earlier agent's page has until the time to resume: that the browser answers does not mean that the page is there.
        if (j.Try.Number == 0 && !then.Joined)
            then = then with { Deadline = j.Try.Deadline };
        var launch = j.Launch.IsUnderWay && milestone is not Milestone.Joined ? j.Launch.Reached(milestone, at) : j.Launch;
        j = j with { Try = then, Launch = launch };
        return then is { Joined: true, Live: Tracks.Both } ? Opened(j, at) : new(j);
    }

    private static Step Opened(Joining j, TimeSpan at)
    {
        var launch = j.Launch.Reached(Milestone.Joined, at);
        return new(new Open(launch, Tracks.Both & ~j.Try.Live, j.Notice), new KeepConsent(launch));
    }

    private static Step Found(Joining j, PageSeen seen, TimeSpan now)
    {
        var open = new Open(j.Launch.Reached(Milestone.Joined, now), Tracks.None, j.Notice);
        var step = Seen(open, seen, now);
        return open.Launch == j.Launch || step.Do.Length > 0 ? step : new(step.State, new KeepConsent(open.Launch));
    }

    private static Step Seen(Consented call, PageSeen seen, TimeSpan now)
    {
        var missing = Tracks.Both & ~seen.Live;
        if (!seen.RemoteMedia)
            return new(call is WithPupil p ? p with { Missing = missing } : new Open(call.Launch, missing, call.Notice));
        var launch = call.Launch.Reached(Milestone.FirstRemoteMedia, now);
        var state = new WithPupil(launch, missing, now, call.Notice);
        return launch == call.Launch ? new(state) : new(state, new KeepConsent(launch));
    }

    private static Step Recover(Consented call, Cause cause, TimeSpan now) =>
        TryAgain(new Joining(call.Launch, cause, new(0, now), now, Notice: call.Notice), now);

    private static Step Retry(Joining j, Cause cause, TimeSpan now) => j switch
    {
        { RetryAt: not null } => new(j),
        // An earlier agent's page is not there: found out at once, and no failed attempt.
        { Try.Number: 0 } => TryAgain(j, now),
        _ when j.Try.Number >= CallTimes.Attempts || now + CallTimes.Retry - j.Began > CallTimes.LastAttempt => Fail(j, cause),
        _ => new(j with { RetryAt = now + CallTimes.Retry, LastCause = cause }),
    };

    private static Step TryAgain(Joining j, TimeSpan now)
    {
        var launch = j.Launch.IsUnderWay ? j.Launch.Again() : j.Launch with { Receipt = j.Launch.Receipt with { Attempts = j.Launch.Attempt + 1 } };
        return Attempting(j with { Launch = launch, Try = new(j.Try.Number + 1, now + CallTimes.BrowserReady), RetryAt = null });
    }

    private static Step Fail(Joining j, Cause cause)
    {
        var stoppedAt = j.Launch.IsUnderWay ? JsonNamingPolicy.CamelCase.ConvertName(j.Try.Waiting.ToString()) : null;
        var launch = j.Launch with { Receipt = j.Launch.Receipt with { StoppedAt = stoppedAt } };
        return new(new Faulted(launch, cause), new DropConsent(), new ShowStandby());
    }

    private static Cause CauseOf(BrowserGone gone) => gone.Ended ? Cause.BrowserLost : Cause.BrowserNotAnswering;

    private static Cause CauseOf(Milestone missed) => missed switch
    {
        Milestone.BrowserReady => Cause.BrowserNotAnswering,
        Milestone.PageLoaded => Cause.PageNotLoaded,
        Milestone.CameraOpen => Cause.CameraNotOpened,
        Milestone.MicrophoneOpen => Cause.MicrophoneNotOpened,
        _ => Cause.NotJoined,
    };
}
