namespace ClassContact.Kit.Health;

/// <summary>When each check is due. Times are since the agent's start.</summary>
internal sealed class CheckTimes
{
    /// <summary>What is due within this is looked at together, so that an idle agent wakes rarely.</summary>
    internal static readonly TimeSpan Together = TimeSpan.FromSeconds(15);

    /// <summary>A fault is looked at again so soon while somebody may be mending it …</summary>
    internal static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>… which is for so long; after that by its own schedule, and at every wake.</summary>
    internal static readonly TimeSpan Mending = TimeSpan.FromMinutes(10);

    /// <summary>A plug makes several devices come one after the other; they are looked at once they are all there.</summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    /// <summary>After a call the kit has other things to do first, and classes of many kits end with the same bell.</summary>
    internal static readonly TimeSpan AfterCall = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, TimeSpan> due;
    private readonly Dictionary<string, TimeSpan> hurried = [];
    private readonly Random random;

    internal CheckTimes(IEnumerable<Check> checks, Random random)
    {
        this.random = random;
        due = checks.ToDictionary(check => check.Code, _ => TimeSpan.Zero);
    }

    /// <summary>When the next one is due; null if there are none.</summary>
    internal TimeSpan? Next => due.Count == 0 ? null : due.Values.Min();

    /// <summary>Whether it is to be looked at in a round that begins now.</summary>
    internal bool IsDue(Check check, TimeSpan now) => due[check.Code] <= now + Together;

    /// <summary>To be looked at as soon as things have settled, though not much more often than they can: a loose plug or a weak Wi-Fi comes and
    /// goes for hours. A handshake with the meeting's host costs more than a look at a plug.</summary>
    internal void Hurry(Check check, TimeSpan now)
    {
        var pause = check.Thing is Thing.Network ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(3);
        var at = hurried.TryGetValue(check.Code, out var last) && last + pause > now + Settling ? last + pause : now + Settling;
        if (at >= due[check.Code])
            return;
        due[check.Code] = hurried[check.Code] = at;
    }

    /// <summary>A call has ended: what was due waits a little longer, all together.</summary>
    internal void Resume(TimeSpan now)
    {
        var from = now + (AfterCall * (1 + random.NextDouble()));
        foreach (var (code, at) in due)
            due[code] = at > from ? at : from;
    }

    /// <summary>It was looked at.</summary>
    internal void Looked(Standing standing, TimeSpan now)
    {
        var every = standing.IsUnsettled && now - standing.Since < Mending ? Min(Soon, standing.Check.Every) : standing.Check.Every;
        due[standing.Check.Code] = now + (every * (0.9 + (0.2 * random.NextDouble())));
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
