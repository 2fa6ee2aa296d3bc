using System.Globalization;
using ClassContact.Classroom.Ledger;

namespace ClassContact.Bench.Ledger;

/// <summary>Numbered events while agent, broker and network are broken at random; then what was sent beside what came.</summary>
internal static class LedgerBench
{
    private const string Usage = "usage: tests/bench/run ledger [--events 100..10000000] [--seed N]";

    public static async Task<int> Run(string folder, string[] words)
    {
        var (events, seed, isGood) = (100_000, 1, words.Length % 2 == 0);
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            isGood &= words[i] switch
            {
                "--events" => int.TryParse(words[i + 1], CultureInfo.InvariantCulture, out events) && events is >= 100 and <= 10_000_000,
                "--seed" => int.TryParse(words[i + 1], CultureInfo.InvariantCulture, out seed),
                _ => false,
            };
        }
        if (!isGood)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{events} events, seed {seed}, a fault after every 500 or so"));
        var verdict = await LedgerTrial.Run(folder, events, seed, between: 500);
        await File.WriteAllTextAsync(Path.Combine(folder, "ledger.txt"), $"{verdict}\n");
        Console.WriteLine($"{verdict}\nledger: {(verdict.Problems.Count == 0 ? "ok" : "failed")}");
        return verdict.Problems.Count == 0 ? 0 : 1;
    }
}
