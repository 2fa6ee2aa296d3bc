namespace ClassContact.Messages;

/// <summary>Whether the kit's clock can be trusted.</summary>
public enum ClockState
{
    /// <summary>The system says that its clock follows a time server.</summary>
    Synced,

    /// <summary>It does not, or nobody can tell.</summary>
    Unsynced,
}

/// <summary>What every document carries beside its own fields.</summary>
/// <param name="V">Version of the schema. Within a version fields are only added, and readers ignore those they do not know.</param>
/// <param name="At">When the document was made, UTC by the kit's clock.</param>
/// <param name="Uptime">Seconds since the agent started, by a clock that nobody sets.</param>
/// <param name="Clock">Whether <paramref name="At"/> can be trusted.</param>
/// <param name="Boot">Random per start of the agent.</param>
/// <param name="Session">Random per connection to the broker; the last will carries that of the connection it belongs to.</param>
public sealed record Stamp(int V, DateTimeOffset At, double Uptime, ClockState Clock, string Boot, string Session)
{
    /// <summary>The schema's version that this code writes.</summary>
    public const int Version = 1;
}

/// <summary>Whether the kit is there.</summary>
public enum PresenceState
{
    /// <summary>Connected, and its round trips work.</summary>
    Online,

    /// <summary>The computer sleeps; it said so.</summary>
    Sleeping,

    /// <summary>The agent was stopped; it said so.</summary>
    Off,

    /// <summary>The broker lost the kit: this is the last will.</summary>
    Lost,
}

/// <summary>Channel <see cref="Channel.Presence"/>.</summary>
/// <param name="State">Whether the kit is there.</param>
/// <param name="Will">True when the broker says it in the kit's place.</param>
public sealed record Presence(PresenceState State, bool Will = false);

/// <summary>Channel <see cref="Channel.About"/>: what changes only when somebody changes it.</summary>
/// <param name="Agent">Version of this software.</param>
/// <param name="Os">Operating system, as it names itself.</param>
/// <param name="Browser">Product and version as the browser says it; null until it was asked.</param>
/// <param name="School">As configured.</param>
/// <param name="Room">As configured: a label on a door, never a meeting.</param>
/// <param name="Meeting">Name of the meeting's description ("vectera"), never its address.</param>
/// <param name="Capabilities">What this agent can do; readers show only what is listed.</param>
public sealed record About(string Agent, string Os, string? Browser, string School, string Room, string Meeting, IReadOnlyList<string> Capabilities);

/// <summary>The call's state in one word, as the helpdesk sees it.</summary>
public enum CallPhase
{
    /// <summary>Camera and microphone are closed.</summary>
    Standby,

    /// <summary>A press is being carried out.</summary>
    Joining,

    /// <summary>The class is open and waits. This is success.</summary>
    Open,

    /// <summary>The pupil's sound or picture arrives.</summary>
    WithPupil,

    /// <summary>Our side broke and comes back by itself.</summary>
    Recovering,

    /// <summary>The call is being closed.</summary>
    Ending,

    /// <summary>The launch failed; the room was told what to do.</summary>
    Faulted,
}

/// <summary>Channel <see cref="Channel.Call"/>.</summary>
/// <param name="State">The state in one word.</param>
/// <param name="Since">Since when, UTC by the kit's clock.</param>
/// <param name="Cause">Why, for <see cref="CallPhase.Recovering"/> and <see cref="CallPhase.Faulted"/>: a code such as <c>page-not-loaded</c>.</param>
/// <param name="Missing">What of ours does not reach the meeting: <c>camera</c>, <c>microphone</c>.</param>
/// <param name="Receipt">How the last launch went; null before the first.</param>
/// <param name="Muted">True: the room has muted its microphone, and nobody else can unmute it. Left out otherwise.</param>
public sealed record CallStatus(
    CallPhase State, DateTimeOffset Since, string? Cause, IReadOnlyList<string> Missing, LaunchReceipt? Receipt, bool? Muted = null);

/// <summary>How a launch went: each milestone in whole milliseconds after the press, null where it was not reached.</summary>
/// <param name="Id">Random per press.</param>
/// <param name="At">When the press came, UTC by the kit's clock.</param>
/// <param name="Source">Where it came from: <c>key</c>, <c>press</c>.</param>
/// <param name="Attempts">How many times the meeting was opened for it.</param>
/// <param name="BrowserReady">The browser answered.</param>
/// <param name="PageLoaded">The meeting's page was loaded.</param>
/// <param name="CameraOpen">The page's own camera track was live.</param>
/// <param name="MicrophoneOpen">The page's own microphone track was live.</param>
/// <param name="Joined">The page had joined and the launch was done: the class was open.</param>
/// <param name="FirstRemoteMedia">Somebody else's sound or picture first arrived.</param>
/// <param name="StoppedAt">The milestone that was not reached, for a launch that failed.</param>
public sealed record LaunchReceipt(
    string Id, DateTimeOffset At, string Source, int Attempts = 1,
    int? BrowserReady = null, int? PageLoaded = null, int? CameraOpen = null, int? MicrophoneOpen = null,
    int? Joined = null, int? FirstRemoteMedia = null, string? StoppedAt = null);

/// <summary>
/// Channel <see cref="Channel.Event"/>: something happened. Its key is (kit, <paramref name="Journal"/>, <paramref name="Seq"/>): a reader that has it already drops a second copy.
/// Within a kit events come in the order of their numbers; only what lies on a disk that cannot be read comes after what happened meanwhile, once it can.
/// </summary>
/// <param name="Seq">Rises per kit for ever, also across starts; numbers given while the disk took nothing, or of a file that was lost, may be given again under another journal. A gap means that events were dropped.</param>
/// <param name="Name">What happened: <c>agent-started</c>, <c>call-started</c>, <c>call-open</c>, <c>pupil-arrived</c>, <c>pupil-left</c>,
/// <c>call-recovering</c>, <c>call-troubled</c>, <c>call-ended</c>, <c>call-failed</c>, <c>sound-set</c>, <c>sound-wrong</c>, <c>lesson</c>, <c>help</c>,
/// <c>diagnosis</c>, <c>events-dropped</c>, <c>outbox-replaced</c>, <c>certificate-renewed</c>, <c>certificate-not-renewed</c>, <c>link-waits</c>,
/// <c>link-confirmed</c>, <c>link-refused</c>, <c>link-not-fetched</c>, <c>door-opened</c>, <c>door-refused</c>, <c>door-closed</c>, <c>agent-stopping</c>.</param>
/// <param name="When">When it happened, UTC by the kit's clock; the stamp tells when it was sent.</param>
/// <param name="Cause">A code, where there is one.</param>
/// <param name="Receipt">The launch it belongs to, where there is one.</param>
/// <param name="Lesson">Of a <c>lesson</c>: how it went.</param>
/// <param name="Help">What a call for help (<c>help</c>) brings along.</param>
/// <param name="Journal">Random per start of the agent that gave the number, so that a number that is given twice, after a disk was lost, is not taken for a second copy.</param>
/// <param name="Historical">It happened before this connection was made, or before this start of the agent: news, but not of now.</param>
/// <param name="Dropped">Of <c>events-dropped</c>: how many.</param>
/// <param name="Diagnosis">Of a <c>diagnosis</c>: what was found.</param>
public sealed record KitEvent(
    long Seq, string Name, DateTimeOffset When, string? Cause = null, LaunchReceipt? Receipt = null, LessonRecord? Lesson = null, HelpReport? Help = null,
    string? Journal = null, bool Historical = false, EventsDropped? Dropped = null, Selftest? Diagnosis = null);

/// <summary>How many events were dropped because they waited too long or too many waited.</summary>
/// <param name="Count">Since the last such event.</param>
/// <param name="Total">In all, since the kit's first file was made or, when that was lost with the agent, since the next.</param>
public sealed record EventsDropped(long Count, long Total);
