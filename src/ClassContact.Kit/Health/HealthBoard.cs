using System.Collections.Immutable;
using ClassContact.Messages;

namespace ClassContact.Kit.Health;

/// <summary>
/// What all checks have found so far, and what is to be told of it: only causes, only what has lasted, nothing while the kit warms up. It never
/// changes: <see cref="Next"/> makes another. Not for checks that open the camera or the microphone.
/// </summary>
public sealed class HealthBoard
{
    /// <summary>Nothing is told before everything was looked at once, or for so long: an agent starts with the computer, whose parts come up
    /// in some 15 s on a slow one.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    /// <summary>A wall clock that differs by more than this from what it should be was set; less is its own drift.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(2);

    private readonly ImmutableArray<Standing> standings;
    private readonly ImmutableDictionary<string, string> causes;
    private readonly Moment now;
    private readonly DateTimeOffset start;
    private readonly TimeSpan stateSince;

    private HealthBoard(ImmutableArray<Standing> all, Moment now, HealthBoard? before)
    {
        this.now = now;
        start = StartOf(now, before);
        causes = Causes.Of(all);
        // What explains a fault that was told is told at once: with a grace of its own it would hide the one and not be told itself.
        var urgent = before?.Told.Select(f => causes.GetValueOrDefault(f.Check.Code)).ToHashSet() ?? [];
        standings = [.. all.Select(s => causes.ContainsKey(s.Check.Code) ? s.Explained(now.SinceStart) : urgent.Contains(s.Check.Code) ? s.AtOnce(now.SinceStart) : s)];
        IsWarmingUp = now.SinceStart < WarmUp && standings.Any(s => s.Verdict is null);
        var troubles = Troubles();
        var state = StateOf(troubles, before is null || before.Status.State is KitHealth.Checking);
        // What is in its grace, or waits for a look now that its cause has gone, may be as bad as what was told: until that is known nothing has got better.
        if (before is { Status.State: KitHealth.NotReady or KitHealth.Degraded } && state < before.Status.State && standings.Any(IsOpen))
            state = before.Status.State;
        Told = [.. troubles.Where(t => t.Standing.IsFault).Select(t => new Fault(t.Standing.Check, t.Severity, t.Standing.Verdict!))];
        stateSince = before is not null && before.Status.State == state ? before.stateSince : now.SinceStart;
        Status = new(state, At(stateSince), troubles.FirstOrDefault().Standing?.Check.Code, [.. standings.Where(s => s.Verdict is not null).Select(StatusOf)]);
    }

    /// <summary>Not everything was looked at yet, and there is time for it.</summary>
    public bool IsWarmingUp { get; }

    /// <summary>Every fault that is to be told, the worst first.</summary>
    public ImmutableArray<Fault> Told { get; }

    /// <summary>The same for the helpdesk, with everything that is not told. Checks that were not looked at yet are not in it. The times follow a
    /// wall clock that was set: they are reckoned back from now.</summary>
    public HealthStatus Status { get; }

    /// <summary>What was last measured, each name once.</summary>
    public IEnumerable<Measure> Measures => standings.SelectMany(s => s.Latest?.Measures ?? []).DistinctBy(m => m.Name);

    /// <summary>When something becomes due to be told although nothing is found; null for never.</summary>
    public TimeSpan? ChangesAt => standings.Where(s => s.IsTrouble && !s.WasExplained).Select(s => (TimeSpan?)s.GraceEnds)
        .Append(WarmUp).Where(at => at > now.SinceStart).Min();

    internal TimeSpan Now => now.SinceStart;

    internal Standing StandingOf(string code) => standings.First(s => s.Check.Code == code);

    /// <summary>Checks whose fault, or whose being skipped, was explained by a fault that has gone: nobody knows before they are looked at again.</summary>
    internal IEnumerable<Check> Orphans => standings.Where(s => s.WasExplained && !causes.ContainsKey(s.Check.Code)).Select(s => s.Check);

    /// <summary>Before the first look.</summary>
    /// <param name="checks">Causes before what they cause: a check is explained only by those that stand before it.</param>
    /// <param name="now">Now.</param>
    public static HealthBoard Of(IEnumerable<Check> checks, Moment now) =>
        new([.. checks.Where(check => !check.OnlyInDiagnosis).Select(check => new Standing(check))], now, null);

    /// <summary>The board after some looks, or after mere time.</summary>
    /// <param name="found">By the check's code; others are ignored.</param>
    /// <param name="at">Not before the last.</param>
    public HealthBoard Next(IReadOnlyDictionary<string, Finding> found, Moment at) => new(
        [.. standings.Select(s => found.TryGetValue(s.Check.Code, out var finding) ? s.Look(finding, at.SinceStart) : s)], at, this);

    /// <summary>Whether anything that people are told differs. New measures alone are nothing new.</summary>
    public bool TellsTheSameAs(HealthBoard other) =>
        (Status.State, Status.Since, Status.Worst) == (other.Status.State, other.Status.Since, other.Status.Worst)
        && Status.Checks.Select(c => c with { Measures = null }).SequenceEqual(other.Status.Checks.Select(c => c with { Measures = null }))
        && Told.Select(f => (f.Check.Code, f.Severity)).SequenceEqual(other.Told.Select(f => (f.Check.Code, f.Severity)));

    private static DateTimeOffset StartOf(Moment now, HealthBoard? before)
    {
        var start = now.Utc - now.SinceStart;
        return before is not null && (start - before.start).Duration() <= Jump ? before.start : start;
    }

    private DateTimeOffset At(TimeSpan sinceStart) => start + sinceStart;

    private CheckStatus StatusOf(Standing s) => new(
        s.Check.Code, s.Check.Severity, s.Verdict!.Verdict, At(s.Since), s.Verdict.Reason, s.Verdict.Found, causes.GetValueOrDefault(s.Check.Code),
        s.Latest is { Measures.Length: > 0 } latest ? latest.Measures : null);

    // The worst first; of two equal ones that which may be a cause, because it stands first in the list.
    private (Standing Standing, Severity Severity)[] Troubles() => IsWarmingUp ? [] :
        [.. standings.Where(s => s.IsTrouble && !causes.ContainsKey(s.Check.Code) && !s.IsHeldBack(now.SinceStart))
            .Select(s => (Standing: s, Severity: SeverityOf(s)))
            .Where(t => t.Standing.IsFault || t.Severity is not Severity.Informs)
            .OrderBy(t => t.Standing.IsUnknown).ThenBy(t => t.Severity)];

    // In its grace, or to be looked at again now that its cause has gone.
    private bool IsOpen(Standing s) => s.Check.Severity is not Severity.Informs && !causes.ContainsKey(s.Check.Code) &&
        (s.WasExplained || (s.IsTrouble && s.IsHeldBack(now.SinceStart)));

    // A cause weighs as much as the worst that it causes, which is hidden behind it.
    private Severity SeverityOf(Standing root) =>
        standings.Where(s => s.Check.Code == root.Check.Code || (s.IsTrouble && causes.GetValueOrDefault(s.Check.Code) == root.Check.Code)).Min(Weight);

    private static Severity Weight(Standing s) =>
        s.Check.Severity is Severity.StopsCalls && s.Verdict!.Verdict is not Verdict.Fail ? Severity.Degrades : s.Check.Severity;

    // What nobody knows is no reason to say "ready", nor is a first fault whose grace still runs.
    private KitHealth StateOf((Standing Standing, Severity Severity)[] troubles, bool isFirst) => troubles.Select(t => (Severity?)t.Severity).Min() switch
    {
        Severity.StopsCalls => KitHealth.NotReady,
        Severity.Degrades => KitHealth.Degraded,
        _ => standings.Any(s => s.Verdict is null || (isFirst && s.IsTrouble && s.Check.Severity is Severity.StopsCalls)) ? KitHealth.Checking : KitHealth.Ready,
    };
}
