using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>A class that is muted by its key is silent until the key is pressed again, in any meeting.</summary>
public abstract class MuteContract : RecoveryTests
{
    /// <summary>The last bit of 16: what some decoders make of nothing at all. The sound in the room is a thousand times louder.</summary>
    private const double Silence = 1.01 / 32767;

    /// <summary>The meeting page's own way to switch its sound off and on.</summary>
    private protected abstract string ByThePage { get; }

    [Fact]
    public async Task A_muted_class_is_silent_whatever_the_page_wants_and_through_crash_and_restart_until_it_is_unmuted()
    {
        await OpenTheClassWithItsPupil();
        await using (await ClassroomSound.Play(Kit.Folder, Kit.Kiosk))
        {
            await ThePupilHears();
            var mute = FromNow();
            await Press("mute");
            await WaitFor.That("silence", Kit.Pupil!.Loudness, level => level <= Silence);
            mute.Is("silence", within: 20);
            Assert.Contains("\"muted\":true", await Call());
            await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "muted.png"));
            await IsSilentWithPictures();

            await Kit.Agent.Kill();
            await Kit.Kiosk.Ask($"void ({ByThePage})");
            await IsSilentWithPictures();
            Kit.Agent.StartAgain();
            await Kit.Reaches("with-pupil");
            await IsSilentWithPictures();
        }
        await using var sound = await ClassroomSound.Play(Kit.Folder, Kit.Kiosk);
        var crash = FromNow();
        Kit.Kiosk.Send(BrowserPart.Page, Signal.Kill);
        await crash.Hears(Recovering, within: 20); // or an earlier word of the pupil would do
        await crash.HearsItOpen(within: 30);
        await Kit.Reaches("with-pupil");
        await IsSilentWithPictures();

        var unmute = FromNow();
        await Press("mute");
        await ThePupilHears();
        unmute.Is("the class is heard again", within: 30);
    }

    private async Task IsSilentWithPictures()
    {
        await ThePupilSees();
        Assert.InRange(await Kit.Pupil!.Loudness(), 0, Silence);
    }
}

/// <summary>In Janus.</summary>
public sealed class JanusMuteTests : MuteContract
{
    private protected override string ByThePage => "sfutest.muteAudio(), sfutest.unmuteAudio()";
}

/// <summary>In the stand-in for Vectera.</summary>
[Trait("Length", "long")]
public sealed class StandInMuteTests : MuteContract
{
    private protected override string ByThePage => "toggle('audio'), toggle('audio'), own.getAudioTracks().forEach((t) => { t.enabled = true; })";

    private protected override Func<Task<IMeeting>> OpenMeeting => async () => await StandIn.Open();
}
