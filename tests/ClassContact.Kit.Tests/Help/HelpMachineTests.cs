using ClassContact.Kit.Help;
using ClassContact.Kit.Requests;
using Xunit;

namespace ClassContact.Kit.Tests.Help;

public sealed class HelpMachineTests
{
    private static readonly HelpdeskMessage Hello = new("a", "Bonjour");

    private HelpState state = new();
    private int sent;

    [Fact]
    public void A_press_sends_one_call_and_a_second_within_a_minute_changes_nothing()
    {
        Press(0);
        var before = state;
        Press(1);
        Press(14);
        Assert.Equal((1, before), (sent, state));
        Delivered(14.5, 0);
        Press(59.9);
        Assert.Equal(1, sent);
        Press(60);
        Assert.Equal((2, HelpStage.Sending), (sent, state.Call!.Stage));
    }

    [Fact]
    public void What_the_broker_has_is_known_for_half_a_minute_and_a_press_shows_it_again()
    {
        Press(0);
        Delivered(1, 0);
        Assert.Equal((HelpStage.Known, At(31)), (state.Call!.Stage, state.Call.Until));
        Tick(31);
        Assert.Null(state.Call!.Until);
        Press(40);
        Assert.Equal((1, HelpStage.Known, At(70)), (sent, state.Call!.Stage, state.Call.Until));
    }

    [Fact]
    public void What_is_not_acknowledged_within_15_seconds_is_not_reached_for_a_minute()
    {
        Press(0);
        Tick(14.9);
        Assert.Equal(HelpStage.Sending, state.Call!.Stage);
        Tick(15);
        Assert.Equal((HelpStage.NotReached, At(75)), (state.Call!.Stage, state.Call.Until));
        Tick(75);
        Assert.Equal((HelpStage.NotReached, null), (state.Call!.Stage, state.Call.Until));
    }

    [Fact]
    public void Without_a_broker_nothing_is_sent_and_that_is_said_at_once()
    {
        Take(0, new HelpEvent.Pressed(CanSend: false));
        Assert.Equal((0, HelpStage.NotReached), (sent, state.Call!.Stage));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(599, true)]
    [InlineData(600, false)]
    [InlineData(90_000, false)]
    public void What_gets_through_late_is_told_unless_the_room_has_forgotten_the_press(double later, bool isTold)
    {
        Press(0);
        Delivered(later, 0);
        Assert.Equal((HelpStage.Known, isTold), (state.Call!.Stage, state.Call.Until is not null));
    }

    [Fact]
    public void That_an_earlier_call_got_through_says_nothing_of_a_later_one()
    {
        Press(0);
        Press(70);
        Delivered(71, 0);
        Assert.Equal(HelpStage.Sending, state.Call!.Stage);
        Delivered(72, 70);
        Assert.Equal(HelpStage.Known, state.Call!.Stage);
    }

    [Fact]
    public void The_helpdesks_line_stays_a_minute_from_when_it_was_shown_and_that_is_told_once()
    {
        Take(0, new HelpEvent.Answered(Hello));
        Assert.Equal("a", Take(5, new HelpEvent.Shown("a")).TellShown);
        Assert.Null(Take(6, new HelpEvent.Shown("a")).TellShown);
        Assert.Null(Take(6, new HelpEvent.Shown("b")).TellShown);
        Tick(64.9);
        Assert.Equal(Hello, state.Answer?.Message);
        Tick(65);
        Assert.Null(state.Answer);
    }

    [Fact]
    public void A_line_that_no_screen_takes_is_gone_after_a_minute_and_never_said_to_be_shown()
    {
        Take(0, new HelpEvent.Answered(Hello));
        Tick(60);
        Assert.Null(state.Answer);
        Assert.Null(Take(61, new HelpEvent.Shown("a")).TellShown);
    }

    [Fact]
    public void The_help_key_takes_the_line_away_and_calls_nobody()
    {
        Take(0, new HelpEvent.Answered(Hello));
        Take(1, new HelpEvent.Shown("a"));
        Press(10);
        Assert.Equal((0, null), (sent, state.Answer));
        Press(11);
        Assert.Equal(1, sent);
    }

    [Fact]
    public void A_line_that_no_screen_shows_yet_keeps_nobody_from_calling()
    {
        Take(0, new HelpEvent.Answered(Hello));
        Press(10);
        Assert.Equal((1, Hello), (sent, state.Answer!.Message));
    }

    [Fact]
    public void An_answer_takes_the_place_of_that_the_helpdesk_knows_and_the_newest_answer_that_of_the_last()
    {
        Press(0);
        Delivered(1, 0);
        Take(5, new HelpEvent.Answered(Hello));
        Take(6, new HelpEvent.Answered(new("b", "Encore")));
        Assert.Equal(("b", null), (state.Answer!.Message.Id, state.Call!.Until));
    }

    [Fact]
    public void Nothing_is_due_where_nothing_changes_by_itself()
    {
        Assert.Null(state.ChangesAt);
        Press(0);
        Assert.Equal(At(15), state.ChangesAt);
        Delivered(1, 0);
        Assert.Equal(At(31), state.ChangesAt);
        Tick(31);
        Assert.Null(state.ChangesAt);
    }

    // Whatever happens: one call a minute at the most, what is due is in the future, and a line is shown for a minute at the most.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_happens_no_minute_has_two_calls_and_no_word_stays_for_ever(int seed)
    {
        var random = new Random(seed);
        var (now, last, calls) = (0.0, -60.0, new List<double>());
        for (var n = 0; n < 20_000; n++)
        {
            now += random.NextDouble() * random.Next(30);
            var before = sent;
            Take(now, random.Next(6) switch
            {
                0 or 1 => new HelpEvent.Pressed(random.Next(5) > 0),
                2 when calls.Count > 0 => new HelpEvent.Delivered(At(calls[random.Next(calls.Count)])),
                3 => new HelpEvent.Answered(new($"id-{n}", "x")),
                4 => new HelpEvent.Shown(state.Answer?.Message.Id ?? "x"),
                _ => new HelpEvent.Tick(),
            });
            if (sent > before)
            {
                Assert.True(now - last >= 60);
                last = now;
                calls.Add(now);
            }
            Assert.True(state.ChangesAt is not { } due || (due > At(now) && due <= At(now + 75)), $"{now}: {state}");
        }
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Press(double at) => Take(at, new HelpEvent.Pressed(CanSend: true));

    private void Delivered(double at, double pressed) => Take(at, new HelpEvent.Delivered(At(pressed)));

    private void Tick(double at) => Take(at, new HelpEvent.Tick());

    private HelpStep Take(double at, HelpEvent e)
    {
        var step = HelpMachine.Next(state, e, At(at));
        state = step.State;
        sent += step.Sends ? 1 : 0;
        return step;
    }
}
