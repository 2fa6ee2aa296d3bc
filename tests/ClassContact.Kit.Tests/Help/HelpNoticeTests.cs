using ClassContact.Kit.Help;
using ClassContact.Kit.Screen;
using Xunit;

namespace ClassContact.Kit.Tests.Help;

public sealed class HelpNoticeTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Later = Now + TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(1));
    private static readonly Words French = Words.Of("fr");

    private static readonly HelpState Known = new(new HelpCall(Now, HelpStage.Known, Later));

    [Fact]
    public void While_the_call_is_on_its_way_nothing_is_promised() =>
        Assert.Equal(new HelpNotice(Mood.Working, "On prévient le helpdesk…"), Say(new(new HelpCall(Now, HelpStage.Sending, null))));

    [Fact]
    public void An_open_helpdesk_that_knows_will_answer_here() =>
        Assert.Equal(new HelpNotice(Mood.Ready, "Le helpdesk est prévenu\u00a0: sa réponse s’affichera ici"), Say(Known));

    [Theory]
    [InlineData("2026-11-23T07:00:00Z", "8\u00a0h\u00a030")]
    [InlineData("2026-11-23T20:00:00Z", "demain")]
    [InlineData("2026-11-27T20:00:00Z", "lundi")]
    public void A_closed_helpdesk_that_knows_says_when_it_is_open_next(string at, string when)
    {
        var text = Say(Known, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture))!.Text;
        Assert.StartsWith("Le helpdesk est prévenu. Fermé", text, StringComparison.Ordinal);
        Assert.Contains(when, text.Replace('\u202f', '\u00a0'), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_clock_to_trust_only_the_hours_are_said() => Assert.Contains(French["helpdesk.hours"], Say(Known, null)!.Text, StringComparison.Ordinal);

    [Fact]
    public void A_helpdesk_that_is_not_reached_is_to_be_telephoned()
    {
        var notice = Say(new(new HelpCall(Now, HelpStage.NotReached, Later)))!;
        Assert.Equal(Mood.Trouble, notice.Mood);
        Assert.Contains(French["helpdesk.number"], notice.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bonjour, un instant.")]
    [InlineData("{text} {seconds} {number}")]
    [InlineData("<b>")]
    public void The_helpdesks_line_is_shown_as_it_is_and_before_all_else(string text) => Assert.Equal(
        new HelpNotice(Mood.Attention, $"Helpdesk\u00a0: {text}", "a"),
        Say(Known with { Answer = new(new("a", text), Later, IsShown: false) }));

    [Fact]
    public void What_is_over_is_not_said()
    {
        Assert.Null(Say(new()));
        Assert.Null(Say(new(new HelpCall(Now, HelpStage.Known, null))));
        Assert.Null(Say(new(new HelpCall(Now, HelpStage.NotReached, Now))));
        Assert.Null(Say(new(Answer: new(new("a", "x"), Now, IsShown: true))));
    }

    private static HelpNotice? Say(HelpState state) => Say(state, Monday);

    private static HelpNotice? Say(HelpState state, DateTimeOffset? clock) => HelpNotice.Of(state, HelpdeskHours.EveryWeek, Now, clock, French);
}
