using System.Globalization;

namespace ClassContact.Bench.Footprint;

/// <summary>What is measured, and for how long.</summary>
/// <param name="Minutes">Of watching, 1 to 60.</param>
/// <param name="Starts">So many starts of each flavour, 1 to 99; seven give a median with a range.</param>
internal sealed record Options(int Minutes = 10, int Starts = 7)
{
    public const string Usage = "usage: tests/bench/run footprint [--minutes 1..60] [--starts 1..99]";

    /// <summary>Null when these are not options.</summary>
    public static Options? Parse(string[] words)
    {
        var options = new Options();
        for (var i = 0; i < words.Length; i += 2)
        {
            if (i + 1 == words.Length || !int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            var next = words[i] switch
            {
                "--minutes" when number is >= 1 and <= 60 => options with { Minutes = number },
                "--starts" when number is >= 1 and <= 99 => options with { Starts = number },
                _ => null,
            };
            if (next is null)
                return null;
            options = next;
        }
        return options;
    }
}
