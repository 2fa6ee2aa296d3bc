using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.Kit;
using ClassContact.Kit.Health;
using ClassContact.Kit.Settings;
using Xunit;

namespace ClassContact.Agent.Tests.Devices;

/// <summary>The checks of devices beside the kiosk's real sound server; what happens to it is done with its own tools.</summary>
public sealed class DeviceChecksTests : IAsyncLifetime
{
    private const string Good =
        "sound-server Pass; speakerphone-present Pass; speakerphone-default Pass; speakerphone-muted Pass; speakerphone-volume Pass; camera-present Pass; camera-expected Pass";

    private static readonly string[] Codes =
        ["sound-server", "speakerphone-present", "speakerphone-default", "speakerphone-muted", "speakerphone-volume", "camera-present", "camera-expected"];

    private readonly TestFolder settings = new();
    private Kiosk kiosk = null!;
    private IReadOnlyList<Check> checks = [];

    public async ValueTask InitializeAsync()
    {
        var folder = Artifacts.Folder(TestContext.Current.TestMethod!.MethodName);
        var standby = settings.File("standby.html");
        await File.WriteAllTextAsync(standby, "<!doctype html><title>standby</title>");
        kiosk = await Kiosk.Start(folder, new Uri(standby).AbsoluteUri, []);
        checks = KitChecks.Of(ReadSetup(), new(() => true, () => 1), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await kiosk.DisposeAsync();
        settings.Dispose();
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task Whatever_happens_to_the_sound_is_told_as_what_it_is_and_is_gone_when_it_is_mended()
    {
        await Sees(Good);

        await Pactl("set-source-mute", "kit-mic", "1");
        await Sees(Good.Replace("muted Pass", "muted Fail microphone", StringComparison.Ordinal));
        await Pactl("set-sink-mute", "kit-speaker", "1");
        await Sees(Good.Replace("muted Pass", "muted Fail both", StringComparison.Ordinal));
        await Pactl("set-source-mute", "kit-mic", "0");
        await Pactl("set-sink-mute", "kit-speaker", "0");
        await Sees(Good);

        await Pactl("set-sink-volume", "kit-speaker", "0%");
        await Sees(Good.Replace("volume Pass", "volume Fail loudspeaker", StringComparison.Ordinal));
        await Pactl("set-sink-volume", "kit-speaker", "40%");
        await Sees(Good);

        await Pactl("load-module", "module-null-sink", "sink_name=alsa_output.pci-0000_00_1f.3.hdmi-stereo");
        await Sees(Good);
        await Pactl("set-default-sink", "alsa_output.pci-0000_00_1f.3.hdmi-stereo");
        await Sees(Good.Replace("default Pass", "default Fail display", StringComparison.Ordinal));
        await Pactl("unload-module", "module-null-sink");
        await Sees(Good);
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_microphone_a_camera_and_a_server_that_go_are_missed_and_found_again()
    {
        await Sees(Good);

        await Tool("pw-cli", "destroy", "kit-mic");
        await Sees("sound-server Pass; speakerphone-present Fail no-microphone; speakerphone-default Skipped no-speakerphone; " +
            "speakerphone-muted Skipped no-speakerphone; speakerphone-volume Skipped no-speakerphone; camera-present Pass; camera-expected Pass");
        await Tool(Path.Combine(Checkout.Root, "packaging", "linux", "virtual-speakerphone"));
        await Sees(Good);

        await Tool("pw-cli", "destroy", "kit-camera");
        await Sees(Good.Replace("camera-present Pass; camera-expected Pass", "camera-present Fail none; camera-expected Skipped no-camera", StringComparison.Ordinal));

        await SendSoundServer("STOP");
        await Sees(SoundGone("hangs"), checks: 5);
        await SendSoundServer("CONT");
        await Sees(Good, checks: 5);

        await SendSoundServer("KILL");
        await Sees(SoundGone("no-answer"), checks: 5);
    }

    private static string SoundGone(string why) =>
        $"sound-server Fail {why}; speakerphone-present Skipped no-sound-server; speakerphone-default Skipped no-sound-server; " +
        "speakerphone-muted Skipped no-sound-server; speakerphone-volume Skipped no-sound-server";

    private async Task Sees(string verdicts, int checks = 7) => await WaitFor.That(
        verdicts, () => Look(Codes[..checks]), seen => seen == string.Join("; ", verdicts.Split("; ").Take(checks)), TimeSpan.FromSeconds(60));

    private async Task<string> Look(IEnumerable<string> codes)
    {
        List<string> verdicts = [];
        foreach (var check in codes.Select(code => checks.Single(check => check.Code == code)))
        {
            var finding = await CheckRun.Once(check, TimeProvider.System, e => throw e, CancellationToken.None);
            verdicts.Add($"{check.Code} {finding.Verdict} {finding.Reason}".TrimEnd());
        }
        return string.Join("; ", verdicts);
    }

    private Task Pactl(params string[] arguments) => Tool("pactl", arguments);

    private async Task Tool(string tool, params string[] arguments)
    {
        var code = await ChildProcess.Run("tool", settings.Path, tool, arguments, new Dictionary<string, string?>
        {
            ["PIPEWIRE_RUNTIME_DIR"] = kiosk.Run,
            ["XDG_RUNTIME_DIR"] = kiosk.Run,
            ["PULSE_RUNTIME_PATH"] = Path.Combine(kiosk.Run, "pulse"),
        });
        Assert.True(code == 0, $"{tool} {string.Join(' ', arguments)} ended with {code}: {await File.ReadAllTextAsync(settings.File("tool.log"))}");
    }

    private Task SendSoundServer(string signal) => Tool("pkill", $"-{signal}", "-x", "pipewire"); // the sandbox's own: it sees no other

    private Setup ReadSetup()
    {
        var link = settings.File("link");
        File.WriteAllText(link, "https://127.0.0.1/?key=aVerySecretAccessKey\n");
        File.SetUnixFileMode(link, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(settings.File("meeting.json"), """{ "name": "none", "hosts": ["127.0.0.1"] }""");
        File.WriteAllText(settings.File("kit.json"), new JsonObject
        {
            ["kit"] = "kit-0042", ["school"] = "École du Parc", ["room"] = "Local 12",
            ["meeting"] = new JsonObject { ["description"] = "meeting.json", ["linkFile"] = "link" },
            ["folders"] = new JsonObject { ["kiosk"] = kiosk.Run, ["run"] = settings.Path, ["logs"] = settings.Path },
            ["camera"] = new JsonObject { ["name"] = "Virtual" },
            ["speakerphone"] = new JsonObject { ["name"] = "Virtual" },
        }.ToJsonString());
        var read = Setup.Read(settings.File("kit.json"));
        return read.Value ?? throw new InvalidOperationException(string.Join('\n', read.Problems));
    }
}
