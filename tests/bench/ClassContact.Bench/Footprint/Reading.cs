using System.Globalization;

namespace ClassContact.Bench.Footprint;

/// <summary>A process at one moment, as the kernel tells it (proc(5)); reading it costs the process nothing.</summary>
/// <param name="Rss">Resident memory, kB: a page of a file that others use too counts in full.</param>
/// <param name="Pss">The same, kB, such a page counting by its share.</param>
/// <param name="Anonymous">Of that, what no file backs, kB.</param>
/// <param name="CpuSeconds">Spent by it and by its children that have ended, in steps of 10 ms.</param>
/// <param name="Threads">Now.</param>
/// <param name="Switches">By thread: how often it has gone to sleep, which is how often it had been woken.</param>
internal sealed record Reading(long Rss, long Pss, long Anonymous, double CpuSeconds, int Threads, IReadOnlyDictionary<int, long> Switches)
{
    // sysconf(_SC_CLK_TCK) is 100 on every Linux of today.
    private const double TicksPerSecond = 100;

    /// <exception cref="IOException">The process has ended.</exception>
    public static Reading Of(int process)
    {
        var memory = File.ReadLines($"/proc/{process}/smaps_rollup").Skip(1).ToDictionary(line => line.Split(':')[0], Number);
        // The name in brackets may hold blanks; the fields after it count from the third.
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)); // utime, stime, cutime, cstime
        var switches = Directory.EnumerateDirectories($"/proc/{process}/task").Select(SwitchesOf).OfType<(int, long)>().ToDictionary();
        return new(memory["Rss"], memory["Pss"], memory["Anonymous"], ticks / TicksPerSecond, switches.Count, switches);
    }

    private static (int, long)? SwitchesOf(string task)
    {
        try
        {
            var line = File.ReadLines(Path.Combine(task, "status")).First(line => line.StartsWith("voluntary_ctxt_switches", StringComparison.Ordinal));
            return (int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), Number(line));
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return null; // the thread has ended meanwhile
        }
    }

    private static long Number(string line) => long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
}
