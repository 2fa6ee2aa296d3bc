using System.Globalization;
using ClassContact.Classroom;

namespace ClassContact.Bench.PressToPicture;

/// <summary>
/// From the press to the pupil's picture: the warm kit against a cold browser, in pairs, the one and the other first in turn; the pupil is there already.
/// Once with the whole machine, once with half a core for everything that a kit has on it (screen, sound, browser, agent), not for meeting and pupil.
/// </summary>
internal static class PressToPictureBench
{
    /// <summary>Between two launches: what the one left behind should be gone before the other begins.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    public static async Task<int> Run(string folder, string[] options)
    {
        if (!Options.TryParse(options, out var wanted))
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }
        var at = "setting up";
        try
        {
            await using var marks = new PageMarks();
            await using var kit = await WholeKit.Start(folder, inThePage: marks.Script);
            await kit.Reaches("standby");
            await WaitFor.That("the standby page", async () => (await kit.Agent.Status())?.TryGetProperty("browser", out _), there => there == true);
            await kit.PupilJoins();
            await using var cold = await ColdArm.Start(kit, marks);
            var report = new Report(folder);
            foreach (var cpu in wanted.Cpus)
                await Measure(cpu, wanted.Pairs, kit, new(kit, marks), cold, report, where => at = where);
            await report.Keep();
            return 0;
        }
        catch (Exception e)
        {
            Console.WriteLine($"Logs: {folder}");
            Console.WriteLine($"press-to-picture: failed at {at}: {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    private static async Task Measure(string cpu, int pairs, WholeKit kit, WarmArm warm, ColdArm cold, Report report, Action<string> at)
    {
        var enter = "";
        if (cpu == "half")
        {
            if (HalfCore.Find() is not { } half)
            {
                report.NotRun(cpu, "the cpu control group cannot be had here (it takes root)");
                return;
            }
            half.Take(kit.Kiosk.Session, kit.Agent.Process.Id, cold.Session);
            enter = half.Enter;
        }
        report.Begin(cpu);
        for (var pair = 1; pair <= pairs; pair++)
        {
            string[] order = pair % 2 == 1 ? ["warm", "cold"] : ["cold", "warm"];
            foreach (var arm in order)
            {
                at($"{cpu} core, pair {pair.ToString(CultureInfo.InvariantCulture)}, {arm} arm");
                await Task.Delay(Calm);
                report.Add(pair, arm == "warm" ? await warm.Run() : await cold.Run(enter));
            }
        }
        report.End();
    }
}
