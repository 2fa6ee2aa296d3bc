using System.Runtime.Versioning;
using ClassContact.Kit.Keys;
using Xunit;
using static ClassContact.Kit.Tests.Keys.Recording;

namespace ClassContact.Kit.Tests.Keys;

[SupportedOSPlatform("linux")]
public class KeysWorkerTests
{
    private static readonly KeyStroke Start = new(KeyAction.Start, Held: false);
    private static readonly KeyStroke EndHeld = new(KeyAction.End, Held: true);
    private static readonly KeyStroke EndTap = new(KeyAction.End, Held: false);

    [Fact]
    public async Task A_press_with_its_repeats_is_one_start()
    {
        await using var listening = new Listening();
        using var keyboard = listening.Plug("event0");
        listening.Run();
        keyboard.Send(listening.Record().Press(F9, 0));
        listening.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(Start, await listening.Stroke());
        keyboard.Send(new Recording(listening.Time.Monotonic - TimeSpan.FromMilliseconds(50)).Repeats(F9, 0, 900).Release(F9, 900));
        Assert.Equal(Start, await listening.StartAfterQuiet(keyboard));
        Assert.False(listening.HasStroke);
    }

    [Fact]
    public async Task What_was_pressed_before_the_first_read_is_not_lost()
    {
        await using var listening = new Listening { Settings = new("LeftCtrl+LeftAlt+S", "F10") };
        using var keyboard = listening.Plug("event0");
        keyboard.Send(listening.Record().Press(Ctrl, 0).Press(Alt, 20).Press(S, 40).Release(S, 90).Release(Alt, 95).Release(Ctrl, 99));
        listening.Time.Advance(TimeSpan.FromMilliseconds(200));
        listening.Run();
        Assert.Equal(Start, await listening.Stroke());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(24)]
    [InlineData(1)]
    [InlineData(50)]
    public async Task Events_that_come_in_pieces_are_put_together(int piece)
    {
        await using var listening = new Listening();
        using var keyboard = listening.Plug("event0");
        listening.Run();
        await listening.Keyboards(1);
        var bytes = listening.Record().Press(F10, 0).Release(F10, 60).Bytes();
        for (var i = 0; i < bytes.Length; i += piece)
            keyboard.Send(bytes.AsSpan(i, Math.Min(piece, bytes.Length - i)));
        listening.Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(EndTap, await listening.Stroke());
        Assert.DoesNotContain(listening.Log, line => line.Contains("odd", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_end_is_held_for_a_second_and_nothing_wakes_the_thread_meanwhile()
    {
        await using var listening = new Listening();
        using var keyboard = listening.Plug("event0");
        listening.Run();
        await listening.Keyboards(1);
        var pressed = listening.Time.Monotonic;
        keyboard.Send(listening.Record().Press(F10, 0));
        await Listening.Until(() => listening.Time.NextTimer == pressed + TimeSpan.FromSeconds(1));
        listening.Time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(listening.HasStroke);
        listening.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(EndHeld, await listening.Stroke());
        await Listening.Until(() => listening.Time.NextTimer == pressed + KeysWorker.SlowLook);
    }

    [Fact]
    public async Task Each_keyboard_has_its_own_chord()
    {
        await using var listening = new Listening { Settings = new("LeftCtrl+S", "F10") };
        using var one = listening.Plug("event0");
        using var two = listening.Plug("event1");
        listening.Run();
        await listening.Keyboards(2);
        one.Send(listening.Record().Press(Ctrl, 0));
        two.Send(listening.Record().Press(S, 10)); // half a chord on each: nothing
        listening.Time.Advance(TimeSpan.FromSeconds(1));
        two.Send(listening.Record().Press(F10, 0).Release(F10, 80));
        listening.Time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(EndTap, await listening.Stroke());
        one.Send(listening.Record().Press(S, 0));
        listening.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(Start, await listening.Stroke());
    }

    [Fact]
    public async Task Lost_events_make_no_stroke_and_the_real_state_is_asked_for()
    {
        var asked = new TaskCompletionSource<IReadOnlyList<ushort>>();
        await using var listening = new Listening
        {
            KeysDown = (_, codes) =>
            {
                asked.TrySetResult(codes);
                return new HashSet<ushort> { F9, F10 };
            },
        };
        using var keyboard = listening.Plug("event0");
        listening.Run();
        keyboard.Send(listening.Record().Press(F10, 0).Dropped(300).Release(F10, 310).Press(F9, 320).Press(F10, 330));
        Assert.Equal([F9, F10, F8, F1], await asked.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        listening.Time.Advance(TimeSpan.FromSeconds(5));
        keyboard.Send(listening.Record().Release(F10, 0).Release(F9, 0));
        Assert.Equal(Start, await listening.StartAfterQuiet(keyboard));
        Assert.False(listening.HasStroke);
    }

    [Fact]
    public async Task Garbage_is_ignored_and_told_once_without_its_content()
    {
        await using var listening = new Listening();
        using var keyboard = listening.Plug("event0");
        listening.Run();
        var random = new Random(7);
        var garbage = new byte[InputEvent.Size * 200];
        random.NextBytes(garbage);
        keyboard.Send(garbage);
        Assert.Equal(Start, await listening.StartAfterQuiet(keyboard));
        var line = Assert.Single(listening.Log, line => line.Contains("odd", StringComparison.Ordinal));
        Assert.Equal("Input from event0 is odd and partly ignored: it sent what is no event", line);
    }

    [Fact]
    public async Task Other_keys_reach_no_log()
    {
        await using var listening = new Listening();
        using var keyboard = listening.Plug("event0");
        listening.Run();
        for (ushort code = 200; code < 240; code++)
            keyboard.Send(listening.Record().Press(code, 0).Release(code, 1));
        Assert.Equal(Start, await listening.StartAfterQuiet(keyboard));
        Assert.Equal(["Keyboard event0 (event0) is listened to"], listening.Log);
    }

    [Fact]
    public async Task It_stops_at_once_while_it_waits()
    {
        await using var listening = new Listening();
        using var keyboard = listening.Plug("event0");
        listening.Run();
        await listening.Keyboards(1);
        await listening.Stop();
    }

    [Fact]
    public async Task With_the_real_clock_a_start_takes_its_50_ms()
    {
        await using var listening = new Listening { Clock = TimeProvider.System };
        using var keyboard = listening.Plug("event0");
        listening.Run();
        await listening.Keyboards(1);
        var pressed = TimeProvider.System.GetElapsedTime(0);
        keyboard.Send(new Recording(pressed).Press(F9, 0));
        Assert.Equal(Start, await listening.Stroke());
        Assert.InRange(TimeProvider.System.GetElapsedTime(0) - pressed, ChordPress.Bounce, TimeSpan.FromSeconds(10));
    }
}
