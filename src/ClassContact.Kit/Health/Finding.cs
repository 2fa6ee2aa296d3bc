using System.Collections.Immutable;
using ClassContact.Kit.Tools;
using ClassContact.Messages;

namespace ClassContact.Kit.Health;

/// <summary>What a check found when it looked.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">One of the check's reasons; null for a pass.</param>
/// <param name="Found">What was found instead of what was wanted. It leaves the kit: never an address, a Wi-Fi network's name or a person's.</param>
/// <param name="Measures">What was measured.</param>
public sealed record Finding(Verdict Verdict, string? Reason = null, string? Found = null, ImmutableArray<Measure> Measures = default)
{
    /// <summary>What was found; a device calls itself what it likes, so it is made safe here for everybody.</summary>
    public string? Found { get; } = Found is null ? null : SafeText.Of(Found, LongestFound);

    /// <summary>Twice what fits in a table: the helpdesk may want the rest of a long name.</summary>
    private const int LongestFound = 120;

    /// <summary>What was measured; never <c>default</c>. What is no finite number was not measured.</summary>
    public ImmutableArray<Measure> Measures { get; } = Measures.IsDefault ? [] : [.. Measures.Where(m => double.IsFinite(m.Value) && double.IsFinite(m.Limit ?? 0))];

    /// <summary>As it should be.</summary>
    public static Finding Pass(params ImmutableArray<Measure> measures) => new(Verdict.Pass, Measures: measures);

    /// <summary>As it should be, and what that is.</summary>
    public static Finding Pass(string found, params ImmutableArray<Measure> measures) => new(Verdict.Pass, null, found, measures);

    /// <summary>Not as it should be, but a class can be held.</summary>
    public static Finding Warn(string reason, string? found = null, params ImmutableArray<Measure> measures) => new(Verdict.Warn, reason, found, measures);

    /// <summary>Not as it should be.</summary>
    public static Finding Fail(string reason, string? found = null, params ImmutableArray<Measure> measures) => new(Verdict.Fail, reason, found, measures);

    /// <summary>The check itself broke.</summary>
    public static Finding Error(string reason, string? found = null) => new(Verdict.Error, reason, found);

    /// <summary>Not looked at.</summary>
    public static Finding Skipped(string reason) => new(Verdict.Skipped, reason);

    /// <summary>It could be either.</summary>
    public static Finding CannotTell(string reason, string? found = null, params ImmutableArray<Measure> measures) => new(Verdict.CannotTell, reason, found, measures);
}
