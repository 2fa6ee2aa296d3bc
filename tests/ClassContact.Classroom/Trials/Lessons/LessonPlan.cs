using System.Globalization;

namespace ClassContact.Classroom.Trials.Lessons;

/// <summary>A fault, when it comes and how long it stays.</summary>
/// <param name="Fault">Which.</param>
/// <param name="After">Since the pupil had the class, or since the fault before was over.</param>
/// <param name="Lasts">Until it is mended.</param>
public sealed record PlannedFault(LessonFault Fault, TimeSpan After, TimeSpan Lasts);

/// <summary>A lesson as it was drawn.</summary>
/// <param name="Number">From 1.</param>
/// <param name="PupilComes">After the class opened; null: the pupil waits at the door before.</param>
/// <param name="Lasts">So long, at least, the pupil is in class without trouble.</param>
/// <param name="Faults">One after the other.</param>
public sealed record LessonPlan(int Number, TimeSpan? PupilComes, TimeSpan Lasts, IReadOnlyList<PlannedFault> Faults)
{
    /// <summary>Of a hundred lessons so many have a fault, unless told otherwise.</summary>
    public const int UsualRate = 30;

    /// <summary>Of those with one, so many in a hundred have a second.</summary>
    private const int Second = 20;

    /// <summary>Draws a lesson: the same seed and number give the same one, whatever else is drawn.</summary>
    /// <param name="seed">Of the day.</param>
    /// <param name="number">From 1.</param>
    /// <param name="rate">In a hundred.</param>
    public static LessonPlan Draw(int seed, int number, int rate = UsualRate)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number)); // the same on every machine: a seeded Random keeps its algorithm
        var comes = random.Next(100) < 60 ? (TimeSpan?)null : Between(random, (0, 4));
        var lasts = Between(random, (5, 8));
        var faults = new List<PlannedFault>();
        if (random.Next(100) < rate)
            faults.Add(Fault(random, f => true));
        if (faults.Count > 0 && random.Next(100) < Second)
            faults.Add(Fault(random, f => !f.AtLaunch));
        if (faults.Any(f => f.Fault.AtLaunch))
            comes ??= TimeSpan.Zero; // what hits the launch shall not hit the pupil's, too
        return new(number, comes, lasts, faults);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"pupil {(PupilComes is { } c ? $"{c.TotalSeconds:0.0} s late" : "waits")}{string.Concat(Faults.Select(f => $", {f.Fault.Name} {f.Lasts.TotalSeconds:0.0} s"))}");

    private static PlannedFault Fault(Random random, Func<LessonFault, bool> which)
    {
        var all = LessonFaults.All.Where(which).ToList();
        var left = random.Next(all.Sum(f => f.Weight));
        var fault = all.First(f => (left -= f.Weight) < 0);
        return new(fault, Between(random, (2, 4)), Between(random, fault.Seconds));
    }

    private static TimeSpan Between(Random random, (double From, double To) seconds) =>
        TimeSpan.FromSeconds(Math.Round(seconds.From + (random.NextDouble() * (seconds.To - seconds.From)), 1));
}
