using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Health;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Diagnosis;

public class DiagnosisRunTests
{
    [Fact]
    public async Task Checks_look_once_and_in_the_lists_order()
    {
        List<string> looked = [];
        Check[] checks = [.. new[] { "a", "b", "c" }.Select(code => Of(code, () => Told(code)))];
        var begun = new List<(string, int)>();
        var results = await new DiagnosisRun(checks, new FakeTime()).Run((check, number) => begun.Add((check.Code, number)), CancellationToken.None);
        Assert.Equal(["a", "b", "c"], looked);
        Assert.Equal([("a", 1), ("b", 2), ("c", 3)], begun);
        Assert.Equal(["a", "b", "c"], results.Select(r => r.Check.Code));

        Finding Told(string code)
        {
            looked.Add(code);
            return Finding.Pass();
        }
    }

    [Fact]
    public async Task A_fault_whose_cause_failed_is_told_as_its_consequence_and_points_to_the_root()
    {
        var results = await Run(
            Of("cable", () => Finding.Fail("out")),
            Of("name", () => Finding.Fail("out"), "cable"),
            Of("host", () => Finding.Error("out"), "name"),
            Of("fine", () => Finding.Pass(), "cable"),
            Of("left", () => Finding.Skipped("out"), "cable"),
            Of("behind", () => Finding.CannotTell("out"), "left"),
            Of("other", () => Finding.Warn("out"), "fine"));
        Assert.Equal([null, "cable", "cable", null, "cable", "cable", null], results.Select(r => r.BecauseOf));
    }

    [Fact]
    public async Task A_warning_explains_nothing()
    {
        var results = await Run(Of("weak", () => Finding.Warn("out")), Of("host", () => Finding.Fail("out"), "weak"));
        Assert.Null(results[1].BecauseOf);
    }

    [Theory]
    [InlineData(Verdict.Pass, Severity.StopsCalls, false)]
    [InlineData(Verdict.Warn, Severity.StopsCalls, false)]
    [InlineData(Verdict.Skipped, Severity.StopsCalls, false)]
    [InlineData(Verdict.Fail, Severity.StopsCalls, true)]
    [InlineData(Verdict.Error, Severity.StopsCalls, true)]
    [InlineData(Verdict.CannotTell, Severity.StopsCalls, true)]
    [InlineData(Verdict.NeedsPerson, Severity.StopsCalls, true)]
    [InlineData(Verdict.Fail, Severity.Degrades, false)]
    [InlineData(Verdict.Error, Severity.Informs, false)]
    public async Task Only_what_stops_calls_stands_in_the_way(Verdict verdict, Severity severity, bool expected) => Assert.Equal(
        expected, (await Run(Of("a", () => new(verdict, verdict is Verdict.Pass ? null : "out")) with { Severity = severity }))[0].StandsInTheWay);

    [Fact]
    public async Task What_this_user_may_not_see_is_skipped_and_still_no_yes()
    {
        var result = Assert.Single(await Run(Of("keyboard", () => throw new UnseenException())));
        Assert.Equal((Verdict.Skipped, UnseenException.NotAllowed, true), (result.Finding.Verdict, result.Finding.Reason, result.StandsInTheWay));
    }

    [Fact]
    public async Task A_check_that_hangs_is_cut_off_and_the_next_one_looks()
    {
        var time = new FakeTime();
        var hangs = Of("hangs", () => Finding.Pass()) with { Look = _ => new TaskCompletionSource<Finding>().Task, Deadline = TimeSpan.FromSeconds(3) };
        var running = new DiagnosisRun([hangs, Of("next", () => Finding.Pass())], time).Run((_, _) => { }, CancellationToken.None);
        while (time.NextTimer is null)
            await Task.Yield();
        time.Advance(TimeSpan.FromSeconds(3));
        var results = await running;
        Assert.Equal((Verdict.Error, CheckRun.TooSlow, TimeSpan.FromSeconds(3)), (results[0].Finding.Verdict, results[0].Finding.Reason, results[0].Took));
        Assert.Equal(Verdict.Pass, results[1].Finding.Verdict);
    }

    [Fact]
    public async Task A_check_that_breaks_is_an_error_with_nothing_of_its_message()
    {
        var result = Assert.Single(await Run(Of("breaks", () => throw new InvalidOperationException("https://secret.example/key"))));
        Assert.Equal((Verdict.Error, CheckRun.Broke, "InvalidOperationException"), (result.Finding.Verdict, result.Finding.Reason, result.Finding.Found));
    }

    private static Task<IReadOnlyList<CheckResult>> Run(params Check[] checks) => new DiagnosisRun(checks, new FakeTime()).Run((_, _) => { }, CancellationToken.None);

    internal static Check Of(string code, Func<Finding> look, params string[] dependsOn) =>
        new(code, Severity.StopsCalls, Thing.Kit, ["out"], _ => Task.FromResult(look())) { DependsOn = [.. dependsOn] };
}
