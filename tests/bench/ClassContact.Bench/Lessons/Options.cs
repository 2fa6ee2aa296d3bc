using System.Globalization;
using ClassContact.Classroom.Trials.Lessons;

namespace ClassContact.Bench.Lessons;

/// <summary>What day is held.</summary>
/// <param name="Seed">It is drawn from this.</param>
/// <param name="Lessons">So many.</param>
/// <param name="FaultRate">Of a hundred lessons so many have a fault.</param>
/// <param name="Only">This lesson of it alone; null for all.</param>
internal sealed record Options(int Seed = 1, int Lessons = 200, int FaultRate = LessonPlan.UsualRate, int? Only = null)
{
    public const string Usage = "usage: tests/bench/run lessons [--seed 0..999999] [--lessons 1..9999] [--fault-rate 0..100] [--lesson 1..9999]";

    public IEnumerable<LessonPlan> Plans => Only is { } one
        ? [LessonPlan.Draw(Seed, one, FaultRate)]
        : Enumerable.Range(1, Lessons).Select(number => LessonPlan.Draw(Seed, number, FaultRate));

    public static Options? Parse(string[] words)
    {
        var options = new Options();
        for (var i = 0; i < words.Length; i += 2)
        {
            if (i + 1 == words.Length || !int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            var next = words[i] switch
            {
                "--seed" when number is <= 999_999 => options with { Seed = number },
                "--lessons" when number is >= 1 and <= 9999 => options with { Lessons = number },
                "--fault-rate" when number is <= 100 => options with { FaultRate = number },
                "--lesson" when number is >= 1 and <= 9999 => options with { Only = number },
                _ => null,
            };
            if (next is null)
                return null;
            options = next;
        }
        return options;
    }
}
