using System.Diagnostics;

namespace ClassContact.Bench.Footprint;

/// <summary>From the start of the process to its first message at the broker's other side, ms.</summary>
internal sealed record StartTimes(string Name, double Median, double Least, double Most, IReadOnlyList<double> All)
{
    /// <summary>Starts and stops each in turn, so that what else happens on the machine falls on all alike.</summary>
    public static async Task<IReadOnlyList<StartTimes>> Of(IReadOnlyList<(string Name, MeasuredKit Kit)> flavours, Ear ear, int starts)
    {
        var times = flavours.Select(_ => new List<double>()).ToList();
        for (var start = 0; start < starts; start++)
        {
            foreach (var (flavour, index) in flavours.Select((flavour, index) => (flavour, index)))
            {
                times[index].Add(await One(flavour.Kit, ear));
                await flavour.Kit.Stop();
            }
        }
        return [.. flavours.Zip(times, (flavour, all) => new StartTimes(flavour.Name, all.Order().ElementAt(all.Count / 2), all.Min(), all.Max(), all))];
    }

    private static async Task<double> One(MeasuredKit kit, Ear ear)
    {
        var heard = ear.Online(kit.Name);
        var before = kit.Start();
        var after = await heard.WaitAsync(ClassContact.Classroom.WaitFor.Generous);
        return Math.Round(Stopwatch.GetElapsedTime(before, after).TotalMilliseconds);
    }
}
