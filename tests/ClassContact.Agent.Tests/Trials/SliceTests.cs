using ClassContact.Classroom;
using ClassContact.Classroom.Trials.Lessons;
using ClassContact.Classroom.Trials.Recovery;
using Xunit;

namespace ClassContact.Agent.Tests.Trials;

/// <summary>A short slice of what the bench does at length: <c>tests/bench/run recovery</c> and <c>lessons</c>.</summary>
public sealed class SliceTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Length", "long")]
    public async Task Two_lessons_of_a_seeded_day_open_at_the_first_press_and_are_told_as_they_were()
    {
        const int seed = 2;
        var problems = new List<string>();
        var plans = Enumerable.Range(1, 2).Select(number => LessonPlan.Draw(seed, number, rate: 60));
        await SchoolDay.Hold(plans, Artifacts.Folder("school-day"), (plan, lesson, broken) =>
        {
            output.WriteLine($"{plan.Number}: {plan}: {lesson}");
            if (broken is not null || !lesson!.IsGood)
                problems.Add($"{plan}: {broken ?? lesson!.Problems}; again: tests/bench/run lessons --seed {seed} --fault-rate 60 --lesson {plan.Number}");
        });
        Assert.Empty(problems);
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_page_that_crashes_is_back_in_the_class_as_the_bench_measures_it()
    {
        var row = RecoveryRows.All.Single(r => r.Name == "page");
        var tried = Assert.Single(await RecoveryTrial.Run(row, 1, Artifacts.Folder("recovery"), t => output.WriteLine($"{t}")));
        Assert.Null(tried.Failed);
        // Twice the figures, for a machine that does much else meanwhile; the bench holds the kit to the figures themselves.
        Assert.InRange(tried.Noticed!.Value.TotalSeconds, 0, 20);
        Assert.InRange(tried.Open!.Value.TotalSeconds, 0, 30);
    }
}
