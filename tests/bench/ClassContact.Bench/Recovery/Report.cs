using System.Text.Json.Nodes;
using ClassContact.Bench.Footprint;
using ClassContact.Classroom.Trials.Recovery;

namespace ClassContact.Bench.Recovery;

/// <summary>The table as it grows, and the same as JSON.</summary>
internal sealed class Report
{
    private readonly string folder;
    private readonly Machine machine = Machine.Look();
    private readonly JsonArray rows = [];
    private readonly List<string> failed = [];
    private readonly List<Try> tries = [];

    public Report(string folder)
    {
        this.folder = folder;
        Console.WriteLine($"{machine}\nSeconds, median (worst). open: as the kit tells, from the fault or from its end; seen: picture and sound at the pupil's, from the same moment.");
        Console.WriteLine($"{"",-42} {"noticed",-16}{"open",-16}{"seen",-16}limits");
    }

    public void Tried(RecoveryRow row, Try t)
    {
        tries.Add(t);
        if (row.Problem(t) is { } problem)
            Console.WriteLine($"  {row.Name}, try {tries.Count}: {problem}");
    }

    public void End(RecoveryRow row)
    {
        var problems = tries.Count(t => row.Problem(t) is not null);
        if (problems > 0)
            failed.Add(row.Name);
        Console.WriteLine($"{row.Fault,-42} {Cell(t => t.Noticed),-16}{Cell(t => t.Open),-16}{Cell(t => t.Seen),-16}{Limits(row)}{(problems > 0 ? $"  FAILED in {problems} of {tries.Count}" : "")}");
        rows.Add(new JsonObject
        {
            ["row"] = row.Name,
            ["fault"] = row.Fault,
            ["noticeLimit"] = row.Notice?.TotalSeconds,
            ["openLimit"] = row.Open?.TotalSeconds,
            ["load"] = Machine.Load(),
            ["failed"] = problems,
            ["tries"] = new JsonArray([.. tries.Select(t => new JsonObject
            {
                ["noticed"] = t.Noticed?.TotalSeconds, ["open"] = t.Open?.TotalSeconds, ["seen"] = t.Seen?.TotalSeconds, ["problem"] = row.Problem(t),
            })]),
        });
        tries.Clear();
    }

    /// <summary>Writes <c>recovery.json</c>.</summary>
    public async Task Keep() => await File.WriteAllTextAsync(
        Path.Combine(folder, "recovery.json"),
        new JsonObject { ["at"] = DateTime.UtcNow, ["machine"] = machine.ToString(), ["unit"] = "s", ["rows"] = rows.DeepClone() }.ToJsonString(new() { WriteIndented = true }));

    public int Conclude()
    {
        Console.WriteLine($"\nKept: {Path.Combine(folder, "recovery.json")}");
        Console.WriteLine(failed.Count == 0 ? "recovery: ok" : $"recovery: failed: {string.Join(' ', failed)}");
        return failed.Count == 0 ? 0 : 1;
    }

    private static string Limits(RecoveryRow row) => (row.Notice, row.Open) switch
    {
        ({ } n, { } o) => $"noticed {n.TotalSeconds:0}, open {o.TotalSeconds:0}",
        (null, { } o) => $"open {o.TotalSeconds:0}",
        _ => "nothing restarted",
    };

    private string Cell(Func<Try, TimeSpan?> of)
    {
        var known = tries.Select(of).OfType<TimeSpan>().Select(t => t.TotalSeconds).Order().ToList();
        return known.Count == 0 ? "–" : $"{(known[(known.Count - 1) / 2] + known[known.Count / 2]) / 2:0.0} ({known[^1]:0.0})";
    }
}
