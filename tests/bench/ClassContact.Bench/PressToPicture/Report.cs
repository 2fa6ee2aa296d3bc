using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClassContact.Bench.PressToPicture;

/// <summary>The table as it grows, and the same as JSON.</summary>
internal sealed class Report(string folder)
{
    private static readonly (string Name, Func<Launch, double> Of)[] Figures =
        [("page", l => l.Page), ("open", l => l.Open), ("media", l => l.Media), ("picture", l => l.Picture)];

    private static readonly string[] Milestones = ["browserReady", "pageLoaded", "cameraOpen", "microphoneOpen", "joined", "firstRemoteMedia"];

    private readonly JsonArray conditions = [];
    private readonly List<(int Pair, Launch Launch)> launches = [];
    private string cpu = "", loadBefore = "";

    public void Begin(string of)
    {
        (cpu, loadBefore) = (of, Load());
        launches.Clear();
        Console.WriteLine(of == "half" ? "\nHalf a core (5 ms in every 10 ms) for all that is a kit's, in both arms; meeting and pupil have the rest" : "\nThe whole machine");
        Console.WriteLine($"{Cores}, load {loadBefore}; ms from the press");
        Console.WriteLine($"{"pair",4} {"arm",-5}{string.Concat(Figures.Select(f => $"{f.Name,9}"))}");
    }

    public void Add(int pair, Launch launch)
    {
        launches.Add((pair, launch));
        Console.WriteLine($"{pair,4} {launch.Arm,-5}{string.Concat(Figures.Select(f => $"{f.Of(launch),9:0}"))}");
    }

    public void NotRun(string of, string why)
    {
        Console.WriteLine($"\n{of} core: not run: {why}");
        conditions.Add(new JsonObject { ["cpu"] = of, ["notRun"] = why });
    }

    public void End()
    {
        var summary = new JsonObject();
        Console.WriteLine($"\n{"",10}{"warm",24}{"cold",26}{"ratio",8}");
        foreach (var (name, of) in Figures)
        {
            var (warm, cold) = (Spread.Of(Arm("warm").Select(of)), Spread.Of(Arm("cold").Select(of)));
            var ratio = Math.Round(warm.Median / cold.Median, 2);
            Console.WriteLine($"{name,10}{warm,24}{cold,26}{ratio.ToString("0.00", CultureInfo.InvariantCulture),8}");
            summary[name] = new JsonObject { ["warm"] = warm.ToJson(), ["cold"] = cold.ToJson(), ["ratio"] = ratio };
        }
        var receipts = Arm("warm").Select(l => l.Receipt!.Value).ToList();
        Console.WriteLine($"The kit's own receipt: {string.Join(", ", Milestones.Select(m => $"{m} {Spread.Of(receipts.Select(r => r.GetProperty(m).GetDouble()))}"))}");
        conditions.Add(new JsonObject
        {
            ["cpu"] = cpu,
            ["loadBefore"] = loadBefore,
            ["loadAfter"] = Load(),
            ["summary"] = summary,
            ["launches"] = JsonSerializer.SerializeToNode(launches.Select(l => new { l.Pair, l.Launch }), JsonSerializerOptions.Web),
        });
    }

    /// <summary>Writes <c>press-to-picture.json</c>.</summary>
    public async Task Keep()
    {
        var file = Path.Combine(folder, "press-to-picture.json");
        var all = new JsonObject { ["at"] = DateTime.UtcNow, ["machine"] = Cores, ["kernel"] = Environment.OSVersion.VersionString, ["unit"] = "ms from the press", ["conditions"] = conditions };
        await File.WriteAllTextAsync(file, all.ToJsonString(new() { WriteIndented = true }));
        Console.WriteLine($"\nKept: {file}");
    }

    private IEnumerable<Launch> Arm(string name) => launches.Select(l => l.Launch).Where(l => l.Arm == name);

    private static string Cores => $"{Environment.ProcessorCount} cores, {File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()}";

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}

/// <summary>Median, least and most.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return new(sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    public JsonObject ToJson() => new() { ["median"] = Median, ["min"] = Min, ["max"] = Max };

    public override string ToString() => $"{Median:0} ({Min:0}–{Max:0})";
}
