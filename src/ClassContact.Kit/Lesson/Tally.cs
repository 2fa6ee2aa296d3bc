using System.Collections.Immutable;
using ClassContact.Messages;

namespace ClassContact.Kit.Lesson;

/// <summary>How often each value was seen, rounded to steps, so that a lesson of any length takes the same little room.</summary>
/// <param name="Step">Values are multiples of it.</param>
/// <param name="Most">A larger value counts as this.</param>
/// <param name="Counts">How often, by the multiple.</param>
internal sealed record Tally(double Step, double Most, ImmutableSortedDictionary<int, int> Counts)
{
    /// <summary>Of mean opinion scores.</summary>
    internal static Tally Scores { get; } = new(0.1, 5, ImmutableSortedDictionary<int, int>.Empty);

    /// <summary>Of frames a second.</summary>
    internal static Tally Frames { get; } = new(1, 240, ImmutableSortedDictionary<int, int>.Empty);

    /// <summary>Of a picture's height: browsers scale by whole fractions, so tens tell enough.</summary>
    internal static Tally Lines { get; } = new(10, 4320, ImmutableSortedDictionary<int, int>.Empty);

    /// <summary>With one more; the same where nothing is known.</summary>
    internal Tally With(double? value)
    {
        if (value is not { } known || !double.IsFinite(known))
            return this;
        var key = (int)Math.Round(Math.Clamp(known, 0, Most) / Step);
        return this with { Counts = Counts.SetItem(key, Counts.GetValueOrDefault(key) + 1) };
    }

    /// <summary>The least and the median; of two in the middle the lesser. Null for nothing.</summary>
    internal QualityRange? Range => Counts.IsEmpty ? null : new(Value(Counts.Keys.First()), Value(Middle()));

    /// <summary>What an earlier agent wrote can be counted with.</summary>
    internal bool IsSound => Counts.All(c => c is { Key: >= 0, Value: > 0 });

    private int Middle()
    {
        var half = (Counts.Values.Sum(count => (long)count) + 1) / 2;
        return Counts.First(c => (half -= c.Value) <= 0).Key;
    }

    private double Value(int key) => Math.Round(key * Step, 1);
}
