using System.Text.Json.Nodes;
using ClassContact.Bench.Footprint;
using ClassContact.Classroom.Trials.Lessons;

namespace ClassContact.Bench.Lessons;

/// <summary>A line for each lesson that is to be looked at, the day's figures, and both as JSON.</summary>
internal sealed class Report
{
    private readonly string folder;
    private readonly Options options;
    private readonly Machine machine = Machine.Look();
    private readonly JsonArray lessons = [];
    private readonly List<LessonJudgement> judged = [];
    private int held;

    public Report(string folder, Options options)
    {
        (this.folder, this.options) = (folder, options);
        Console.WriteLine($"{machine}\nSeed {options.Seed}, {options.FaultRate} lessons in a hundred with a fault.");
    }

    public void Add(LessonPlan plan, LessonJudgement? lesson, string? broken)
    {
        held++;
        if (lesson is not null)
            judged.Add(lesson);
        var problem = broken is not null ? $"could not be held: {broken}" : lesson!.IsGood ? null : lesson.Problems;
        Console.WriteLine($"{plan.Number,4} {(problem is null ? "ok    " : "FAILED")} {plan}{(lesson is { Missed.Ticks: > 0 } ? $"; missed {lesson.Missed.TotalSeconds:0.0} s of {lesson.Possible.TotalSeconds:0.0}" : "")}");
        if (problem is not null)
            Console.WriteLine($"            {problem}\n            again: tests/bench/run lessons --seed {options.Seed} --fault-rate {options.FaultRate} --lesson {plan.Number}");
        lessons.Add(new JsonObject
        {
            ["number"] = plan.Number,
            ["plan"] = plan.ToString(),
            ["firstPress"] = lesson?.FirstPress,
            ["possible"] = lesson?.Possible.TotalSeconds,
            ["missed"] = lesson?.Missed.TotalSeconds,
            ["causes"] = lesson is null ? null : new JsonArray([.. lesson.Causes.Select(c => new JsonObject { ["fault"] = c.Fault, ["told"] = c.Told, ["problem"] = c.Problem })]),
            ["problem"] = problem,
        });
    }

    /// <summary>Prints the day's figures and writes <c>lessons.json</c>.</summary>
    public async Task<int> Conclude()
    {
        var (possible, missed) = (judged.Sum(l => l.Possible.TotalSeconds), judged.Sum(l => l.Missed.TotalSeconds));
        var causes = judged.SelectMany(l => l.Causes).ToList();
        Goal[] goals =
        [
            new("first press opened the class, %", Percent(judged.Count(l => l.FirstPress), held), 99.5),
            // A lesson of 50 minutes has as many faults as these have, and loses as many seconds by each: only the whole is longer.
            new("delivered of possible, lessons of 50 minutes, %", Percent((held * 3000) - missed, held * 3000), 99),
            new("the same of these short lessons, %", Percent(possible - missed, possible), null),
            new("false alarms", judged.Sum(l => l.FalseAlarms.Count), 0, IsMost: true),
            new("root causes right, %", Percent(causes.Count(c => c.Problem is null), causes.Count), 95),
            new("lesson records that blame the right side, %", Percent(judged.Count(l => l.Record is null), judged.Count), 95),
        ];
        Console.WriteLine($"\n{held} lessons, {held - judged.Count} could not be held, {causes.Count} faults, {possible:0} s possible, {missed:0.0} s missed");
        foreach (var goal in goals)
            Console.WriteLine($"{goal.Name,-50} {goal.Value,7:0.00}  {(goal.Limit is { } limit ? $"goal {limit}" : "")}{(goal.IsReached ? "" : "  NOT REACHED")}");
        var file = Path.Combine(folder, "lessons.json");
        var all = new JsonObject
        {
            ["at"] = DateTime.UtcNow, ["machine"] = machine.ToString(), ["seed"] = options.Seed, ["faultRate"] = options.FaultRate,
            ["goals"] = new JsonArray([.. goals.Select(g => new JsonObject { ["name"] = g.Name, ["value"] = g.Value, ["goal"] = g.Limit, ["reached"] = g.IsReached })]),
            ["lessons"] = lessons,
        };
        await File.WriteAllTextAsync(file, all.ToJsonString(new() { WriteIndented = true }));
        var isGood = judged.Count == held && goals.All(g => g.IsReached);
        Console.WriteLine($"\nKept: {file}\nlessons: {(isGood ? "ok" : "failed")}");
        return isGood ? 0 : 1;
    }

    private static double Percent(double part, double whole) => whole == 0 ? 100 : Math.Round(100 * part / whole, 2);

    private sealed record Goal(string Name, double Value, double? Limit, bool IsMost = false)
    {
        public bool IsReached => Limit is null || (IsMost ? Value <= Limit : Value >= Limit);
    }
}
