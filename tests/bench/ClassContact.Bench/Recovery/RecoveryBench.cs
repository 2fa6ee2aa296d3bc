using ClassContact.Classroom.Trials.Recovery;

namespace ClassContact.Bench.Recovery;

/// <summary>Every row of the table of faults, each fault caused for real in a class with the pupil, several times.</summary>
internal static class RecoveryBench
{
    public static async Task<int> Run(string folder, string[] words)
    {
        if (Options.Parse(words) is not { } options)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }
        var report = new Report(folder);
        foreach (var row in options.Rows)
        {
            await RecoveryTrial.Run(row, row.TakesLong ? 1 : options.Tries, folder, t => report.Tried(row, t));
            report.End(row);
            await report.Keep(); // what was measured stays, whatever comes
        }
        return report.Conclude();
    }
}
