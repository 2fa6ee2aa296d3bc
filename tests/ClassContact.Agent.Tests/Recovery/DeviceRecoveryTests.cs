using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>Camera or microphone go in a class, or the browser's process that holds them.</summary>
public sealed class DeviceRecoveryTests : RecoveryTests
{
    private const string CheckTheCamera = "vérifiez la prise USB de la caméra";
    private const string CheckTheMicrophone = "vérifiez la prise USB du micro";

    [Fact]
    public async Task A_camera_that_is_unplugged_is_told_at_once_and_taken_again_when_it_is_back()
    {
        await OpenTheClassWithItsPupil();
        var gone = FromNow();
        await Kit.Kiosk.Unplug(Device.Camera);
        await gone.Hears("\"missing\":[\"camera\"]", within: 15);
        await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "camera-unplugged.png"));
        Assert.Contains(CheckTheCamera, await Overlay(), StringComparison.OrdinalIgnoreCase);
        await Kit.Reaches("with-pupil");
        await Lasts(TimeSpan.FromSeconds(4)); // nothing is opened anew while there is no camera
        Assert.Equal(1, await Attempts());

        var back = FromNow();
        await Kit.Kiosk.PlugIn(Device.Camera);
        await IsComplete(back);
        await ThePupilSees();
        back.Is("the picture", within: 30);
        Assert.Equal(2, await Attempts());
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_microphone_that_is_unplugged_is_told_at_once_and_taken_again_when_it_is_back()
    {
        await OpenTheClassWithItsPupil();
        var gone = FromNow();
        await Kit.Kiosk.Unplug(Device.Microphone);
        await gone.Hears("\"missing\":[\"microphone\"]", within: 15);
        await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "microphone-unplugged.png"));
        Assert.Contains(CheckTheMicrophone, await Overlay(), StringComparison.OrdinalIgnoreCase);
        await Kit.Reaches("with-pupil");
        Assert.Equal(1, await Attempts());

        var back = FromNow();
        await Kit.Kiosk.PlugIn(Device.Microphone);
        await IsComplete(back);
        await using var sound = await ClassroomSound.Play(Kit.Folder, Kit.Kiosk);
        await ThePupilHears();
        back.Is("the sound", within: 30);
        Assert.Equal(2, await Attempts());
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_capture_process_that_dies_costs_the_picture_or_the_sound_for_a_moment()
    {
        await OpenTheClassWithItsPupil();
        var camera = FromNow();
        Kit.Kiosk.Send(BrowserPart.Camera, Signal.Kill);
        // Chromium 156 itself has been seen to fall with it (a segmentation fault, once): then it is the browser that comes back.
        await camera.Hears("\"missing\":[\"camera\"]", within: 15, or: "\"cause\":\"browser-lost\"");
        await IsComplete(camera);
        await ThePupilSees();
        camera.Is("the picture", within: 30);

        var sound = FromNow();
        Kit.Kiosk.Send(BrowserPart.Sound, Signal.Kill);
        await sound.Hears("\"missing\":[\"microphone\"]", within: 15);
        await IsComplete(sound);
        await using var chirps = await ClassroomSound.Play(Kit.Folder, Kit.Kiosk);
        await ThePupilHears();
        sound.Is("the sound", within: 30);
        Assert.Equal(3, await Attempts());
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_class_that_is_started_without_a_camera_opens_says_so_and_takes_it_when_it_is_plugged_in()
    {
        await Kit.Kiosk.Unplug(Device.Camera);
        var start = FromNow();
        await Press("start");
        await start.HearsItOpen(within: 30);
        await Kit.Reaches("open");
        Assert.Contains("\"missing\":[\"camera\"]", await Call());
        Assert.Contains(CheckTheCamera, await Overlay(), StringComparison.OrdinalIgnoreCase);
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await using (await ClassroomSound.Play(Kit.Folder, Kit.Kiosk))
            await ThePupilHears();

        var plugged = FromNow();
        await Kit.Kiosk.PlugIn(Device.Camera);
        await IsComplete(plugged);
        await ThePupilSees();
        plugged.Is("the picture", within: 30);
    }

    // Opened anew, with picture and sound, and with the pupil who was there all the time.
    private async Task IsComplete(Timing since)
    {
        await since.Hears(Recovering, within: 30);
        await since.HearsItOpen(within: 30);
        await WaitFor.That("picture and sound", Call, IsWhole);
    }

    private static bool IsWhole(string call) => call.Contains("\"missing\":[]", StringComparison.Ordinal) && call.Contains(WithPupil, StringComparison.Ordinal);
}
