using System.Runtime.Versioning;
using ClassContact.Kit.Keys;
using Xunit;
using static ClassContact.Kit.Tests.Keys.Recording;

namespace ClassContact.Kit.Tests.Keys;

[SupportedOSPlatform("linux")]
public class KeyboardHotplugTests
{
    private static readonly KeyStroke Start = new(KeyAction.Start, Held: false);
    private static readonly KeyStroke EndTap = new(KeyAction.End, Held: false);

    [Fact]
    public async Task A_keyboard_that_is_unplugged_in_a_hold_ends_nothing()
    {
        await using var listening = new Listening();
        using var one = listening.Plug("event0");
        using var two = listening.Plug("event1");
        listening.Run();
        await listening.Keyboards(2);
        one.Send(listening.Record().Press(F10, 0));
        await Listening.Until(() => listening.Time.NextTimer < listening.Time.Monotonic + TimeSpan.FromSeconds(2));
        one.Unplug();
        await listening.Keyboards(1);
        Assert.Equal(Start, await listening.StartAfterQuiet(two));
    }

    [Fact]
    public async Task A_keyboard_may_come_go_and_come_back_under_the_same_name()
    {
        await using var listening = new Listening();
        listening.Run();
        await listening.Keyboards(0);
        for (var i = 0; i < 3; i++)
        {
            using var keyboard = listening.Plug("event7");
            await listening.Keyboards(1);
            Assert.Equal(Start, await listening.StartAfterQuiet(keyboard));
            keyboard.Unplug();
            await listening.Keyboards(0);
        }
    }

    [Fact]
    public async Task A_node_whose_permission_comes_later_is_opened_then()
    {
        await using var listening = new Listening
        {
            // A real refusal by the kernel, although tests may run as root.
            Open = path => PipeKeyboard.AsNobody(() => PipeKeyboard.Open(path, (_, _) => new HashSet<ushort>())),
        };
        File.SetUnixFileMode(listening.Folder, (UnixFileMode)0b111_101_101);
        listening.Run();
        await listening.Keyboards(0);
        using var keyboard = listening.Plug("event2", mode: 0);
        await listening.Keyboards(0, noPermission: 1);
        keyboard.Send(listening.Record().Press(F10, 0).Release(F10, 80)); // waits in the pipe; a device's node would have nothing for us yet
        keyboard.Allow();
        await listening.Keyboards(1);
        listening.Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(EndTap, await listening.Stroke());
        Assert.Single(listening.Log, line => line.Contains("may not be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_breaks_within_an_event_is_left_alone_and_the_others_go_on()
    {
        await using var listening = new Listening();
        using var one = listening.Plug("event0");
        using var two = listening.Plug("event1");
        listening.Run();
        await listening.Keyboards(2);
        one.Send(new byte[13]);
        one.Break();
        await listening.Keyboards(1);
        Assert.Equal(Start, await listening.StartAfterQuiet(two));
        Assert.Contains("Input from event0 is odd and partly ignored: it ended within an event", listening.Log);
    }

    [Fact]
    public async Task The_folder_may_come_later_and_its_devices_are_found()
    {
        await using var listening = new Listening();
        var folder = Path.Combine(listening.Folder, "input");
        listening.Run(folder);
        await listening.Keyboards(0);
        Directory.CreateDirectory(folder);
        using var keyboard = new PipeKeyboard(folder, "event0");
        await Listening.Until(() => listening.Time.NextTimer is not null);
        listening.Time.Advance(KeysWorker.UnwatchedLook);
        await listening.Keyboards(1);
        Assert.Equal(Start, await listening.StartAfterQuiet(keyboard));
    }

    [Fact]
    public async Task A_broken_device_whose_node_stays_is_tried_again_at_the_slow_look()
    {
        await using var listening = new Listening();
        using var keyboard = listening.Plug("event0");
        listening.Run();
        await listening.Keyboards(1);
        keyboard.Break();
        await listening.Keyboards(0);
        listening.Time.Advance(KeysWorker.SlowLook);
        await listening.Keyboards(1);
    }

    [Fact]
    public async Task What_is_no_input_device_is_left_out_and_named()
    {
        await using var listening = new Listening { Open = new EvdevOpener(Chord.Parse("F9"), Chord.Parse("F10"), null).Open };
        using var pipe = listening.Plug("event0");
        using var other = listening.Plug("mouse0");
        listening.Run();
        await listening.Keyboards(0);
        Assert.Equal(["Input node event0 was left out: could not set the clock of it: Inappropriate ioctl for device"], listening.Log);
    }
}
