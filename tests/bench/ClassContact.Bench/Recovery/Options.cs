using System.Globalization;
using ClassContact.Classroom.Trials.Recovery;

namespace ClassContact.Bench.Recovery;

/// <summary>What is to be tried.</summary>
/// <param name="Tries">Of each row.</param>
/// <param name="Rows">Which.</param>
internal sealed record Options(int Tries, IReadOnlyList<RecoveryRow> Rows)
{
    public static string Usage =>
        $"usage: tests/bench/run recovery [--tries 1..99] [--only ROW[,ROW]...] [--long]\nrows: {string.Join(' ', RecoveryRows.All.Select(r => r.Name))}; --long adds those of minutes";

    public static Options? Parse(string[] words)
    {
        var (tries, isLong, only) = (5, false, (string[]?)null);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == "--long")
                isLong = true;
            else if (words[i] == "--tries" && int.TryParse(words.ElementAtOrDefault(++i), NumberStyles.None, CultureInfo.InvariantCulture, out tries) && tries is >= 1 and <= 99)
                continue;
            else if (words[i] == "--only" && words.ElementAtOrDefault(++i) is { } names && names.Split(',').All(n => RecoveryRows.All.Any(r => r.Name == n)))
                only = names.Split(',');
            else
                return null;
        }
        return new(tries, [.. RecoveryRows.All.Where(r => only is null ? isLong || !r.TakesLong : only.Contains(r.Name))]);
    }
}
