using ClassContact.Classroom.Trials.Lessons;

namespace ClassContact.Bench.Lessons;

/// <summary>A school day of short lessons, with faults drawn from a seed: what the kit delivers and tells, held against what was seen from outside.</summary>
internal static class LessonsBench
{
    public static async Task<int> Run(string folder, string[] words)
    {
        if (Options.Parse(words) is not { } options)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }
        var report = new Report(folder, options);
        await SchoolDay.Hold(options.Plans, folder, report.Add);
        return await report.Conclude();
    }
}
