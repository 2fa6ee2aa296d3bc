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
            await Room.ShowsStandby($"without {part}", Mood.Trouble);
            await Room.PlugIn(part);
            await Helpdesk.Sees("health", [$"\"code\":\"{check}\",\"severity\":\"stops-calls\",\"verdict\":\"pass\""], Patience, told);
            await Room.ShowsStandby($"with {part}", Mood.Ready);
        }
    }

    [Fact]
    public async Task What_comes_loose_in_a_class_is_told_and_plugged_in_again_it_is_back_without_a_press()
    {
        await Room.OpensTheClass();
        await ComesBack(Part.Camera, "camera");
        await Room.ShowsTheClass("with the camera");
        await ComesBack(Part.Speakerphone, "microphone");
        await Room.Unplug(Part.Keyboard);
        await Room.PlugIn(Part.Keyboard);
        await Machine.Press("F10", held: TimeSpan.FromSeconds(3));
        await Room.ClosesTheCamera();
    }

    [Fact]
    public async Task A_speakerphone_that_was_muted_is_not_any_more_when_the_class_is_open()
    {
        await Machine.Good("amixer --quiet --device hw:USB sset PCM mute && amixer --quiet --device hw:USB sset Headset nocap");
        Assert.True(Room.Speakerphone is { IsMicrophoneMuted: true, IsLoudspeakerMuted: true });
        await Room.OpensTheClass();
        Assert.True(Room.Speakerphone is { IsMicrophoneMuted: false, IsLoudspeakerMuted: false });
    }

    [Fact]
    public async Task A_camera_that_is_there_and_sends_no_picture_is_told()
    {
        await Room.OpensTheClass();
        var before = Helpdesk.Heard.Count;
        Room.Camera.Hangs = true;
        await Helpdesk.Sees("call", ["\"missing\":[\"camera\"]"], Patience, before);
        Room.Camera.Hangs = false;
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
