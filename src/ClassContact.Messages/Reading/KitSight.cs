namespace ClassContact.Messages.Reading;

/// <summary>
/// What a reader knows of one kit: a fold over its messages. Times are the reader's own, since its start: a kit's clock may be wrong, and so
/// decides nothing that the reader's can.
/// </summary>
/// <param name="Kit">The kit.</param>
/// <param name="Presence">Its newest presence; null before one was read.</param>
/// <param name="About">What it is; null before that was read.</param>
/// <param name="Call">Its call's state; null before one was read. See <see cref="IsCallOfThisStart"/>.</param>
/// <param name="Health">What its checks have found; null before that was read. See <see cref="IsHealthOfThisStart"/>.</param>
/// <param name="LastEvent">The newest event that came while we listened.</param>
/// <param name="Unreadable">Documents under its topics that are none of ours, or of a later version.</param>
public sealed record KitSight(
    KitId Kit, Document<Presence>? Presence = null, Document<About>? About = null, Document<CallStatus>? Call = null,
    Document<HealthStatus>? Health = null, Document<KitEvent>? LastEvent = null, int Unreadable = 0)
{
    /// <summary>Presence comes every 54 to 66 s, so that two may be late or lost (design.md, "Stale").</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(150);

    private static readonly TimeSpan TenYears = TimeSpan.FromDays(3650);

    /// <summary>When the presence came, by the reader's time.</summary>
    public TimeSpan HeardAt { get; private init; }

    /// <summary>It came while we listened, and we have listened ever since.</summary>
    public bool IsHeardLive { get; private init; }

    /// <summary>The newest call for help that came while we listened.</summary>
    public Document<KitEvent>? LastHelp { get; private init; }

    /// <summary>When somebody called, by the reader's time: when it came, or so long before as it waited by the kit's clock.</summary>
    public TimeSpan HelpCalledAt { get; private init; }

    /// <summary>An event's key within its kit: the same for a second copy, whichever start of the agent sends it.</summary>
    public static (string Journal, long Seq) KeyOf(Document<KitEvent> read) => (read.Body.Journal ?? read.Stamp.Boot, read.Body.Seq);

    /// <summary>Nothing is kept of it: its retained documents were cleared, as when a kit is retired.</summary>
    public bool IsEmpty => Presence is null && About is null && Call is null && Health is null && LastEvent is null;

    /// <summary>Whether the call's state was said by the agent that is there now, not by one before it.</summary>
    public bool IsCallOfThisStart => Call is not null && Call.Stamp.Boot == Presence?.Stamp.Boot;

    /// <summary>Whether the health was said by the agent that is there now, not by one before it.</summary>
    public bool IsHealthOfThisStart => Health is not null && Health.Stamp.Boot == Presence?.Stamp.Boot;

    /// <summary>The check that weighs most, as the kit says; null where it names none, or one that it does not list.</summary>
    public CheckStatus? Worst => Health?.Body is { Worst: { } worst } body ? body.Checks.FirstOrDefault(check => check.Code == worst) : null;

    /// <summary>
    /// How long the worst has lasted at the least: by the kit's clock, which may be wrong but counts, from then to its word, and by the reader's since
    /// that was read. A health that the broker had kept is older by nobody knows how much.
    /// </summary>
    public TimeSpan? WorstAge(TimeSpan now) => Worst is { } worst ? Longer(Health!.Stamp.At - worst.Since, TimeSpan.Zero) + Longer(now - HealthHeardAt, TimeSpan.Zero) : null;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    /// <summary>When the health came, by the reader's time; of a retained one when it was read.</summary>
    public TimeSpan HealthHeardAt { get; private init; }

    /// <summary>
    /// How far the presence can be trusted. Only "online" is a promise to be heard again; "off", "sleeping" and "lost" are last words and stay true
    /// until the next.
    /// </summary>
    public Freshness At(TimeSpan now)
    {
        if (Presence is null)
            return Freshness.Unknown;
        if (Presence.Body.State is PresenceState.Online && now - HeardAt >= StaleAfter)
            return Freshness.Stale;
        return IsHeardLive ? Freshness.Live : Freshness.AgeUnknown;
    }

    /// <summary>The reader's own connection was lost: whatever happens from now on may be missed.</summary>
    public KitSight NotListening() => this with { IsHeardLive = false };

    /// <summary>Takes in one message of this kit.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="payload">Its bytes; none clears what was retained. Anything that is not ours is counted and otherwise left alone.</param>
    /// <param name="retained">The broker had kept it.</param>
    /// <param name="now">The reader's time.</param>
    public KitSight Apply(Channel channel, ReadOnlySpan<byte> payload, bool retained, TimeSpan now)
    {
        if (payload.IsEmpty)
            return Clear(channel);
        return channel switch
        {
            Channel.Presence => Wire.Read<Presence>(payload) is { } read ? See(read, retained, now) : Garbage(),
            Channel.About => Wire.Read<About>(payload) is { } read ? this with { About = read } : Garbage(),
            Channel.Call => Wire.Read<CallStatus>(payload) is { } read ? this with { Call = read } : Garbage(),
            Channel.Health => Wire.Read<HealthStatus>(payload) is { } read ? this with { Health = read, HealthHeardAt = now } : Garbage(),
            Channel.Selftest => Wire.Read<Selftest>(payload) is null ? Garbage() : this, // for whoever asked for it
            Channel.Metrics => Wire.Read<Metrics>(payload) is null ? Garbage() : this, // figures of the moment: nothing is known after it
            Channel.Event => Wire.Read<KitEvent>(payload) is { } read ? See(read, now) : Garbage(),
            Channel.Request or Channel.Reply => this, // between somebody else and the kit
            _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, null),
        };
    }

    private KitSight See(Document<KitEvent> read, TimeSpan now) => read.Body.Help is null || IsKnown(read)
        ? this with { LastEvent = read }
        : this with { LastEvent = read, LastHelp = read, HelpCalledAt = now - Waited(read) };

    // Ten years are as long as an event can be kept; a clock that says more is wrong, or somebody plays with us.
    private static TimeSpan Waited(Document<KitEvent> read) => !read.Body.Historical ? TimeSpan.Zero
        : read.Stamp.At - read.Body.When is var waited && waited > TenYears ? TenYears : Longer(waited, TimeSpan.Zero);

    // Events come at least once.
    private bool IsKnown(Document<KitEvent> read) => LastHelp is not null && KeyOf(LastHelp) == KeyOf(read);

    private KitSight Garbage() => this with { Unreadable = Unreadable + 1 };

    private KitSight Clear(Channel channel) => channel switch
    {
        Channel.Presence => this with { Presence = null },
        Channel.About => this with { About = null },
        Channel.Call => this with { Call = null },
        Channel.Health => this with { Health = null },
        _ => this,
    };

    private KitSight See(Document<Presence> read, bool retained, TimeSpan now)
    {
        if (Presence is { Stamp: var known })
        {
            if (retained && read == Presence)
                return this; // the broker's copy of what we heard ourselves
            if (read.Stamp.Session != known.Session && IsOutdated(read, known, retained))
                return this;
        }
        return this with { Presence = read, HeardAt = now, IsHeardLive = !retained };
    }

    /// <summary>
    /// Brokers have published the will of a connection after the birth of the next. Within one start of the agent its own running clock tells which
    /// came first. Across starts: whoever listens has heard a newer connection say "online" before its will can come, so a will that comes live for
    /// a connection unheard of belongs to an older one; of a retained one only two trusted clocks can tell.
    /// </summary>
    private static bool IsOutdated(Document<Presence> read, Stamp known, bool retained)
    {
        var stamp = read.Stamp;
        if (stamp.Boot == known.Boot)
            return stamp.Uptime < known.Uptime;
        if (!read.Body.Will)
            return false;
        return (stamp.Clock, known.Clock) == (ClockState.Synced, ClockState.Synced) ? stamp.At <= known.At : !retained;
    }
}
