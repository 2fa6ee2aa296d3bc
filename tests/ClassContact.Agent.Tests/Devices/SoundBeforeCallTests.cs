using System.Diagnostics;
using System.Runtime.Versioning;
using ClassContact.Classroom;
using ClassContact.Kit.Speakerphone;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Agent.Tests.Devices;

/// <summary>The speakerphone is set right beside the kiosk's real sound server; what is wrong with it is done with other tools than those that mend it.</summary>
[SupportedOSPlatform("linux")]
public sealed class SoundBeforeCallTests : IAsyncLifetime
{
    private const string Hdmi = "alsa_output.pci-0000_00_1f.3.hdmi-stereo";
    private static readonly SpeakerphoneSettings Virtual = new("Virtual");

    private readonly TestFolder files = new();
    private Kiosk kiosk = null!;

    public async ValueTask InitializeAsync()
    {
        var folder = Artifacts.Folder(TestContext.Current.TestMethod!.MethodName);
        var standby = files.File("standby.html");
        await File.WriteAllTextAsync(standby, "<!doctype html><title>standby</title>");
        kiosk = await Kiosk.Start(folder, new Uri(standby).AbsoluteUri, []);
    }

    public async ValueTask DisposeAsync()
    {
        await kiosk.DisposeAsync();
        files.Dispose();
    }

    [Fact]
    public async Task Whatever_was_turned_at_the_sound_is_right_again_before_a_call()
    {
        await WaitFor.That("sound that is right", () => Prepare(), seen => seen == "");

        await Tool("pactl", "load-module", "module-null-sink", $"sink_name={Hdmi}");
        await Tool("pactl", "set-default-sink", Hdmi);
        await SetsRight("speakerphone-default/display");
        Assert.Equal("", await Prepare());

        await Tool("pactl", "set-sink-mute", "kit-speaker", "1");
        await Tool("pactl", "set-source-mute", "kit-mic", "1");
        await SetsRight("speakerphone-muted/both");
        await Tool("pactl", "set-sink-volume", "kit-speaker", "0%");
        await Tool("pactl", "set-source-volume", "kit-mic", "0%");
        await SetsRight("speakerphone-volume/both");

        await Tool("pactl", "set-default-sink", Hdmi);
        await Tool("pactl", "set-default-source", $"{Hdmi}.monitor");
        await Tool("pactl", "set-sink-mute", "kit-speaker", "1");
        await Tool("pactl", "set-sink-volume", "kit-speaker", "0%");
        await SetsRight("speakerphone-default/display, speakerphone-muted/loudspeaker, speakerphone-volume/loudspeaker");
        Assert.Equal("", await Prepare());

        await Tool("pactl", "set-sink-volume", "kit-speaker", "7%");
        Assert.Equal("", await Prepare()); // quiet is somebody's wish
        await Tool("pactl", "get-sink-volume", "kit-speaker");
        Assert.Contains(" 7%", await File.ReadAllTextAsync(files.File("tool.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_or_hangs_is_told_in_time_and_the_other_half_is_set_right()
    {
        await WaitFor.That("sound that is right", () => Prepare(), seen => seen == "");
        Assert.Equal("left speakerphone-present/another", await Prepare(new("Jabra")));

        await Tool("pw-cli", "destroy", "kit-mic");
        await Tool("pactl", "set-sink-mute", "kit-speaker", "1");
        await WaitFor.That("word of the microphone", () => Prepare(), seen => seen == "left speakerphone-present/no-microphone");
        await Tool("pactl", "get-sink-mute", "kit-speaker");
        Assert.Contains("no", await File.ReadAllTextAsync(files.File("tool.log")), StringComparison.Ordinal);

        await Tool("pkill", "-STOP", "-x", "wireplumber"); // nobody moves the default any more
        await Tool("pkill", "-STOP", "-x", "pipewire");
        var watch = Stopwatch.StartNew();
        Assert.Equal("left sound-server/hangs", await Prepare());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, SoundBeforeCall.Patience * 3); // the machine may be busy

        await Tool("pkill", "-KILL", "-x", "pipewire");
        await WaitFor.That("word of the server", () => Prepare(), seen => seen == "left sound-server/no-answer");
        Assert.Equal("", await Prepare(new(Absent: true)));
    }

    private async Task SetsRight(string wrong)
    {
        using var server = new SoundServer(kiosk.Run, TimeProvider.System);
        await WaitFor.That(wrong, async () => string.Join(", ", SoundPlan.Of((await server.Ask(CancellationToken.None)).Graph!, Virtual).Wrong), seen => seen == wrong);
        Assert.Equal(wrong, await Prepare());
    }

    // What was set right, and what was left.
    private async Task<string> Prepare(SpeakerphoneSettings? settings = null)
    {
        using var sound = new SoundBeforeCall(settings ?? Virtual, kiosk.Run, TimeProvider.System, NullLogger.Instance);
        var prepared = await sound.Prepare(CancellationToken.None);
        return string.Join(", ", prepared.Wrong.Except(prepared.Left).Select(fault => fault.ToString()).Concat(prepared.Left.Select(fault => $"left {fault}")));
    }

    private async Task Tool(string tool, params string[] arguments)
    {
        var code = await ChildProcess.Run("tool", files.Path, tool, arguments, new Dictionary<string, string?>
        {
            ["PIPEWIRE_RUNTIME_DIR"] = kiosk.Run,
            ["XDG_RUNTIME_DIR"] = kiosk.Run,
            ["PULSE_RUNTIME_PATH"] = Path.Combine(kiosk.Run, "pulse"),
        });
        Assert.True(code == 0, $"{tool} {string.Join(' ', arguments)} ended with {code}: {await File.ReadAllTextAsync(files.File("tool.log"))}");
    }
}
