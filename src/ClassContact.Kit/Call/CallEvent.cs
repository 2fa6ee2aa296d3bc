namespace ClassContact.Kit.Call;

/// <summary>A fact that the call's machine is told.</summary>
public abstract record CallEvent;

/// <summary>The room wants the class open.</summary>
/// <param name="Id">Random per press; it becomes the launch's id.</param>
/// <param name="At">UTC by the kit's clock, for people to read.</param>
/// <param name="Source"><c>key</c> or <c>press</c>.</param>
public sealed record StartPressed(string Id, DateTimeOffset At, string Source) : CallEvent;

/// <summary>The end key was tapped, not held: nothing ends, the room is told to hold it.</summary>
public sealed record EndTapped : CallEvent;

/// <summary>The end key was held: the call ends now.</summary>
public sealed record EndHeld : CallEvent;

/// <summary>The end was asked for where nothing can be held (the press socket): it can be undone for a moment.</summary>
public sealed record EndAsked : CallEvent;

/// <summary>Nobody asked for the end, but it is due: the room is warned, and a start keeps the class open.</summary>
/// <param name="Why">What makes it due.</param>
public sealed record EndSuggested(EndReason Why) : CallEvent;

/// <summary>The room wants its microphone muted, or heard again. Only somebody in the room can ask for it.</summary>
public sealed record MutePressed : CallEvent;

/// <summary>The network was tried, as <see cref="AskNetwork"/> wanted.</summary>
/// <param name="MeetingAnswers">The meeting's host takes connections.</param>
/// <param name="Udp">UDP comes through; null where nobody can tell.</param>
/// <param name="IsRefused">It does not, and somebody said so: the network is there, the meeting's server is not.</param>
public sealed record NetworkSeen(bool MeetingAnswers, bool? Udp = null, bool IsRefused = false) : CallEvent;

/// <summary>The browser answers.</summary>
public sealed record BrowserAttached : CallEvent;

/// <summary>The browser ended, or answers no longer.</summary>
/// <param name="Ended">True when it ended, and with it all that it had opened; false when it only answers no longer.</param>
public sealed record BrowserGone(bool Ended = true) : CallEvent;

/// <summary>The standby page is shown, so the meeting's page and all it had opened are gone.</summary>
public sealed record StandbyShown : CallEvent;

/// <summary>A fact about one attempt at opening the meeting; one about an earlier attempt is ignored.</summary>
/// <param name="Attempt">Which attempt.</param>
public abstract record AttemptEvent(MeetingAttempt Attempt) : CallEvent;

/// <summary>Names one opening of the meeting's page.</summary>
/// <param name="Launch">The launch's id.</param>
/// <param name="Number">From 1.</param>
public readonly record struct MeetingAttempt(string Launch, int Number);

/// <summary>A milestone was reached.</summary>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Milestone">What was reached.</param>
/// <param name="At">When, by the machine's own time.</param>
public sealed record MilestoneReached(MeetingAttempt Attempt, Milestone Milestone, TimeSpan At) : AttemptEvent(Attempt);

/// <summary>The page that had joined was looked at.</summary>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Live">Which of our own tracks are live.</param>
/// <param name="RemoteMedia">Remote sound or picture has arrived since the last look.</param>
/// <param name="Received">Packets of it since the page was opened.</param>
/// <param name="Link">How its connections stand.</param>
/// <param name="Ended">Tracks of ours that the system ended, or that never came: the device went or was not there, or the process that held it died. Not those that the page itself has stopped.</param>
/// <param name="Absent">What of ours is not live, and for which the browser lists no device.</param>
/// <param name="Muted">Our sound is held back; null while there is none.</param>
/// <param name="IsEmpty">The meeting shows that nobody else is in the room; null where its description does not say how that is seen.</param>
/// <param name="Counters">What its statistics count; null where they tell nothing.</param>
public sealed record PageSeen(
    MeetingAttempt Attempt, Tracks Live, bool RemoteMedia, long Received = 0, PageLink Link = PageLink.Fine,
    Tracks Ended = Tracks.None, Tracks Absent = Tracks.None, bool? Muted = null, bool? IsEmpty = null,
    Quality.CallCounters? Counters = null) : AttemptEvent(Attempt);

/// <summary>How a joined page's connections stand.</summary>
public enum PageLink
{
    /// <summary>Nothing is known to be wrong; a page that is alone in a direct meeting has no connection, and that is fine.</summary>
    Fine,

    /// <summary>The connection to the other side is broken, the one to the meeting is not known to be: their network or ours.</summary>
    PeerBroken,

    /// <summary>The connection to the meeting itself is broken.</summary>
    MeetingBroken,

    /// <summary>What would send ours to the meeting has failed, whatever arrives from there: the other side may be heard, and misses the class.</summary>
    Unsent,

    /// <summary>All connections to the meeting are broken, and the page has had its time to make a new one.</summary>
    MeetingGone,
}

/// <summary>The attempt failed, or the page that had joined is lost.</summary>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Cause">Why.</param>
public sealed record PageFailed(MeetingAttempt Attempt, Cause Cause) : AttemptEvent(Attempt);

/// <summary>The computer slept, or we stood still, and time went on.</summary>
/// <param name="For">So long.</param>
public sealed record Slept(TimeSpan For) : CallEvent;

/// <summary>Time passed.</summary>
public sealed record Tick : CallEvent;

/// <summary>What the machine wants done. Every command is safe to repeat.</summary>
public abstract record CallCommand;

/// <summary>Open the meeting's page and join. A browser that is not there yet does it when it comes.</summary>
/// <param name="Attempt">To be named in whatever is said about it.</param>
/// <param name="Muted">The page never sends our sound before it is unmuted.</param>
public sealed record OpenMeeting(MeetingAttempt Attempt, bool Muted = false) : CallCommand;

/// <summary>Find the meeting's page as an earlier agent left it, and watch it; touch nothing.</summary>
/// <param name="Attempt">To be named in whatever is said about it.</param>
/// <param name="Muted">Should the page load itself again, it never sends our sound before it is unmuted.</param>
public sealed record WatchMeeting(MeetingAttempt Attempt, bool Muted = false) : CallCommand;

/// <summary>Hold our sound back in the page that is open, or let it go.</summary>
public sealed record SetMute(bool Muted) : CallCommand;

/// <summary>Try whether the meeting's host can be reached, and say it by <see cref="NetworkSeen"/>. It touches no page and no device.</summary>
public sealed record AskNetwork : CallCommand;

/// <summary>Show the standby page, which closes the meeting's page with its camera and microphone.</summary>
public sealed record ShowStandby : CallCommand;

/// <summary>Write down, where a reboot forgets it, that this call is consented.</summary>
/// <param name="Launch">The press.</param>
public sealed record KeepConsent(Launch Launch) : CallCommand;

/// <summary>The consent is over.</summary>
public sealed record DropConsent : CallCommand;
