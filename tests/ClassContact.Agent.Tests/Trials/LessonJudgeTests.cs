using ClassContact.Classroom.Trials;
using ClassContact.Classroom.Trials.Lessons;
using ClassContact.Kit.Call;
using Xunit;

namespace ClassContact.Agent.Tests.Trials;

/// <summary>The bench's judge must be right itself: a kit that tells lies is found out, and one that does not is let be.</summary>
public sealed class LessonJudgeTests
{
    private static readonly LessonFault Unplugged = Named("camera-out"), Frozen = Named("pupil-freezes");

    [Fact]
    public void The_same_seed_and_number_give_the_same_lesson()
    {
        Assert.Equal($"{LessonPlan.Draw(7, 3, 100)}", $"{LessonPlan.Draw(7, 3, 100)}");
        Assert.NotEqual(Day(7), Day(8));

        static string Day(int seed) => string.Join('\n', Enumerable.Range(1, 20).Select(n => LessonPlan.Draw(seed, n)));
    }

    [Fact]
    public void A_quiet_lesson_is_good_and_a_relaunch_in_it_is_a_false_alarm()
    {
        Assert.True(LessonJudge.Judge(Notes([], [With(1)])).IsGood);
        Assert.Single(LessonJudge.Judge(Notes([], [With(1), With(5) with { Attempts = 2 }])).FalseAlarms);
        Assert.Single(LessonJudge.Judge(Notes([], [With(1), With(5) with { Missing = "camera" }, With(6)])).FalseAlarms);
    }

    [Fact]
    public void A_pupil_who_freezes_must_not_be_taken_for_trouble_of_ours()
    {
        var fault = new FaultNote(Frozen, new(S(3), S(6)), S(10));
        Assert.True(LessonJudge.Judge(Notes([fault], [With(1), With(5) with { State = "open", Cause = "far-side" }, With(7)])).IsGood);
        var wrong = LessonJudge.Judge(Notes([fault], [With(1), With(5) with { State = "recovering", Cause = "network-lost" }, With(7)]));
        Assert.Single(wrong.FalseAlarms);
        Assert.Equal("wrong cause", Assert.Single(wrong.Causes).Problem);
        Assert.Equal("not told", Assert.Single(LessonJudge.Judge(Notes([fault], [With(1)])).Causes).Problem);
    }

    [Fact]
    public void What_a_fault_denies_is_not_missed_and_what_comes_late_after_it_is()
    {
        var fault = new FaultNote(Unplugged, new(S(3), S(6)), S(10));
        var told = new[] { With(1), With(4) with { Missing = "camera" }, With(7) };
        var judged = LessonJudge.Judge(Notes([fault], told) with { NoPicture = [new(S(3), S(8))] });
        Assert.Equal((S(9), S(2)), (judged.Possible, judged.Missed));
        Assert.True(judged.IsGood);
        Assert.Equal(S(5), LessonJudge.Judge(Notes([fault], told) with { NoSound = [new(S(3), S(8))] }).Missed);
    }

    [Fact]
    public void A_record_that_blames_another_side_is_wrong()
    {
        Assert.NotNull(LessonJudge.Judge(Notes([], [With(1)]) with { Lost = new Dictionary<Side, double> { [Side.Network] = 0.2 } }).Record);
        Assert.NotNull(LessonJudge.Judge(Notes([], [With(1)]) with { Lost = null }).Record);
    }

    private static LessonNotes Notes(IReadOnlyList<FaultNote> faults, IReadOnlyList<Told> told) =>
        new(LessonPlan.Draw(1, 1, 0), S(0), S(1), new(S(1), S(10)), faults, told, [], [], [], new Dictionary<Side, double>());

    private static Told With(double at) => new("with-pupil", null, "", 1, "a") { At = S(at) };

    private static LessonFault Named(string name) => LessonFaults.All.Single(f => f.Name == name);

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
