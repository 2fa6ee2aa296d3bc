using ClassContact.Kit.Requests;
using ClassContact.Messages;
using Xunit;
using static ClassContact.Kit.Tests.Requests.Asked;

namespace ClassContact.Kit.Tests.Requests;

/// <summary>Requests that do something: allowed or not, now or not, once and not twice.</summary>
public sealed class AtMostOnceTests
{
    private static readonly Situation InCall = new(true, TimeSpan.Zero, true);
    private static readonly RequestGate New = new(RequestName.All, RequestBook.Empty, "boot-1");

    public static TheoryData<string> Harmful => [.. RequestName.All.Where(name => !Wanted.IsHarmlessByName(name))];

    [Theory]
    [MemberData(nameof(Harmful))]
    public void Without_a_clock_to_trust_nothing_is_done_that_could_do_harm(string name) =>
        Assert.Equal("clock", New.Hear(Heard(name, "a"), new(default, null)).Verdict);

    [Fact]
    public void Without_a_clock_to_trust_the_kit_is_still_diagnosed() =>
        Assert.Equal("accepted", New.Hear(Heard(RequestName.RunDiagnosis, "a", DateTimeOffset.UnixEpoch), new(default, null)).Verdict);

    [Theory]
    [InlineData(60, "accepted")]
    [InlineData(61, "expires-late")]
    public void What_would_expire_too_late_is_refused_as_it_could_come_again_when_it_is_forgotten(int minutes, string verdict) =>
        Assert.Equal(verdict, New.Hear(Heard(RequestName.RunDiagnosis, "a", Clock.AddMinutes(minutes)), Moment()).Verdict);

    [Fact]
    public void By_the_settings_all_is_allowed_but_a_reboot() => Assert.All(RequestName.All, name => Assert.Equal(
        name is RequestName.Reboot ? "not-allowed" : "accepted", (New with { Allowed = new RequestSettings().Names() }).Hear(Heard(name, "a"), Moment()).Verdict));

    [Theory]
    [InlineData("not-allowed", "show-message")]
    [InlineData("accepted", "reboot")]
    public void Only_what_the_settings_allow_is_done(string verdict, string name) =>
        Assert.Equal(verdict, (New with { Allowed = new RequestSettings([RequestName.Reboot]).Names() }).Hear(Heard(name, "a"), Moment()).Verdict);

    [Fact]
    public void A_name_that_is_no_request_is_a_problem_of_the_settings() =>
        Assert.StartsWith("allow 'send-logs'", Assert.Single(new RequestSettings(["send-logs", "reboot"]).Problems()), StringComparison.Ordinal);

    [Theory]
    [InlineData("run-diagnosis", "in-call")]
    [InlineData("restart-browser", "in-call")]
    [InlineData("reboot", "in-call")]
    [InlineData("reload-settings", "in-call")]
    [InlineData("set-log-level", "accepted")]
    [InlineData("refresh-link", "accepted")]
    [InlineData("send-bundle", "accepted")]
    [InlineData("show-message", "accepted")]
    public void What_would_disturb_a_class_is_refused_in_one(string name, string verdict) =>
        Assert.Equal(verdict, New.Hear(Heard(name, "a"), Moment(InCall)).Verdict);

    [Theory]
    [InlineData(null, true, null)]
    [InlineData(null, false, null)]
    [InlineData(9.9, false, "lesson")]
    [InlineData(10.0, false, null)]
    [InlineData(29.9, true, "lesson")]
    [InlineData(30.0, true, null)]
    public void A_kit_is_rebooted_only_when_nobody_needed_it_for_a_while(double? minutesSinceClass, bool isSchoolTime, string? reason)
    {
        TimeSpan? since = minutesSinceClass is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
        Assert.Equal(reason, new Situation(false, since, isSchoolTime).Objection(RequestName.Reboot));
    }

    [Fact]
    public void One_is_done_and_four_wait_and_a_sixth_is_refused_until_one_is_over()
    {
        var gate = New;
        for (var n = 0; n < RequestGate.MostDue; n++)
            gate = gate.Hear(Heard(RequestName.RunDiagnosis, $"id-{n}"), Moment()).Gate;
        Assert.Equal("busy", gate.Hear(Heard(RequestName.RunDiagnosis, "more"), Moment()).Verdict);
        gate = gate.Ended("id-0").Gate;
        Assert.Equal("accepted", gate.Hear(Heard(RequestName.RunDiagnosis, "another"), Moment()).Verdict);
    }

    [Fact]
    public void The_same_id_again_is_answered_as_before_whatever_is_in_it_and_nothing_is_done()
    {
        var gate = New.Hear(Heard(RequestName.RunDiagnosis, "a"), Moment()).Gate.Ended("a", "in-call").Gate;
        foreach (var name in RequestName.All)
        {
            var again = gate.Hear(Heard(name, "a"), Moment());
            Assert.Equal((new Reply("a", RequestName.RunDiagnosis, Outcome.Refused, "in-call"), null, "again"), (again.Reply, again.Do, again.Verdict));
        }
    }

    [Fact]
    public void An_outcome_is_told_once()
    {
        var gate = New.Hear(Heard(RequestName.Reboot, "a"), Moment()).Gate.Ended("a").Gate;
        Assert.Null(gate.Ended("a", "failed").Reply);
        Assert.Null(gate.Shown("a").Reply);
    }

    [Theory]
    [InlineData("reload-settings", "boot-1", Outcome.Done, null)]
    [InlineData("reboot", "boot-1", Outcome.Refused, "interrupted")]
    [InlineData("reboot", "boot-2", Outcome.Done, null)]
    [InlineData("restart-browser", "boot-1", Outcome.Refused, "interrupted")]
    [InlineData("show-message", "boot-2", Outcome.Refused, "interrupted")]
    public void A_restart_is_what_some_waited_for_and_has_interrupted_the_others(string name, string bootOfNow, Outcome outcome, string? reason)
    {
        var book = New.Hear(Heard(name, "a"), Moment()).Gate.Book.Resumed(bootOfNow);
        Assert.Equal(new Reply("a", name, outcome, reason), book.Find("a")!.Reply);
        var again = (New with { Book = book }).Hear(Heard(name, "a"), Moment());
        Assert.Equal((null, outcome), (again.Do, again.Reply!.Outcome));
    }

    [Fact]
    public void A_full_book_forgets_what_cannot_come_again_and_refuses_more_when_all_could()
    {
        var gate = New;
        for (var n = 0; n < RequestBook.Most; n++)
            gate = gate.Hear(Heard(RequestName.ReloadSettings, $"id-{n}"), Moment(minute: n)).Gate.Ended($"id-{n}").Gate;
        Assert.Equal("too-many", gate.Hear(Heard(RequestName.ReloadSettings, "more"), Moment(minute: RequestBook.Most)).Verdict);
        var later = Moment(minute: RequestBook.Most + 1) with { WallClock = Clock.AddHours(1) };
        var next = gate.Hear(Heard(RequestName.ReloadSettings, "more", Clock.AddHours(1.5)), later);
        Assert.Equal(("accepted", RequestBook.Most), (next.Verdict, next.Gate.Book.Entries.Length));
        Assert.Null(next.Gate.Book.Find("id-0"));
    }

    [Fact]
    public void Messages_that_no_screen_ever_showed_do_not_fill_the_book()
    {
        var gate = New;
        for (var n = 0; n < RequestBook.Most; n++)
            gate = gate.Hear(Heard(RequestName.ShowMessage, $"id-{n}"), Moment(minute: n)).Gate;
        Assert.Equal("accepted", gate.Hear(Heard(RequestName.ReloadSettings, "more"), Moment(minute: RequestBook.Most)).Verdict);
    }

    [Theory]
    [InlineData(366, "expired")]
    [InlineData(-366, "expires-late")]
    public void A_clock_that_jumps_by_a_year_has_nothing_done(int days, string verdict) =>
        Assert.Equal(verdict, New.Hear(Heard(RequestName.Reboot, "a"), new(default, Clock.AddDays(days))).Verdict);

    [Fact]
    public void After_a_book_was_lost_what_may_have_been_done_already_is_refused_and_what_is_surely_new_is_not()
    {
        var gate = New with { Book = RequestBook.AfterLoss(null) };
        Assert.Equal("clock", gate.Hear(Heard(RequestName.Reboot, "a"), new(default, null)).Verdict);
        var lost = gate.Hear(Heard(RequestName.Reboot, "b"), Moment());
        Assert.Equal(("forgotten", Clock), (lost.Verdict, lost.Gate.Book.LostAt));
        Assert.Equal("accepted", lost.Gate.Hear(Heard(RequestName.RunDiagnosis, "c"), Moment()).Verdict);
        Assert.Equal(Clock.AddYears(-1), lost.Gate.Hear(Heard(RequestName.Reboot, "e"), new(default, Clock.AddYears(-1))).Gate.Book.LostAt); // that clock was wrong
        var later = new RequestMoment(default, Clock.AddMinutes(59));
        Assert.Equal("accepted", lost.Gate.Hear(Heard(RequestName.Reboot, "d", Clock.AddMinutes(61)), later).Verdict);
    }
}
