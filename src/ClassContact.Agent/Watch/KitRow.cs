using System.Globalization;
using ClassContact.Agent.Local;
using ClassContact.Agent.Words;
using ClassContact.Messages;
using ClassContact.Messages.Reading;

namespace ClassContact.Agent.Watch;

/// <summary>How much a kit wants to be looked at; the first first.</summary>
internal enum Concern
{
    /// <summary>A class cannot work, or does not as it should.</summary>
    Trouble,

    /// <summary>Nobody knows.</summary>
    Doubt,

    /// <summary>A class can be held, less well.</summary>
    Degraded,

    /// <summary>A class is on.</summary>
    InClass,

    /// <summary>There, and waiting.</summary>
    Ready,

    /// <summary>Switched off or asleep, as it said itself.</summary>
    Away,
}

/// <summary>One kit in words for a person; every text is safe to print.</summary>
internal sealed record KitRow(string Kit, string Where, string Presence, string Call, string Since, string Health, string Note, Concern Concern)
{
    private const int Longest = 80;

    /// <summary>All kits of which something can be said, those with trouble first, then by name.</summary>
    internal static IReadOnlyList<KitRow> All(KitsSeen seen, TimeSpan now, TimeProvider time) =>
        [.. seen.Kits.Values.Where(kit => !kit.IsEmpty).Select(kit => Of(kit, now, time)).OrderBy(row => row.Concern).ThenBy(row => row.Kit, StringComparer.Ordinal)];

    /// <param name="kit">What is known.</param>
    /// <param name="now">The reader's time, as in <see cref="KitSight"/>.</param>
    /// <param name="time">For the day and the time zone.</param>
    internal static KitRow Of(KitSight kit, TimeSpan now, TimeProvider time)
    {
        var about = kit.About?.Body;
        var where = about is null ? "" : $"{Printable.Of(about.School, Longest)}, {Printable.Of(about.Room, Longest)}";
        var freshness = kit.At(now);
        return new(
            kit.Kit.ToString(), where, PresenceWord(kit, freshness), CallWord(kit, freshness), SinceWhen(kit, now, time),
            HealthWord(kit, freshness),
            string.Join("; ", Notes(kit, freshness, now)), HelpCalls.Age(kit, now) is null ? ConcernAbout(kit, freshness) : Concern.Trouble);
    }

    private static bool IsThere(KitSight kit, Freshness freshness) =>
        kit.Presence?.Body.State is PresenceState.Online && freshness is Freshness.Live or Freshness.AgeUnknown;

    // The call's state is what it is now only of a kit that is there, from the agent that is there.
    private static bool IsCallCurrent(KitSight kit, Freshness freshness) => IsThere(kit, freshness) && kit.IsCallOfThisStart;

    private static bool IsHealthCurrent(KitSight kit, Freshness freshness) => IsThere(kit, freshness) && kit.IsHealthOfThisStart;

    private static string HealthWord(KitSight kit, Freshness freshness)
    {
        if (kit.Health is null)
            return "";
        var word = CliWords.Of("watch.health", kit.Health.Body.State);
        return IsHealthCurrent(kit, freshness) ? word : CliWords.Say("watch.health.last", ("health", word));
    }

    private static string PresenceWord(KitSight kit, Freshness freshness) => freshness switch
    {
        Freshness.Unknown => CliWords.Say("watch.presence.unknown"),
        Freshness.Stale => CliWords.Say("watch.presence.stale"),
        Freshness.AgeUnknown when kit.Presence!.Body.State is PresenceState.Online => CliWords.Say("watch.presence.online-once"),
        _ => CliWords.Of("watch.presence", kit.Presence!.Body.State),
    };

    private static string CallWord(KitSight kit, Freshness freshness)
    {
        if (kit.Call is null)
            return "";
        var word = CliWords.Of("watch.call", kit.Call.Body.State);
        return IsCallCurrent(kit, freshness) ? word : CliWords.Say("watch.call.last", ("call", word));
    }

    // Of a lost kit the will tells when it connected, not when it went: that only the reader can know, if it was listening.
    private static string SinceWhen(KitSight kit, TimeSpan now, TimeProvider time) => kit.Presence?.Body.State switch
    {
        PresenceState.Online or null => kit.Call is null ? "" : Clock(kit.Call.Body.Since, time),
        PresenceState.Lost => kit.IsHeardLive ? Clock(time.GetUtcNow() - (now - kit.HeardAt), time) : "?",
        _ => Clock(kit.Presence.Stamp.At, time),
    };

    private static string Clock(DateTimeOffset at, TimeProvider time)
    {
        var local = TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);
        var form = local.Date == time.GetLocalNow().Date ? "HH:mm:ss" : "yyyy-MM-dd";
        return local.ToString(form, CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Notes(KitSight kit, Freshness freshness, TimeSpan now)
    {
        if (freshness is Freshness.Stale)
            yield return CliWords.Say("watch.note.stale", ("age", Ago(now - kit.HeardAt)));
        if (HelpCalls.Age(kit, now) is { } asked)
            yield return CliWords.Say("watch.note.asks", ("age", Ago(asked)));
        if (IsCallCurrent(kit, freshness) && kit.Call!.Body is var call)
        {
            if (call.Cause is not null)
                yield return Printable.Of(call.Cause, Longest);
            if (call.Receipt?.StoppedAt is { } stopped && call.State is CallPhase.Faulted)
                yield return CliWords.Say("watch.note.stopped-at", ("milestone", Printable.Of(stopped, Longest)));
            if (call.Missing.Count > 0)
                yield return CliWords.Say("watch.note.missing", ("what", Printable.Of(string.Join(", ", call.Missing), Longest)));
            if (call.Muted is true)
                yield return CliWords.Say("watch.note.muted");
        }
        if (IsHealthCurrent(kit, freshness) && kit.Worst is { } worst)
            yield return CliWords.Say("watch.note.fault", ("what", HealthText.Short(worst)), ("age", Ago(kit.WorstAge(now)!.Value)));
        if (freshness is Freshness.AgeUnknown)
            yield return CliWords.Say("watch.note.age-unknown");
        if (kit.Presence?.Stamp.Clock is ClockState.Unsynced)
            yield return CliWords.Say("watch.note.clock");
    }

    private static Concern ConcernAbout(KitSight kit, Freshness freshness) => kit.Presence?.Body.State switch
    {
        null => Concern.Doubt,
        PresenceState.Lost => Concern.Trouble,
        PresenceState.Off or PresenceState.Sleeping => Concern.Away,
        _ when freshness is Freshness.Stale => Concern.Doubt,
        _ => Most(CallConcern(kit, freshness), HealthConcern(kit, freshness)),
    };

    private static Concern CallConcern(KitSight kit, Freshness freshness) => kit.Call?.Body switch
    {
        _ when !IsCallCurrent(kit, freshness) => Concern.Ready,
        { State: CallPhase.Faulted or CallPhase.Recovering } or { Missing.Count: > 0 } => Concern.Trouble,
        { State: CallPhase.Standby } => Concern.Ready,
        _ => Concern.InClass,
    };

    private static Concern HealthConcern(KitSight kit, Freshness freshness) => kit.Health?.Body.State switch
    {
        _ when !IsHealthCurrent(kit, freshness) => Concern.Ready,
        KitHealth.NotReady => Concern.Trouble,
        KitHealth.Degraded => Concern.Degraded,
        _ => Concern.Ready,
    };

    private static Concern Most(Concern a, Concern b) => a < b ? a : b;

    /// <summary>"40 s", "3 min", "5 h", "2 d".</summary>
    internal static string Ago(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => Whole(age.TotalSeconds, "s"),
        { TotalHours: < 2 } => Whole(age.TotalMinutes, "min"),
        { TotalDays: < 2 } => Whole(age.TotalHours, "h"),
        _ => Whole(age.TotalDays, "d"),
    };

    private static string Whole(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number)} {unit}");
}
