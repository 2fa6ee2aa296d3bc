using System.Runtime.InteropServices;
using ClassContact.Classroom;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Devices;

/// <summary>The speakerphone, as the kernel's own driver snd-usb-audio has it.</summary>
public sealed class SpeakerphoneStories(KnownDevices known) : DeviceStories(known)
{
    private const int Rate = 16000;

    // The kernel gives a stream up that stands still for as long as its buffer lasts (EIO), as one may on a busy computer.
    private const string Record = "arecord --quiet --device hw:USB --buffer-time 8000000 --format S16_LE --rate 16000 --channels 1 --file-type raw";

    [Fact]
    public async Task It_plays_and_records_at_once()
    {
        var device = new UsbSpeakerphone { Tone = 440 };
        await using var speakerphone = await Plugged(device);
        Assert.Matches(@"USB-Audio - Jabra SPEAK 510 USB", await Machine.Good("cat /proc/asound/cards"));
        var playing = Machine.Good(Play(1000));
        Assert.Equal(440, Tone.Of(await Recorded(), Rate));
        await playing;
        Assert.Equal(1000, Tone.Of(device.Played(), 48000));
    }

    [Fact]
    public async Task What_the_mixer_mutes_is_silent_until_it_is_plugged_in_again()
    {
        var device = new UsbSpeakerphone();
        await using (await Plugged(device))
        {
            await Machine.Good("amixer --quiet --device hw:USB sset PCM mute && amixer --quiet --device hw:USB sset Headset nocap");
            Assert.True(device is { IsMicrophoneMuted: true, IsLoudspeakerMuted: true });
            Assert.Null(Tone.Of(await Recorded(), Rate));
            await Machine.Good(Play(1000));
            Assert.Null(Tone.Of(device.Played(), 48000));
        }

        await using var again = await Plugged(device);
        Assert.Equal(440, Tone.Of(await Recorded(), Rate));
    }

    [Fact]
    public async Task Pulled_out_while_it_records_it_is_gone_and_plugged_in_again_it_records()
    {
        var device = new UsbSpeakerphone { Tone = 700 };
        var plug = await Plugged(device);
        var recording = Machine.Run($"{Record} --duration 1000 /dev/null");
        await Machine.Until("grep -q RUNNING /proc/asound/USB/pcm0c/sub0/status");
        await plug.DisposeAsync();
        Assert.NotEqual(124, (await recording).Code); // it was not ended by its deadline
        await Machine.Until("! grep -q Jabra /proc/asound/cards");
        await using var again = await Plugged(device);
        Assert.Equal(700, Tone.Of(await Recorded(), Rate));
    }

    private static string Play(int tone) => $"timeout 3 speaker-test --device plughw:USB --channels 2 --rate 48000 --buffer 4000000 --test sine --frequency {tone} >/dev/null; [ $? = 124 ]";

    private async Task<UsbPlug> Plugged(UsbSpeakerphone device)
    {
        var plug = await Machine.Plug(device, Sockets.Speakerphone);
        await Machine.Until("grep -q Jabra /proc/asound/cards && [ -e /dev/snd/by-id/usb-GN_Netcom_A_S_Jabra_SPEAK_510_USB_745C4B000001-00 ]");
        await Machine.Good("udevadm settle"); // which has the mixer set to what is usual
        return plug;
    }

    private async Task<short[]> Recorded()
    {
        using var folder = new TestFolder();
        await Machine.Good($"{Record} --duration 2 /srv/heard");
        await Machine.CopyOut("/srv/heard", folder.File("heard"));
        await Machine.Good("rm /srv/heard");
        return MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(folder.File("heard"))).ToArray();
    }
}
