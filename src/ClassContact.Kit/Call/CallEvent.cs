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
/// <param name="Counters">What its statistics count; null where they tell nothing.</param>
public sealed record PageSeen(MeetingAttempt Attempt, Tracks Live, bool RemoteMedia, long Received = 0, Quality.CallCounters? Counters = null) : AttemptEvent(Attempt);

/// <summary>The attempt failed, or the page that had joined is lost.</summary>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Cause">Why.</param>
public sealed record PageFailed(MeetingAttempt Attempt, Cause Cause) : AttemptEvent(Attempt);

/// <summary>Time passed.</summary>
public sealed record Tick : CallEvent;

/// <summary>What the machine wants done. Every command is safe to repeat.</summary>
public abstract record CallCommand;

/// <summary>Open the meeting's page and join. A browser that is not there yet does it when it comes.</summary>
/// <param name="Attempt">To be named in whatever is said about it.</param>
public sealed record OpenMeeting(MeetingAttempt Attempt) : CallCommand;

/// <summary>Find the meeting's page as an earlier agent left it, and watch it; touch nothing.</summary>
/// <param name="Attempt">To be named in whatever is said about it.</param>
public sealed record WatchMeeting(MeetingAttempt Attempt) : CallCommand;

/// <summary>Show the standby page, which closes the meeting's page with its camera and microphone.</summary>
public sealed record ShowStandby : CallCommand;

/// <summary>Write down, where a reboot forgets it, that this call is consented.</summary>
/// <param name="Launch">The press.</param>
public sealed record KeepConsent(Launch Launch) : CallCommand;

/// <summary>The consent is over.</summary>
public sealed record DropConsent : CallCommand;
