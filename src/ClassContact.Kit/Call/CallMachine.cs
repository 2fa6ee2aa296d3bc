using System.Collections.Immutable;
using ClassContact.Messages;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Call;

/// <summary>What follows from an event: the new state, and what to do.</summary>
public readonly record struct Step(CallState State, params ImmutableArray<CallCommand> Do);

/// <summary>
/// The call, decided: no clock, no wait, no log. Three rules hold in every state: a start leads to an open class or to a sentence, an end leads
/// to closed devices, and a meeting is opened only within a consented call. A broken camera never stops a launch; it is told.
/// </summary>
public static partial class CallMachine
{
    /// <summary>The first step of an agent: without a consent the kit stands at standby, with one it looks for the call it was in.</summary>
    /// <param name="consented">The launch that an earlier agent wrote down, its press moved to this machine's own time.</param>
    /// <param name="now">Time since the agent started.</param>
    public static Step Begin(Launch? consented, TimeSpan now) => consented switch
    {
        null or { EndAsked: true } => new(new Standby(), new DropConsent(), new ShowStandby()),
        _ => new(new Joining(consented, Cause.AgentRestarted, new(0, now + CallTimes.Resume), now), new WatchMeeting(AttemptOf(consented), consented.Muted)),
    };

    /// <summary>The step from a state on an event.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="e">What happened.</param>
    /// <param name="now">Time since the agent started, so that a clock correction can neither end nor delay a call.</param>
    public static Step Next(CallState state, CallEvent e, TimeSpan now) => (state, e) switch
    {
        (Standby or Faulted, StartPressed press) => Start(LaunchOf(press, now), now),
        (Joining { IsTold: true, RetryAt: not null } j, StartPressed) => TryAgain(Afresh(j, now) with { IsTold = false, Began = now }, now),
        // While the network is away a page that is still there is worth more than one that cannot be loaded.
        (Interrupted { AnswersSince: null, Notice: not { EndsCall: true } } away, StartPressed) => new(away, new AskNetwork()),
        (Interrupted { AnswersSince: not null } away, StartPressed) => Recover(Afresh(away, now), away.Cause, now),
        (Open { SwitchedOff: Tracks.Both } left, StartPressed) => Recover(Afresh(left, now), Cause.MeetingLost, now), // somebody left it in its own page
        (Consented { Notice.EndsCall: true } c, StartPressed) => Stay(c, now),
        (Joined { Page: { IsHeld: true } page } held, StartPressed) => Recover(Afresh(held, now), page.LostDevice, now),
        (Ending { StartAgain: null } ending, StartPressed press) => new(ending with { StartAgain = LaunchOf(press, now) }),

        (Consented, EndHeld) => End(now),
        (Consented { Notice: not { EndsCall: true, Why: EndReason.Asked } } c, EndAsked) => EndSoon(c, now),
        (Consented { Notice: not { EndsCall: true } } c, EndSuggested due) => Suggested(c, due.Why, now),
        (Consented { Notice: null } c, EndTapped) => new(c with { Notice = new(EndsCall: false, now + CallTimes.HoldHint) }),
        (Ending ending, EndHeld or EndAsked) => new(ending with { StartAgain = null }),
        // Also at standby, where all should be closed already: an end always closes.
        (Standby or Faulted, EndHeld or EndAsked) => new(new Standby(), new ShowStandby()),

        (Consented c, MutePressed) => Muted(c with { Launch = c.Launch with { Muted = !c.Launch.Muted } }),

        (Consented c, AttemptEvent about) when about.Attempt != AttemptOf(c.Launch) => new(state),
        (Joining { Try.Number: 0 } j, PageSeen seen) => Found(j, seen, now),
        (Joining { RetryAt: null } j, MilestoneReached m) => Reached(j, m.Milestone, m.At, now),
        (Joining j, PageFailed failed) => Retry(j, failed.Cause, now),
        (Joining j, BrowserGone gone) => Retry(j, CauseOf(gone), now),
        (Joining j, NetworkSeen seen) => Asked(j, seen, now),
        (Joined call, PageSeen seen) => Seen(call, seen, now),
        (Joined call, NetworkSeen seen) => Asked(call, seen, now),
        (Interrupted away, PageSeen seen) => Seen(away, seen, now),
        (Interrupted away, NetworkSeen seen) => Asked(away, seen, now),
        (Joined or Interrupted, PageFailed failed) => Recover((Consented)state, failed.Cause, now),
        (Joined or Interrupted, BrowserGone gone) => Recover((Consented)state, CauseOf(gone), now),

        (Ending { StartAgain: { } launch }, StandbyShown or BrowserGone { Ended: true }) => Start(launch, now),
        (Ending, StandbyShown or BrowserGone { Ended: true }) => new(new Standby()),
        (Faulted { Launch: null }, StandbyShown) => new(new Standby()),
        (Standby or Faulted, BrowserAttached) => new(state, new ShowStandby()),

        (Consented { Notice: { } notice } c, Tick) when now >= notice.Until => notice.EndsCall ? End(now) : Next(c with { Notice = null }, e, now),
        (Joining { RetryAt: { } at } j, Tick) when now >= at => TryAgain(j, now),
        (Joining { AskAt: { } at } j, Tick) when now >= at => new(j with { AskAt = now + CallTimes.AskPace }, new AskNetwork()),
        (Consented, Slept slept) when slept.For >= CallTimes.LongestSleep => End(now),
        (Joined call, Slept slept) => new(new Interrupted(call.Launch, Cause.NetworkLost, now - slept.For, now + CallTimes.AskPace, null, call.Notice, MediaCountFrom: now + CallTimes.WakeSettles), new AskNetwork()),
        (Interrupted away, Tick) when now - away.Since >= CallTimes.GiveUp => new(new Faulted(away.Launch, away.Cause), new DropConsent(), new ShowStandby()),
        (Interrupted away, Tick) when now >= away.AskAt => new(away with { AskAt = now + CallTimes.AskPace }, new AskNetwork()),
        (Joining { RetryAt: null, Try.Joined: true } j, Tick) when now >= j.Try.Deadline => Opened(j, now),
        (Joining { RetryAt: null } j, Tick) when now >= j.Try.Deadline => Retry(j, CauseOf(j.Try), now),
        (WithPupil p, Tick) when now - p.LastMedia >= CallTimes.PupilGone => new(new Open(p.Launch, p.Missing, p.Notice, p.Page)),
        (Ending { StartAgain: null } ending, Tick) when now >= ending.Deadline => new(new Faulted(null, Cause.BrowserNotAnswering), new ShowStandby()),
        (Ending { StartAgain: { } launch } ending, Tick) when now >= ending.Deadline => Start(launch, now),
        _ => new(state),
    };

    /// <summary>The name of the attempt that a launch is at.</summary>
    public static MeetingAttempt AttemptOf(Launch launch) => new(launch.Receipt.Id, launch.Attempt);

    private static Launch LaunchOf(StartPressed press, TimeSpan now) => new(now, new LaunchReceipt(press.Id, press.At, press.Source));

    private static Step Start(Launch launch, TimeSpan now) => Attempting(new Joining(launch, null, new(1, now + CallTimes.BrowserReady), now));

    private static Step Attempting(Joining j) => new(j, new KeepConsent(j.Launch), new OpenMeeting(AttemptOf(j.Launch), j.Launch.Muted));

    private static Step End(TimeSpan now) => new(new Ending(now + CallTimes.Ending), new DropConsent(), new ShowStandby());

    private static Step EndSoon(Consented call, TimeSpan now)
    {
        var ending = call with { Launch = call.Launch with { EndAsked = true }, Notice = new(EndsCall: true, now + CallTimes.Undo) };
        return new(ending, new KeepConsent(ending.Launch));
    }

    private static Step Muted(Consented call) => new(call, new KeepConsent(call.Launch), new SetMute(call.Launch.Muted));

    private static Step Suggested(Consented call, EndReason why, TimeSpan now) => now < call.Launch.StaysUntil
        ? new(call)
        : new(call with { Notice = new(EndsCall: true, now + (why is EndReason.DayOver ? CallTimes.DayOverWarning : CallTimes.EmptyWarning), why) });

    private static Step Stay(Consented call, TimeSpan now)
    {
        var stays = Stays(call, now);
        return stays.Launch == call.Launch ? new(stays) : new(stays, new KeepConsent(stays.Launch));
    }

    // An end that nobody asked for is not suggested again for a while.
    private static T Stays<T>(T call, TimeSpan now)
        where T : Consented => call.Notice switch
        {
            { Why: not EndReason.Asked } => (T)((Consented)call with { Notice = null, Launch = call.Launch with { StaysUntil = now + CallTimes.Stay } }),
            { EndsCall: true } => (T)((Consented)call with { Notice = null, Launch = call.Launch with { EndAsked = false } }),
            _ => call,
        };

    // A press gives a call that does not come back its quick attempts again.
    private static T Afresh<T>(T call, TimeSpan now)
        where T : Consented
    {
        var stays = Stays(call, now);
        return (T)((Consented)stays with { Launch = stays.Launch with { Relaunches = default } });
    }

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
        return open.Launch == j.Launch || step.Do.Any(c => c is KeepConsent) ? step : new(step.State, [new KeepConsent(open.Launch), .. step.Do]);
    }

    private static Cause CauseOf(BrowserGone gone) => gone.Ended ? Cause.BrowserLost : Cause.BrowserNotAnswering;

    private static Cause CauseOf(Attempt missed) => missed.Waiting switch
    {
        Milestone.BrowserReady => Cause.BrowserNotAnswering,
        Milestone.PageLoaded => Cause.PageNotLoaded,
        Milestone.CameraOpen when missed.Live is not Tracks.None => Cause.CameraNotOpened,
        Milestone.MicrophoneOpen => Cause.MicrophoneNotOpened,
        _ => Cause.NotJoined, // a page that has opened neither is not the meeting: a login on its own host, a door that stays closed
    };
}
