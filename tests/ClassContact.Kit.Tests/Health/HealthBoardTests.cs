using ClassContact.Kit.Health;
using ClassContact.Messages;
using Xunit;
using static ClassContact.Kit.Tests.Health.Checks;

namespace ClassContact.Kit.Tests.Health;

public sealed class HealthBoardTests
{
    [Fact]
    public void A_kit_without_checks_is_ready() => Assert.Equal(KitHealth.Ready, HealthBoard.Of([], At(0)).Status.State);

    [Theory]
    [InlineData(Verdict.Pass, Severity.StopsCalls, KitHealth.Ready, false)]
    [InlineData(Verdict.Skipped, Severity.StopsCalls, KitHealth.Ready, false)]
    [InlineData(Verdict.Fail, Severity.StopsCalls, KitHealth.NotReady, true)]
    [InlineData(Verdict.Warn, Severity.StopsCalls, KitHealth.Degraded, true)]
    [InlineData(Verdict.Error, Severity.StopsCalls, KitHealth.Degraded, false)]
    [InlineData(Verdict.CannotTell, Severity.StopsCalls, KitHealth.Degraded, false)]
    [InlineData(Verdict.NeedsPerson, Severity.StopsCalls, KitHealth.Degraded, false)]
    [InlineData(Verdict.Fail, Severity.Degrades, KitHealth.Degraded, true)]
    [InlineData(Verdict.Warn, Severity.Degrades, KitHealth.Degraded, true)]
    [InlineData(Verdict.Error, Severity.Degrades, KitHealth.Degraded, false)]
    [InlineData(Verdict.Fail, Severity.Informs, KitHealth.Ready, true)]
    [InlineData(Verdict.Error, Severity.Informs, KitHealth.Ready, false)]
    public void A_verdict_and_what_it_means_for_the_kit(Verdict verdict, Severity severity, KitHealth state, bool isFault)
    {
        var board = HealthBoard.Of([Of("camera", severity)], At(0)).Next(1, ("camera", new(verdict, verdict is Verdict.Pass ? null : Gone)));
        Assert.Equal((state, isFault ? 1 : 0), (board.Status.State, board.Told.Length));
        Assert.Equal(verdict, Assert.Single(board.Status.Checks).Verdict);
    }

    [Fact]
    public void Only_the_first_cause_is_told_through_whatever_was_skipped_for_its_sake()
    {
        var board = HealthBoard.Of([Of("link"), Of("address", dependsOn: "link"), Of("meeting", dependsOn: "address")], At(0))
            .Next(1, ("link", Bad), ("address", Finding.Skipped(Gone)), ("meeting", Bad));
        Assert.Equal("link", Assert.Single(board.Told).Check.Code);
        Assert.Equal([null, "link", "link"], board.Status.Checks.Select(c => c.BecauseOf));
    }

    [Fact]
    public void A_cause_weighs_as_much_as_the_worst_that_it_causes()
    {
        var board = HealthBoard.Of([Of("clock", Severity.Informs), Of("camera", Severity.Degrades), Of("meeting", dependsOn: "clock")], At(0))
            .Next(1, ("clock", Bad), ("camera", Bad), ("meeting", Bad));
        Assert.Equal(["clock", "camera"], board.Told.Select(f => f.Check.Code));
        Assert.Equal((KitHealth.NotReady, "clock", Severity.StopsCalls), (board.Status.State, board.Status.Worst, board.Told[0].Severity));
    }

    [Fact]
    public void A_warning_explains_nothing()
    {
        var board = HealthBoard.Of([Of("wifi"), Of("meeting", dependsOn: "wifi")], At(0)).Next(1, ("wifi", Finding.Warn(Gone)), ("meeting", Bad));
        Assert.Equal(["meeting", "wifi"], board.Told.Select(f => f.Check.Code));
    }

    [Fact]
    public void What_was_skipped_because_of_a_fault_is_to_be_looked_at_again_when_that_has_gone()
    {
        var board = HealthBoard.Of([Of("sound"), Of("muted", dependsOn: "sound")], At(0)).Next(1, ("sound", Bad), ("muted", Finding.Skipped(Gone)));
        Assert.Empty(board.Orphans);
        Assert.Equal("muted", Assert.Single(board.Next(2, ("sound", Ok)).Orphans).Code);
        Assert.Empty(board.Next(2, ("sound", Ok)).Next(3, ("muted", Ok)).Orphans);
    }

    [Fact]
    public void A_fault_that_hides_one_already_told_is_told_at_once_and_nothing_gets_better_before_all_was_looked_at_again()
    {
        var board = HealthBoard.Of([Of("sound") with { Grace = TimeSpan.FromSeconds(20) }, Of("microphone", dependsOn: "sound") with { Grace = TimeSpan.FromSeconds(10) }], At(0))
            .Next(1, ("sound", Ok), ("microphone", Bad)).Next(40);
        Assert.Equal((KitHealth.NotReady, "microphone"), (board.Status.State, board.Status.Worst));
        var hidden = board.Next(50, ("sound", Bad)).Next(51, ("microphone", Finding.Skipped(Gone)));
        Assert.Equal((KitHealth.NotReady, "sound"), (hidden.Status.State, hidden.Status.Worst));
        Assert.Equal("sound", Assert.Single(hidden.Told).Check.Code);
        var mended = hidden.Next(80, ("sound", Ok));
        Assert.Equal(KitHealth.NotReady, mended.Status.State); // nobody knows of the microphone yet
        Assert.Equal(KitHealth.NotReady, mended.Next(81, ("microphone", Bad)).Status.State);
        Assert.Equal(KitHealth.Ready, mended.Next(81, ("microphone", Ok)).Status.State);
    }

    [Fact]
    public void A_circle_of_dependencies_hides_no_fault()
    {
        var board = HealthBoard.Of([Of("a", dependsOn: ["b", "a"]), Of("b", dependsOn: "a")], At(0)).Next(1, ("a", Bad), ("b", Bad));
        Assert.Equal("a", Assert.Single(board.Told).Check.Code);
    }

    [Fact]
    public void A_fault_is_not_told_before_its_grace_has_passed_nor_what_it_causes()
    {
        var board = HealthBoard.Of([Of("camera") with { Grace = TimeSpan.FromSeconds(10) }, Of("picture", dependsOn: "camera")], At(0))
            .Next(1, ("camera", Bad), ("picture", Bad));
        Assert.Equal((0, KitHealth.Checking, TimeSpan.FromSeconds(11)), (board.Told.Length, board.Status.State, board.ChangesAt));
        Assert.Empty(board.Next(10.9).Told);
        Assert.Equal("camera", Assert.Single(board.Next(11).Told).Check.Code);
    }

    [Fact]
    public void A_new_reason_does_not_begin_the_grace_anew_but_a_pass_does()
    {
        var camera = HealthBoard.Of([Of("camera") with { Grace = TimeSpan.FromSeconds(10) }], At(0)).Next(1, ("camera", Bad));
        Assert.Single(camera.Next(6, ("camera", Finding.Fail("slow"))).Next(11).Told);
        Assert.Empty(camera.Next(6, ("camera", Ok)).Next(7, ("camera", Bad)).Next(11).Told);
    }

    [Fact]
    public void What_a_cause_explained_waits_for_a_look_after_the_cause_has_gone()
    {
        var board = HealthBoard.Of([Of("link"), Of("meeting", dependsOn: "link")], At(0)).Next(40, ("link", Bad), ("meeting", Bad)).Next(50, ("link", Ok));
        Assert.Empty(board.Told);
        Assert.Equal("meeting", Assert.Single(board.Orphans).Code);
        Assert.Equal("meeting", Assert.Single(board.Next(51, ("meeting", Bad)).Told).Check.Code);
        Assert.Empty(board.Next(51, ("meeting", Ok)).Orphans);
    }

    [Theory]
    [InlineData("f", "-")]
    [InlineData("pff", "--")]
    [InlineData("fff", "f")]
    [InlineData("fpfpf", "f")]
    [InlineData("fppff", "f")]
    [InlineData("fppfpf", "-")]
    [InlineData("fffpppp", "f")]
    [InlineData("fffppppp", "-")]
    [InlineData("fffpppfpppp", "f")]
    [InlineData("ffeeef", "f")]
    [InlineData("fffe", "e")]
    [InlineData("fffep", "f")]
    public void A_figure_that_jumps_is_raised_by_three_of_five_and_cleared_by_none_of_five(string looks, string expected)
    {
        var board = HealthBoard.Of([Of("loss") with { Settles = true }], At(0));
        foreach (var (look, index) in looks.Select((look, index) => (look, index)))
            board = board.Next(index + 1, ("loss", look switch { 'f' => Bad, 'e' => Finding.Error(CheckRun.TooSlow), _ => Ok }));
        var verdict = Assert.Single(board.Status.Checks).Verdict;
        Assert.Equal(expected[0], verdict switch { Verdict.Fail => 'f', Verdict.Error => 'e', _ => '-' });
    }

    [Fact]
    public void Nothing_is_told_while_it_warms_up_and_then_what_is_known()
    {
        var board = HealthBoard.Of([Of("camera"), Of("slow")], At(0)).Next(1, ("camera", Bad));
        Assert.Equal((KitHealth.Checking, 0, HealthBoard.WarmUp), (board.Status.State, board.Told.Length, board.ChangesAt));
        Assert.Equal((KitHealth.NotReady, "camera"), (board.Next(30).Status.State, board.Next(30).Status.Worst));
        Assert.Equal(KitHealth.NotReady, board.Next(2, ("slow", Ok)).Status.State);
    }

    [Fact]
    public void A_kit_of_which_something_was_never_looked_at_is_not_ready_but_being_checked() =>
        Assert.Equal(KitHealth.Checking, HealthBoard.Of([Of("camera"), Of("slow")], At(0)).Next(1, ("camera", Ok)).Next(100).Status.State);

    [Fact]
    public void Since_when_follows_a_wall_clock_that_was_set_and_ignores_its_drift()
    {
        var board = HealthBoard.Of([Of("camera")], At(0)).Next(10, ("camera", Bad));
        Assert.Equal(Monday.AddSeconds(10), board.Status.Checks[0].Since);
        var drifted = board.Next(new Dictionary<string, Finding>(), new(TimeSpan.FromSeconds(60), Monday.AddSeconds(61)));
        Assert.Equal(Monday.AddSeconds(10), drifted.Status.Checks[0].Since);
        Assert.True(drifted.TellsTheSameAs(board));
        var set = drifted.Next(new Dictionary<string, Finding>(), new(TimeSpan.FromSeconds(70), Monday.AddYears(3).AddSeconds(70)));
        Assert.Equal((Monday.AddYears(3).AddSeconds(10), Monday.AddYears(3).AddSeconds(10)), (set.Status.Checks[0].Since, set.Status.Since));
        Assert.Equal(board.Told, set.Told);
    }

    [Fact]
    public void New_measures_are_nothing_new_but_are_the_measures()
    {
        var one = HealthBoard.Of([Of("disk")], At(0)).Next(1, ("disk", Finding.Pass(new Measure("free", 5, "By"))));
        var two = one.Next(2, ("disk", Finding.Pass(new Measure("free", 4, "By"), new Measure("nonsense", double.NaN, "1"))));
        Assert.True(one.TellsTheSameAs(two));
        Assert.Equal(new Measure("free", 4, "By"), Assert.Single(two.Measures));
    }

    [Fact]
    public void A_check_that_only_a_person_may_run_is_not_on_the_board() =>
        Assert.Equal(KitHealth.Ready, HealthBoard.Of([Of("sound") with { OnlyInDiagnosis = true }], At(0)).Status.State);
}
