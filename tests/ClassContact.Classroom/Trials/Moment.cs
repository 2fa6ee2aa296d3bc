using System.Diagnostics;

namespace ClassContact.Classroom.Trials;

/// <summary>One clock for all that a trial notes: the machine's, which nobody sets.</summary>
public static class Moment
{
    /// <summary>Time since some moment that is the same for the whole process.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);
}

/// <summary>A stretch of time.</summary>
/// <param name="From">Its beginning, as <see cref="Moment"/> has it.</param>
/// <param name="To">Its end.</param>
public readonly record struct Stretch(TimeSpan From, TimeSpan To)
{
    /// <summary>How long it is; never negative.</summary>
    public TimeSpan Length => To > From ? To - From : TimeSpan.Zero;

    /// <summary>What of some stretches lies within <paramref name="whole"/>, in order and each moment once.</summary>
    public static IReadOnlyList<Stretch> Union(IEnumerable<Stretch> stretches, Stretch whole)
    {
        var merged = new List<Stretch>();
        foreach (var next in stretches.Select(s => s.Within(whole)).Where(s => s.Length > TimeSpan.Zero).OrderBy(s => s.From))
        {
            if (merged.Count > 0 && merged[^1].To >= next.From)
                merged[^1] = merged[^1] with { To = merged[^1].To > next.To ? merged[^1].To : next.To };
            else
                merged.Add(next);
        }
        return merged;
    }

    /// <summary>What of it is in none of <paramref name="others"/>.</summary>
    public IEnumerable<Stretch> Without(IEnumerable<Stretch> others)
    {
        var from = From;
        foreach (var other in Union(others, this))
        {
            if (other.From > from)
                yield return new(from, other.From);
            from = other.To;
        }
        if (To > from)
            yield return new(from, To);
    }

    private Stretch Within(Stretch whole) => new(From > whole.From ? From : whole.From, To < whole.To ? To : whole.To);
}
