using ClassContact.Kit.Keys;
using Xunit;
using static ClassContact.Kit.Tests.Keys.Recording;

namespace ClassContact.Kit.Tests.Keys;

public class ChordReaderTests
{
    private static readonly TimeSpan Begin = TimeSpan.FromSeconds(5000);
    private static readonly KeyStroke Start = new(KeyAction.Start, Held: false);
    private static readonly KeyStroke EndHeld = new(KeyAction.End, Held: true);
    private static readonly KeyStroke EndTap = new(KeyAction.End, Held: false);

    private readonly ChordReader keys = new(new KeySettings().Chords());
    private readonly ChordReader chords = new(new KeySettings("LeftCtrl+LeftAlt+S", "LeftCtrl+F10", Mute: "", Help: null).Chords());

    [Fact]
    public void A_start_is_given_50_ms_after_its_press_and_once()
    {
        Assert.Empty(Play(keys, Record().Press(F9, 0)));
        Assert.Equal(At(50), keys.Deadline);
        Assert.Empty(keys.Tick(At(49)));
        Assert.Equal([Start], keys.Tick(At(50)));
        Assert.Null(keys.Deadline);
        Assert.Empty(Play(keys, Record().Repeats(F9, 0, 5000).Release(F9, 5000), until: 9000));
    }

    [Fact]
    public void A_press_shorter_than_that_is_a_start_too() =>
        Assert.Equal([Start], Play(keys, Record().Press(F9, 0).Release(F9, 8), until: 50));

    [Fact]
    public void Two_presses_are_two_starts() =>
        Assert.Equal([Start, Start], Play(keys, Record().Press(F9, 0).Release(F9, 90).Press(F9, 200).Release(F9, 280), until: 1000));

    [Fact]
    public void A_bouncing_key_is_one_press() =>
        Assert.Equal(
            [Start],
            Play(keys, Record().Press(F9, 0).Release(F9, 3).Press(F9, 5).Release(F9, 11).Press(F9, 14)
                .Release(F9, 120).Press(F9, 128).Release(F9, 131), until: 1000));

    [Fact]
    public void A_release_of_50_ms_is_no_bounce() =>
        Assert.Equal([Start, Start], Play(keys, Record().Press(F9, 0).Release(F9, 100).Press(F9, 150).Release(F9, 200), until: 1000));

    [Fact]
    public void An_end_that_is_held_for_a_second_is_given_while_it_is_down()
    {
        Play(keys, Record().Press(F10, 0).Repeats(F10, 0, 999));
        Assert.Equal(At(1000), keys.Deadline);
        Assert.Equal([EndHeld], keys.Tick(At(1000)));
        Assert.Empty(Play(keys, Record().Release(F10, 3000), until: 9000));
    }

    [Fact]
    public void An_end_that_is_let_go_before_is_a_tap() =>
        Assert.Equal([EndTap], Play(keys, Record().Press(F10, 0).Release(F10, 990), until: 3000));

    [Theory]
    [InlineData(F8, KeyAction.Mute)]
    [InlineData(F1, KeyAction.Help)]
    public void Mute_and_help_are_given_as_a_start_is(ushort code, KeyAction action)
    {
        Assert.Empty(Play(keys, Record().Press(code, 0), until: 49));
        Assert.Equal([new(action, Held: false)], keys.Tick(At(50)));
        Assert.Empty(Play(keys, Record().Repeats(code, 0, 5000).Release(code, 5000), until: 9000));
    }

    [Theory]
    [InlineData(F8)]
    [InlineData(F1)]
    public void Mute_and_help_beside_another_key_are_a_stray_hand(ushort code) =>
        Assert.Empty(Play(keys, Record().Press(F9, 0).Press(code, 20), until: 9000));

    [Fact]
    public void A_bounce_within_a_hold_does_not_break_it() =>
        Assert.Equal([EndHeld], Play(keys, Record().Press(F10, 0).Release(F10, 4).Press(F10, 7).Release(F10, 985).Press(F10, 1002), until: 3000));

    [Fact]
    public void A_hold_that_was_complete_before_a_late_read_is_a_hold() =>
        Assert.Equal([EndHeld], Play(keys, Record().Press(F10, 0).Release(F10, 1001).Press(F8, 5000)));

    [Fact]
    public void A_chord_may_be_pressed_in_any_order_and_as_slowly_as_one_likes()
    {
        Assert.Equal([Start], Play(chords, Record().Press(S, 0).Press(Ctrl, 900).Press(Alt, 4000).Release(S, 4060), until: 5000));
        Assert.Empty(Play(chords, Record().Release(Ctrl, 5100).Press(Ctrl, 5300), until: 6000));
    }

    [Fact]
    public void A_chord_that_was_never_complete_gives_nothing() =>
        Assert.Empty(Play(chords, Record().Press(Ctrl, 0).Press(S, 400).Release(Ctrl, 900).Press(Alt, 1300).Release(Alt, 1500).Release(S, 1700), until: 9000));

    [Fact]
    public void A_modifier_that_stays_down_serves_the_next_chord() =>
        Assert.Equal(
            [Start, EndTap],
            Play(chords, Record().Press(Ctrl, 0).Press(Alt, 50).Press(S, 90).Release(S, 200).Release(Alt, 220)
                .Press(F10, 900).Release(F10, 1000), until: 2000));

    [Theory]
    [InlineData(-299)]
    [InlineData(0)]
    [InlineData(49)]
    public void A_hand_on_several_keys_starts_nothing(double other)
    {
        var hand = Record().Press(F9, 0);
        hand.Events.AddRange(Record().Press(A, other).Events);
        Assert.Empty(Play(keys, hand, until: 9000));
    }

    [Theory]
    [InlineData(-299)]
    [InlineData(0)]
    [InlineData(999)]
    public void A_hand_on_several_keys_ends_nothing(double other)
    {
        var hand = Record().Press(F10, 0);
        hand.Events.AddRange(Record().Press(A, other).Events);
        Assert.Empty(Play(keys, hand, until: 9000));
    }

    [Fact]
    public void A_book_on_the_keyboard_does_not_disable_the_start() =>
        Assert.Equal([Start], Play(keys, Record().Press(A, -5000).Press(Shift, -4990).Repeats(Shift, -4990, 200).Press(F9, 0), until: 9000));

    [Theory]
    [InlineData(Fn)]
    [InlineData(MouseLeft)]
    public void The_Fn_key_of_a_laptop_and_mouse_buttons_are_no_stray_hand(ushort code) =>
        Assert.Equal([Start], Play(keys, Record().Press(code, -20).Press(F9, 0), until: 1000));

    [Fact]
    public void Lost_events_end_what_was_under_way_without_a_stroke()
    {
        Assert.Empty(Play(keys, Record().Press(F10, 0).Dropped(500).Release(F10, 501), until: 4000));
        Assert.True(keys.NeedsKeyState);
        Assert.Empty(Play(keys, Record().Press(F9, 4000), until: 4500)); // not read before the keys' state is known
        keys.Resync(new HashSet<ushort>(), At(4500));
        Assert.False(keys.NeedsKeyState);
        Assert.Equal([Start], Play(keys, Record().Press(F9, 5000), until: 6000));
    }

    [Fact]
    public void A_key_that_is_down_after_lost_events_counts_only_once_it_was_up()
    {
        Play(keys, Record().Dropped(0).Report(1));
        keys.Resync(new HashSet<ushort> { F9, F10 }, At(2));
        Assert.Empty(keys.Tick(At(5000)));
        Assert.Empty(Play(keys, Record().Release(F9, 5000).Release(F10, 5000), until: 6000));
        Assert.Equal([Start], Play(keys, Record().Press(F9, 6000), until: 7000));
    }

    [Fact]
    public void The_state_is_the_same_whichever_other_keys_were_pressed()
    {
        var states = Enumerable.Range(0, KeyNames.Highest + 1).Select(code => (ushort)code)
            .Where(code => code is not (F9 or F10 or Fn) and (< 0x100 or >= 0x160))
            .Select(code =>
            {
                var reader = new ChordReader(new KeySettings(Mute: "", Help: "").Chords());
                Play(reader, Record().Press(code, 0).Press(F9, 10).Repeats(code, 0, 600).Release(code, 700));
                return reader.ToString();
            });
        Assert.Single(states.Distinct());
    }

    private static Recording Record() => new(Begin);

    private static TimeSpan At(double ms) => Begin + TimeSpan.FromMilliseconds(ms);

    // Plays the events in the order of their times, ticking as the worker does: at the deadlines.
    private static List<KeyStroke> Play(ChordReader reader, Recording recording, double? until = null)
    {
        List<KeyStroke> strokes = [];
        foreach (var e in recording.Events.OrderBy(e => e.At))
            strokes.AddRange(reader.Read(e));
        while (until is { } ms && reader.Deadline is { } deadline && deadline <= At(ms))
            strokes.AddRange(reader.Tick(deadline));
        return strokes;
    }
}
