using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Call;

// A page that has joined: what is seen of it, and of the network that it is on.
public static partial class CallMachine
{
    private static Step Seen(Joined call, PageSeen seen, TimeSpan now)
    {
        var doubt = DoubtOf(call, seen, now);
        var (askAt, asks) = Ask(call, seen, doubt, now);
        var page = Watch(call, seen, doubt, askAt, now);
        var launch = seen.RemoteMedia ? call.Launch.Reached(Milestone.FirstRemoteMedia, now) : call.Launch;
        var isSomebodyThere = seen.RemoteMedia || seen.IsEmpty is false;
        var notice = isSomebodyThere && call.Notice is { Why: EndReason.RoomEmpty } ? null : call.Notice;
        var missing = Tracks.Both & ~seen.Live;
        Joined state = seen.RemoteMedia ? new WithPupil(launch, missing, now, notice, page)
            : call is WithPupil p ? p with { Missing = missing, Notice = notice, Page = page }
            : new Open(launch, missing, notice, page);
        if (Lost(state, now) is { } cause)
            return Recover(state, cause, now);
        return new(state,
        [
            .. launch == call.Launch ? Nothing : [new KeepConsent(launch)],
            .. Mute(launch, seen),
            .. asks ? [new AskNetwork()] : Nothing,
        ]);
    }

    private static PageWatch Watch(Joined call, PageSeen seen, Doubt? doubt, TimeSpan? askAt, TimeSpan now)
    {
        // A track that the page itself stopped is not lost, and does not become so by a plug that is pulled later.
        var lost = (call.Page.Lost | seen.Ended | (seen.Absent & ~call.Missing)) & ~seen.Live;
        var isBack = (lost & ~seen.Absent) != Tracks.None;
        var backSince = isBack ? call.Page.BackSince ?? now : (TimeSpan?)null;
        return new(lost, backSince, doubt, askAt, seen.Muted, IsHeld: now - backSince >= CallTimes.DeviceBack && call.Launch.Relaunches.AreSpent(now));
    }

    private static Doubt? DoubtOf(Joined call, PageSeen seen, TimeSpan now) => (seen, call.Page.Doubt) switch
    {
        ({ RemoteMedia: true, Link: not PageLink.Unsent }, _) => null,
        ({ Link: PageLink.Fine }, { Link: PageLink.Fine } unreached) => unreached, // the network raised it, and only the network settles it
        ({ Link: PageLink.Fine }, _) => null,
        (_, { } standing) => standing with { Link = seen.Link },
        _ => new(now, seen.Link),
    };

    // A call in which media arrive needs no other proof that the network is there.
    private static (TimeSpan? Next, bool IsDue) Ask(Joined call, PageSeen seen, Doubt? doubt, TimeSpan now)
    {
        if (seen.RemoteMedia)
            return (null, false);
        var at = doubt is not null && call.Page.Doubt is null ? now : call.Page.AskAt ?? now + CallTimes.QuietAskPace;
        return now >= at ? (now + (doubt is null ? CallTimes.QuietAskPace : CallTimes.AskPace), true) : (at, false);
    }

    // What can only come back by opening the page anew.
    private static Cause? Lost(Joined state, TimeSpan now) => state switch
    {
        { Page: { BackSince: { } since, IsHeld: false } page } when now - since >= CallTimes.DeviceBack => page.LostDevice,
        { Page.Doubt: { Link: PageLink.MeetingBroken, MeetingAnswers: true } doubt } when now - doubt.Since >= CallTimes.MeetingMayHeal => Cause.MeetingLost,
        { Page.Doubt: { Link: PageLink.Unsent } doubt } when now - doubt.Since >= CallTimes.MeetingMayHeal && (doubt.MeetingAnswers is true || state is WithPupil) => Cause.MeetingLost,
        { Page.Doubt: { Link: PageLink.MeetingGone, MeetingAnswers: true } } => Cause.MeetingLost, // nothing is left that could heal
        _ => null,
    };

    private static Step Asked(Joined call, NetworkSeen seen, TimeSpan now)
    {
        if (call is WithPupil p && now - p.LastMedia < CallTimes.PupilGone)
            return new(call); // the pupil is there: whatever the meeting's host does, this call works
        var misses = seen.MeetingAnswers ? 0 : (call.Page.Doubt?.Misses ?? 0) + 1;
        var noUdp = seen.Udp is false && call.Page.Doubt is { Link: not PageLink.Fine };
        if (misses >= CallTimes.MissesForLost || noUdp)
            return new(new Interrupted(call.Launch, CauseOf(seen), call.Page.Doubt?.Since ?? now, now + CallTimes.AskPace, null, call.Notice));
        var doubt = call.Page.Doubt switch
        {
            { Link: PageLink.Fine } or null when seen.MeetingAnswers => null,
            { } standing => standing with { MeetingAnswers = seen.MeetingAnswers, Misses = misses },
            null => new Doubt(now, PageLink.Fine, false, misses),
        };
        var askAt = misses > 0 ? now + CallTimes.AskPace : call.Page.AskAt; // one miss may be a lost packet: the next answer tells, and soon
        return new(call with { Page = call.Page with { Doubt = doubt, AskAt = askAt } });
    }

    private static Step Seen(Interrupted away, PageSeen seen, TimeSpan now)
    {
        var mute = Mute(away.Launch, seen);
        var missing = Tracks.Both & ~seen.Live;
        if (seen.RemoteMedia && now >= away.MediaCountFrom)
            return new(new WithPupil(away.Launch, missing, now, away.Notice, new(Muted: seen.Muted)), [.. mute]);
        if (away is { AnswersSince: null, ByTcp: true } && seen.Link is PageLink.Fine) // only UDP is missing, and the meeting has found a way without
            return new(new Open(away.Launch, missing, away.Notice, new(Muted: seen.Muted)), [.. mute]);
        if (away.AnswersSince is not { } since || now - since < CallTimes.PageMayRecover)
            return new(away, [.. mute]);
        return seen.Link is PageLink.Fine && now - away.Since < CallTimes.LongOutage
            ? new(new Open(away.Launch, missing, away.Notice, new(Muted: seen.Muted)), [.. mute])
            : Recover(away, away.Cause, now);
    }

    private static Step Asked(Interrupted away, NetworkSeen seen, TimeSpan now)
    {
        var answers = seen.MeetingAnswers && (seen.Udp is not false || now - away.Since >= CallTimes.UdpMayReturn);
        return new(away with
        {
            Cause = seen.MeetingAnswers ? away.Cause : CauseOf(seen), AnswersSince = answers ? away.AnswersSince ?? now : null, ByTcp = seen.MeetingAnswers,
        });
    }

    private static Cause CauseOf(NetworkSeen seen) => seen.IsRefused ? Cause.MeetingLost : Cause.NetworkLost;

    // What the page does is held to what the room wants, whoever has changed it.
    private static CallCommand[] Mute(Launch launch, PageSeen seen) => seen.Muted is { } muted && muted != launch.Muted ? [new SetMute(launch.Muted)] : Nothing;

    private static readonly CallCommand[] Nothing = [];
}
