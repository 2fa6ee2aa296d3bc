using ClassContact.Kit.CallButton;
using ClassContact.Kit.Keys;
using Xunit;

namespace ClassContact.Kit.Tests.CallButton;

public sealed class ButtonReaderTests
{
    private static readonly TimeSpan Begin = TimeSpan.FromSeconds(5000);
    private readonly ButtonReader button = new();

    [Fact]
    public void A_short_press_is_a_start_once_it_is_let_go() => Assert.Equal("650 start", Play("u0 d300 d500 u600 u1600"));

    [Fact]
    public void A_press_of_a_second_is_an_end_while_it_is_down() => Assert.Equal("1500 end", Play("u0 d500 d700 d900 d1100 d1300 d1500 d1700 u1800 u2800"));

    [Fact]
    public void A_release_after_a_second_tells_of_the_hold_too() => Assert.Equal("1550 end", Play("u0 d500 d700 d900 d1100 d1300 d1490 u1550 u2550"));

    [Fact]
    public void Worn_contacts_make_one_press_of_one() => Assert.Equal("350 start", Play("u0 d200 u205 d210 u215 d218 u300 u1300"));

    [Fact]
    public void Worn_contacts_after_an_end_start_nothing() => Assert.Equal("1100 end", Play("u0 d100 d300 d500 d700 d900 d1100 u1200 d1210 u1220 d1230 u1240 u2240"));

    [Fact]
    public void Two_presses_are_two_starts() => Assert.Equal("350 start, 650 start", Play("u0 d200 u300 d500 u600 u1600"));

    [Fact]
    public void A_button_that_is_down_from_the_beginning_counts_only_once_it_was_up() =>
        Assert.Equal("3450 start", Play("d0 d500 d1000 d1500 d2000 u2500 d3300 u3400 u4400"));

    [Fact]
    public void A_box_that_dies_with_its_button_down_ends_nothing()
    {
        Assert.Equal("", Play("u0 d500 d700"));
        Assert.Null(button.Tick(At(60_000)));
    }

    [Fact]
    public void A_press_in_which_the_box_was_silent_is_void() => Assert.Equal("4950 start", Play("u0 d500 d1600 d2000 d2700 d3300 u3400 d4800 u4900 u5900"));

    [Fact]
    public void A_kit_that_slept_during_a_press_takes_it_for_none() => Assert.Equal("", Play("u0 d500 d700 d9000 u9000 u10000"));

    // Says the states at their times, ticking at the deadlines in between as the visit does.
    private string Play(string states)
    {
        List<string> strokes = [];
        foreach (var state in states.Split(' '))
        {
            var at = At(double.Parse(state[1..], System.Globalization.CultureInfo.InvariantCulture));
            while (button.Deadline is { } due && due < at)
                Note(button.Tick(due), due);
            Note(button.Read(state[0] == 'd', at), at);
        }
        return string.Join(", ", strokes);

        void Note(KeyStroke? stroke, TimeSpan at)
        {
            if (stroke is not null)
                strokes.Add($"{(at - Begin).TotalMilliseconds} {(stroke.Held ? "end" : "start")}");
        }
    }

    private static TimeSpan At(double ms) => Begin + TimeSpan.FromMilliseconds(ms);
}
