using System.Globalization;
using System.Text.Json.Nodes;
using ClassContact.Bench.Footprint;
using ClassContact.Classroom;

namespace ClassContact.Bench.Watching;

/// <summary>
/// What watching a class costs the kit, alone in it and with the pupil: the agent's processor time, and what its looks cost in the browser. Goal: below
/// 1 % of a core each.
/// </summary>
internal static class WatchingBench
{
    private const string Usage = "usage: tests/bench/run watching [--seconds 10..3600]";

    /// <summary>The agent compiles what it runs often; a lesson is long.</summary>
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(30);

    private const double Goal = 1;

    public static async Task<int> Run(string folder, string[] words)
    {
        var seconds = 90;
        if (words is not [] && (words is not ["--seconds", var value] || !int.TryParse(value, CultureInfo.InvariantCulture, out seconds) || seconds is < 10 or > 3600))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
        var machine = Machine.Look();
        Console.WriteLine($"{machine}\nProcessor time over {seconds} s, % of a core");
        await using var kit = await WholeKit.Start(folder);
        await kit.Reaches("standby");
        var costs = new JsonObject { ["standby"] = await Cost("standby", kit, seconds) };
        await kit.Agent.Ask("start");
        await kit.Reaches("open");
        costs["alone"] = await Cost("class, alone", kit, seconds);
        costs["browserAlone"] = await Browser("class, alone", kit, seconds);
        await kit.PupilJoins();
        await kit.Reaches("with-pupil");
        costs["withPupil"] = await Cost("class, with the pupil", kit, seconds);
        costs["browserWithPupil"] = await Browser("class, with the pupil", kit, seconds);
        var file = Path.Combine(folder, "watching.json");
        var all = new JsonObject { ["at"] = DateTime.UtcNow, ["machine"] = machine.ToString(), ["seconds"] = seconds, ["goal"] = Goal, ["percentOfACore"] = costs };
        await File.WriteAllTextAsync(file, all.ToJsonString(new() { WriteIndented = true }));
        var isGood = costs.All(c => c.Key == "standby" || (double)c.Value! < Goal);
        Console.WriteLine($"Goal in a class: below {Goal}. Kept: {file}\nwatching: {(isGood ? "ok" : "failed")}");
        return isGood ? 0 : 1;
    }

    private static async Task<double> Browser(string when, WholeKit kit, int seconds)
    {
        var (low, median, high) = await KioskCost.Of(kit, pairs: Math.Max(4, seconds / 10));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {when + ", in the browser",-40} {median:0.00} (quartiles {low:0.00} and {high:0.00})"));
        return Math.Round(median, 2);
    }

    private static async Task<double> Cost(string when, WholeKit kit, int seconds)
    {
        await Task.Delay(Warm);
        var (before, clock) = (Reading.Of(kit.Agent.Process.Id), System.Diagnostics.Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var after = Reading.Of(kit.Agent.Process.Id);
        var percent = Math.Round(100 * (after.CpuSeconds - before.CpuSeconds) / clock.Elapsed.TotalSeconds, 2);
        Console.WriteLine($"  {when,-40} {percent:0.00}");
        return percent;
    }
}
