using System.Globalization;
using ClassContact.Classroom;

namespace ClassContact.Bench.Watching;

/// <summary>
/// What the agent's looks cost in the browser: the processor time of all of the kiosk's processes while the agent runs and while it is stopped, window
/// by window, each pair in the other order than the one before.
/// </summary>
internal static class KioskCost
{
    /// <summary>Shorter than the 30 s after which the overlay takes itself away, and than what the broker takes for a lost kit.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // sysconf(_SC_CLK_TCK) is 100 on every Linux of today.
    private const double TicksPerSecond = 100;

    /// <summary>The median of the pairs' differences, and their quartiles, % of a core.</summary>
    public static async Task<(double Low, double Median, double High)> Of(WholeKit kit, int pairs)
    {
        var differences = new List<double>();
        for (var pair = 0; pair < pairs; pair++)
        {
            var first = await Spent(kit, isWatched: pair % 2 == 0);
            var second = await Spent(kit, isWatched: pair % 2 != 0);
            differences.Add(pair % 2 == 0 ? first - second : second - first);
        }
        differences.Sort();
        return (differences[pairs / 4], differences[pairs / 2], differences[pairs * 3 / 4]);
    }

    private static async Task<double> Spent(WholeKit kit, bool isWatched)
    {
        kit.Agent.Process.Send(isWatched ? Signal.Continue : Signal.Stop);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var (before, clock) = (Ticks(kit.Kiosk.Session), System.Diagnostics.Stopwatch.StartNew());
        await Task.Delay(Window);
        var spent = Ticks(kit.Kiosk.Session) - before;
        var percent = 100 * spent / TicksPerSecond / clock.Elapsed.TotalSeconds;
        kit.Agent.Process.Send(Signal.Continue);
        return percent;
    }

    // proc_pid_stat(5): after the name in brackets the session is the fourth field, the times in user and in kernel mode are the 12th and 13th.
    private static double Ticks(int session) => Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])).Sum(path =>
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(path, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(fields[3], CultureInfo.InvariantCulture) == session ? fields[11..13].Sum(t => double.Parse(t, CultureInfo.InvariantCulture)) : 0;
        }
        catch (IOException)
        {
            return 0; // it ended while we looked
        }
    });
}
