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

/// <summary>One press and what became of it. A press authorises one call until it ends.</summary>
/// <param name="Pressed">When the press came, by the machine's own time.</param>
/// <param name="Receipt">The milestones so far.</param>
public sealed record Launch(TimeSpan Pressed, LaunchReceipt Receipt)
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

/// <summary>What the room is told for a moment about ending.</summary>
/// <param name="EndsCall">True: the call ends at <paramref name="Until"/> unless start is pressed. False: the key was only tapped; the room is told to hold it.</param>
/// <param name="Until">When the notice is over, by the machine's own time.</param>
public sealed record EndNotice(bool EndsCall, TimeSpan Until);

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
    public sealed record Joining(
        Launch Launch, Cause? Recovers, Attempt Try, TimeSpan Began, TimeSpan? RetryAt = null,
        Cause? LastCause = null, EndNotice? Notice = null) : Consented(Launch, Notice);

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

    /// <summary>The meeting page has joined and nobody else's media are there yet. This is success and may last for ever.</summary>
    /// <param name="Launch">The press.</param>
    /// <param name="Missing">What of ours does not reach the meeting.</param>
    /// <param name="Notice">What the room is told about ending.</param>
    public sealed record Open(Launch Launch, Tracks Missing, EndNotice? Notice = null) : Consented(Launch, Notice);

    /// <summary>Remote sound or picture has arrived in the last seconds.</summary>
    /// <param name="Launch">The press.</param>
    /// <param name="Missing">What of ours does not reach the meeting.</param>
    /// <param name="LastMedia">When remote media last arrived.</param>
    /// <param name="Notice">What the room is told about ending.</param>
    public sealed record WithPupil(Launch Launch, Tracks Missing, TimeSpan LastMedia, EndNotice? Notice = null) : Consented(Launch, Notice);

    /// <summary>The call is being closed: not over before the page that held the camera is gone.</summary>
    /// <param name="Deadline">Until when the browser must have shown the standby page.</param>
    /// <param name="StartAgain">A press that came meanwhile; it is carried out as soon as the old call is closed. No consent before that.</param>
    public sealed record Ending(TimeSpan Deadline, Launch? StartAgain = null) : CallState;

    /// <summary>The launch failed, or the call broke and did not come back. Nothing is open; a press tries again.</summary>
    /// <param name="Launch">The press, with where it stopped; null when no press was under way.</param>
    /// <param name="Cause">Why.</param>
    public sealed record Faulted(Launch? Launch, Cause Cause) : CallState;
}
