using ClassContact.Messages;

namespace ClassContact.Kit.Call;

/// <summary>What a launch passes on its way, in this order; the same words as in <see cref="LaunchReceipt"/>.</summary>
public enum Milestone
{
    /// <summary>The browser answers.</summary>
    BrowserReady,

    /// <summary>The meeting's page is loaded.</summary>
    PageLoaded,

    /// <summary>The page's own camera track is live.</summary>
    CameraOpen,

    /// <summary>The page's own microphone track is live.</summary>
    MicrophoneOpen,

    /// <summary>The page has joined the meeting.</summary>
    Joined,

    /// <summary>Somebody else's sound or picture arrived.</summary>
    FirstRemoteMedia,
}

/// <summary>Why a call does not go as it should. Each has a sentence and a remedy for the room.</summary>
public enum Cause
{
    /// <summary>The browser does not answer, or is not there.</summary>
    BrowserNotAnswering,

    /// <summary>The browser ended.</summary>
    BrowserLost,

    /// <summary>The meeting's page could not be loaded: no network, or the meeting's server does not answer.</summary>
    PageNotLoaded,

    /// <summary>The page that came is not on an allowed host: a network login, a redirect.</summary>
    WrongPage,

    /// <summary>The page crashed.</summary>
    PageCrashed,

    /// <summary>The page no longer answers.</summary>
    PageHung,

    /// <summary>The camera did not open.</summary>
    CameraNotOpened,

    /// <summary>The microphone did not open.</summary>
    MicrophoneNotOpened,

    /// <summary>The page is there, but did not join: a step of the meeting's description did not match.</summary>
    NotJoined,

    /// <summary>The agent itself was restarted and looks for the call it was in.</summary>
    AgentRestarted,

    /// <summary>The camera went in the middle of the call; it is there again, and the page has to open it anew.</summary>
    CameraLost,

    /// <summary>The same of the microphone.</summary>
    MicrophoneLost,

    /// <summary>The school's network does not reach the meeting.</summary>
    NetworkLost,

    /// <summary>The meeting is reached, but has dropped us or answers with an error.</summary>
    MeetingLost,

    /// <summary>The other side's connection is broken while ours is fine. Nothing is done about it.</summary>
    FarSide,
}

/// <summary>What of ours should be live in the meeting.</summary>
[Flags]
public enum Tracks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The picture of the class.</summary>
    Camera = 1,

    /// <summary>The sound of the class.</summary>
    Microphone = 2,

    /// <summary>Picture and sound.</summary>
    Both = Camera | Microphone,
}

/// <summary>When the meeting was last opened anew by itself: the last three times.</summary>
/// <param name="First">The oldest of three.</param>
/// <param name="Second">The one before the last.</param>
/// <param name="Third">The last.</param>
public readonly record struct Relaunches(TimeSpan? First = null, TimeSpan? Second = null, TimeSpan? Third = null)
{
    /// <summary>Three times within <see cref="CallTimes.RelaunchesWithin"/>: from now on the room and the helpdesk are told.</summary>
    public bool AreSpent(TimeSpan now) => First is { } first && now - first < CallTimes.RelaunchesWithin;

    internal Relaunches With(TimeSpan now) => new(Second, Third, now);
}

/// <summary>One press and what became of it. A press authorises one call until it ends.</summary>
/// <param name="Pressed">When the press came, by the machine's own time.</param>
/// <param name="Receipt">The milestones so far.</param>
/// <param name="Muted">The room has muted its microphone.</param>
/// <param name="StaysUntil">The room has kept the class open when an end was due: none is suggested before this.</param>
/// <param name="Relaunches">When the meeting was opened anew without a press.</param>
/// <param name="EndAsked">An end was asked for and can still be undone: an agent that dies meanwhile does not undo it.</param>
public sealed record Launch(
    TimeSpan Pressed, LaunchReceipt Receipt, bool Muted = false, TimeSpan? StaysUntil = null, Relaunches Relaunches = default, bool EndAsked = false)
{
    /// <summary>How many times the meeting was opened for this press, from 1.</summary>
    public int Attempt => Receipt.Attempts;

    /// <summary>The class was not open yet. A recovery later leaves the receipt alone: it tells how the launch went.</summary>
    internal bool IsUnderWay => Receipt.Joined is null;

    internal Launch Reached(Milestone milestone, TimeSpan at)
    {
        var ms = Math.Max(0, (int)(at - Pressed).TotalMilliseconds);
        return this with
        {
            Receipt = milestone switch
            {
                Milestone.BrowserReady => Receipt with { BrowserReady = Receipt.BrowserReady ?? ms },
                Milestone.PageLoaded => Receipt with { PageLoaded = Receipt.PageLoaded ?? ms },
                Milestone.CameraOpen => Receipt with { CameraOpen = Receipt.CameraOpen ?? ms },
                Milestone.MicrophoneOpen => Receipt with { MicrophoneOpen = Receipt.MicrophoneOpen ?? ms },
                Milestone.Joined => Receipt with { Joined = Receipt.Joined ?? ms },
                Milestone.FirstRemoteMedia => Receipt with { FirstRemoteMedia = Receipt.FirstRemoteMedia ?? ms },
                _ => Receipt,
            },
        };
    }

    /// <summary>The same press, opened once more: the receipt tells how the attempt went that succeeded, or the last one.</summary>
    internal Launch Again() => this with { Receipt = new(Receipt.Id, Receipt.At, Receipt.Source, Attempt + 1, Receipt.BrowserReady) };
}

/// <summary>Why a call is about to end.</summary>
public enum EndReason
{
    /// <summary>Somebody asked for it.</summary>
    Asked,

    /// <summary>The school day is over.</summary>
    DayOver,

    /// <summary>The meeting shows that nobody else has been in the room for long.</summary>
    RoomEmpty,
}

/// <summary>What the room is told for a moment about ending.</summary>
/// <param name="EndsCall">True: the call ends at <paramref name="Until"/> unless start is pressed. False: the key was only tapped; the room is told to hold it.</param>
/// <param name="Until">When the notice is over, by the machine's own time.</param>
/// <param name="Why">Why it ends.</param>
public sealed record EndNotice(bool EndsCall, TimeSpan Until, EndReason Why = EndReason.Asked);

/// <summary>What is remembered of a joined page from look to look.</summary>
/// <param name="Lost">What of ours went in this page and would come back if it were opened anew.</param>
/// <param name="BackSince">Since when a device for it is there again.</param>
/// <param name="Doubt">Something is wrong with its connections; null when nothing is known to be.</param>
/// <param name="AskAt">When the network is to be asked next.</param>
/// <param name="Muted">Our sound is held back, as the page itself tells.</param>
/// <param name="IsHeld">A device is there again, and the page was opened anew too often of late: that waits for a press, or for a while.</param>
public readonly record struct PageWatch(
    Tracks Lost = Tracks.None, TimeSpan? BackSince = null, Doubt? Doubt = null, TimeSpan? AskAt = null, bool? Muted = null, bool IsHeld = false)
{
    internal Cause LostDevice => Lost.HasFlag(Tracks.Camera) ? Cause.CameraLost : Cause.MicrophoneLost;
}

/// <summary>A connection is broken, and it is not yet settled whose.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Link">What is broken.</param>
/// <param name="MeetingAnswers">What the network said last; null before it was asked.</param>
/// <param name="Misses">So many times in a row the meeting's host did not answer.</param>
public sealed record Doubt(TimeSpan Since, PageLink Link, bool? MeetingAnswers = null, int Misses = 0);

/// <summary>The call, as a closed set of states (design: "The call").</summary>
public abstract record CallState
{
    private CallState()
    {
    }

    /// <summary>Camera and microphone are closed.</summary>
    public sealed record Standby : CallState;

    /// <summary>A state within a consented call: only here may a camera or a microphone be open.</summary>
    public abstract record Consented(Launch Launch, EndNotice? Notice) : CallState;

    /// <summary>The meeting is being opened: a press is being carried out, or a call that broke is coming back.</summary>
    /// <param name="Launch">The press.</param>
    /// <param name="Recovers">Why a call that was open has to be opened again; null for a first launch.</param>
    /// <param name="Try">This attempt.</param>
    /// <param name="Began">When this opening began: no new attempt begins later than <see cref="CallTimes.LastAttempt"/> after it.</param>
    /// <param name="RetryAt">After a failed attempt: when the next one begins.</param>
    /// <param name="LastCause">Why the last attempt failed.</param>
    /// <param name="Notice">What the room is told about ending.</param>
    /// <param name="IsTold">It does not come back quickly: the room and the helpdesk have been told, and the next attempts take their time.</param>
    /// <param name="AskAt">When the network is to be asked next; null where it is not asked.</param>
    /// <param name="MeetingAnswers">What the network said last; null before it was asked.</param>
    public sealed record Joining(
        Launch Launch, Cause? Recovers, Attempt Try, TimeSpan Began, TimeSpan? RetryAt = null,
        Cause? LastCause = null, EndNotice? Notice = null, bool IsTold = false, TimeSpan? AskAt = null, bool? MeetingAnswers = null) : Consented(Launch, Notice);

    /// <summary>How far one attempt has come.</summary>
    /// <param name="Number">From 1 within this opening.</param>
    /// <param name="Deadline">Until when the next milestone is due.</param>
    /// <param name="BrowserReady">The browser answers.</param>
    /// <param name="Loaded">The page is loaded.</param>
    /// <param name="Live">Our own tracks that have been live.</param>
    /// <param name="Joined">The page has joined, and only a track of ours is waited for.</param>
    public sealed record Attempt(int Number, TimeSpan Deadline, bool BrowserReady = false, bool Loaded = false, Tracks Live = Tracks.None, bool Joined = false)
    {
        /// <summary>The milestone that is due next.</summary>
        public Milestone Waiting =>
            !BrowserReady ? Milestone.BrowserReady
            : !Loaded ? Milestone.PageLoaded
            : !Live.HasFlag(Tracks.Camera) ? Milestone.CameraOpen
            : !Live.HasFlag(Tracks.Microphone) ? Milestone.MicrophoneOpen
            : Milestone.Joined;
    }

    /// <summary>A state in which the meeting's page has joined.</summary>
    /// <param name="Launch">The press.</param>
    /// <param name="Missing">What of ours does not reach the meeting.</param>
    /// <param name="Notice">What the room is told about ending.</param>
    /// <param name="Page">What is remembered of the page.</param>
    public abstract record Joined(Launch Launch, Tracks Missing, EndNotice? Notice, PageWatch Page) : Consented(Launch, Notice)
    {
        /// <summary>The other side's connection is broken while the meeting can be reached from here.</summary>
        public bool FarSideIsLost => Page.Doubt is { Link: PageLink.PeerBroken, MeetingAnswers: true };

        /// <summary>What of ours somebody has switched off in the meeting's own page: its devices were open, and nothing was unplugged.</summary>
        public Tracks SwitchedOff =>
            Missing & ~Page.Lost
            & ((Launch.Receipt.CameraOpen is null ? Tracks.None : Tracks.Camera) | (Launch.Receipt.MicrophoneOpen is null ? Tracks.None : Tracks.Microphone));
    }

    /// <summary>The meeting page has joined and nobody else's media are there yet. This is success and may last for ever.</summary>
    /// <param name="Launch">The press.</param>
    /// <param name="Missing">What of ours does not reach the meeting.</param>
    /// <param name="Notice">What the room is told about ending.</param>
    /// <param name="Page">What is remembered of the page.</param>
    public sealed record Open(Launch Launch, Tracks Missing, EndNotice? Notice = null, PageWatch Page = default) : Joined(Launch, Missing, Notice, Page);

    /// <summary>Remote sound or picture has arrived in the last seconds.</summary>
    /// <param name="Launch">The press.</param>
    /// <param name="Missing">What of ours does not reach the meeting.</param>
    /// <param name="LastMedia">When remote media last arrived.</param>
    /// <param name="Notice">What the room is told about ending.</param>
    /// <param name="Page">What is remembered of the page.</param>
    public sealed record WithPupil(Launch Launch, Tracks Missing, TimeSpan LastMedia, EndNotice? Notice = null, PageWatch Page = default)
        : Joined(Launch, Missing, Notice, Page);

    /// <summary>The school's network does not reach the meeting. The page stays as it is: a short outage it survives by itself.</summary>
    /// <param name="Launch">The press.</param>
    /// <param name="Cause">Why.</param>
    /// <param name="Since">Since when.</param>
    /// <param name="AskAt">When the network is to be asked next.</param>
    /// <param name="AnswersSince">Since when the meeting's host answers again; null while it does not.</param>
    /// <param name="Notice">What the room is told about ending.</param>
    /// <param name="ByTcp">The meeting's host answers, whatever becomes of UDP.</param>
    /// <param name="MediaCountFrom">Sound and picture that the page has received before prove nothing.</param>
    public sealed record Interrupted(
        Launch Launch, Cause Cause, TimeSpan Since, TimeSpan AskAt, TimeSpan? AnswersSince = null, EndNotice? Notice = null, bool ByTcp = false,
        TimeSpan MediaCountFrom = default)
        : Consented(Launch, Notice);

    /// <summary>The call is being closed: not over before the page that held the camera is gone.</summary>
    /// <param name="Deadline">Until when the browser must have shown the standby page.</param>
    /// <param name="StartAgain">A press that came meanwhile; it is carried out as soon as the old call is closed. No consent before that.</param>
    public sealed record Ending(TimeSpan Deadline, Launch? StartAgain = null) : CallState;

    /// <summary>The launch failed, or the call broke and did not come back. Nothing is open; a press tries again.</summary>
    /// <param name="Launch">The press, with where it stopped; null when no press was under way.</param>
    /// <param name="Cause">Why.</param>
    public sealed record Faulted(Launch? Launch, Cause Cause) : CallState;
}
