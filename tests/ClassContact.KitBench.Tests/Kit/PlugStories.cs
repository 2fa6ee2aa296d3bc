namespace ClassContact.KitBench.Tests.Kit;

/// <summary>What comes loose, is there and does nothing, or was muted.</summary>
public sealed class PlugStories(InstalledKit installed) : KitStories(installed)
{
    [Fact]
    public async Task What_comes_loose_while_the_kit_stands_by_is_told_until_it_is_plugged_in_again()
    {
        await Room.ShowsStandby("all plugged in", Mood.Ready);
        foreach (var (part, check) in new[] { (Part.Camera, "camera-present"), (Part.Speakerphone, "speakerphone-present"), (Part.Keyboard, "keyboard-present") })
        {
            var before = Helpdesk.Heard.Count;
            await Room.Unplug(part);
            var told = await Helpdesk.Sees("health", [$"\"code\":\"{check}\",\"severity\":\"stops-calls\",\"verdict\":\"fail\""], Patience, before);
            await Room.ShowsStandby($"without {part}", Mood.Attention); // what is missing
            await Room.PlugIn(part);
            await Helpdesk.Sees("health", [$"\"code\":\"{check}\",\"severity\":\"stops-calls\",\"verdict\":\"pass\""], Patience, told);
            await Room.ShowsStandby($"with {part}", Mood.Ready);
        }
    }

    [Fact]
    public async Task In_a_class_nothing_is_muted_what_comes_loose_is_back_without_a_press_and_a_camera_that_hangs_is_told()
    {
        await Machine.Good("amixer --quiet --device hw:USB sset PCM mute && amixer --quiet --device hw:USB sset Headset nocap");
        Assert.True(Room.Speakerphone is { IsMicrophoneMuted: true, IsLoudspeakerMuted: true });
        var before = Helpdesk.Heard.Count;
        await Room.OpensTheClass();
        await Helpdesk.Sees("event", ["\"sound-set\""], Patience, before);
        Assert.True(Room.Speakerphone is { IsMicrophoneMuted: false, IsLoudspeakerMuted: false });

        await ComesBack(Part.Camera, "camera");
        await Room.ShowsTheClass("with the camera");
        await ComesBack(Part.Speakerphone, "microphone");

        before = Helpdesk.Heard.Count;
        Room.Camera.Hangs = true;
        var told = await Helpdesk.Sees("call", ["\"missing\":[\"camera\"]"], Patience, before);
        Room.Camera.Hangs = false;
        await Helpdesk.Sees("call", ["\"state\":\"open\"", "\"missing\":[]"], Patience, told);

        await Room.Unplug(Part.Keyboard);
        await Room.PlugIn(Part.Keyboard);
        await Room.EndsTheClass();
    }

    [Fact]
    public async Task A_class_opens_while_the_screen_is_off_and_goes_on_when_it_is_switched_off_and_on()
    {
        await using var mouse = await Machine.PlugMouse();
        await using var board = await Machine.PlugTablet();
        await Machine.Until("[ $(ls /dev/input/by-path/*-usb-*-event-mouse | wc -l) = 2 ]", Patience);
        var before = Helpdesk.Heard.Count;
        await Machine.SetScreen(isOn: false);
        before = await Helpdesk.Sees("health", ["\"code\":\"display-connected\",\"severity\":\"stops-calls\",\"verdict\":\"fail\""], Patience, before);
        await Machine.Good("systemctl restart classcontact-kiosk"); // as when the computer is switched on first
        await Machine.Press("F9");
        await Helpdesk.Sees("call", ["\"state\":\"open\"", "\"missing\":[]"], Patience, before);
        await ClicksEverywhere();
        await Machine.SetScreen(isOn: true);
        await Room.ShowsTheClass("switched on");

        var page = await Machine.Good("pgrep -f -o 'chromium.*type=[r]enderer'");
        before = Helpdesk.Heard.Count;
        await Machine.SetScreen(isOn: false);
        await ClicksEverywhere();
        await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken); // the story's own: longer than a board needs to change its input
        await Machine.SetScreen(isOn: true);
        await Room.ShowsTheClass("switched off and on");
        Assert.Equal(page, await Machine.Good("pgrep -f -o 'chromium.*type=[r]enderer'"));
        await ClicksEverywhere();
        await Room.EndsTheClass();
        Assert.DoesNotContain(Helpdesk.Heard.Skip(before), said => said.Contains("\"state\":\"recovering\"", StringComparison.Ordinal));
        await Room.ShowsStandby("all is well", Mood.Ready);

        // Neither keyboard nor touch was left behind on the screen that nobody sees: the chord, and the button that closes the technician's screen.
        await Room.ComesToRest();
        await Machine.Press("ctrl+alt+t", held: TimeSpan.FromSeconds(10));
        await Room.ShowsTheDoor("by the keyboard");
        await Room.ComesToRest(); // the agent has filled it
        await Machine.Touch(0.933, 0.053);
        await Room.ShowsStandby("closed by a touch", Mood.Ready);
    }

    private async Task ClicksEverywhere()
    {
        await Machine.Click(right: 5000, down: 5000);
        await Machine.Click(right: -10000, down: 0);
        await Machine.Touch(0.7, 0.7);
    }

    private async Task ComesBack(Part part, string track)
    {
        var before = Helpdesk.Heard.Count;
        await Room.Unplug(part);
        var told = await Helpdesk.Sees("call", [$"\"missing\":[\"{track}\"]"], Patience, before);
        await Room.PlugIn(part);
        await Helpdesk.Sees("call", ["\"state\":\"open\"", "\"missing\":[]"], Patience, told);
    }
}
