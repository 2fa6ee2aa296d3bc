using System.Runtime.Versioning;
using ClassContact.Kit.Camera;
using ClassContact.Kit.Health;
using ClassContact.Kit.Speakerphone;
using ClassContact.Kit.Tests.Health;
using Xunit;

namespace ClassContact.Kit.Tests.Speakerphone;

/// <summary>The checks on a tool that writes what the test wants: the real process, the real pipe, only the server is not there.</summary>
[SupportedOSPlatform("linux")]
public sealed class SpeakerphoneChecksTests : IDisposable
{
    private static readonly SpeakerphoneSettings Jabra = new("jabra", "0B0E:0420");
    private static readonly SpeakerphoneSettings Virtual = new("Virtual");

    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-sound-").FullName;

    [Fact]
    public async Task The_virtual_kit_as_captured_is_as_it_should_be()
    {
        Write(Graphs.Captured("virtual-kit"));
        Assert.Equal(
            ["Pass", "Pass Virtual loudspeaker (no real one)", "Pass Virtual loudspeaker (no real one)", "Pass", "Pass"], await All(Virtual));
        Assert.Equal(await All(Virtual), await All(new()));
    }

    [Fact]
    public async Task An_hdmi_output_that_took_the_default_is_told_as_such_and_so_are_mute_and_volume()
    {
        Write(Graphs.Captured("hdmi-took-the-default"));
        Assert.Equal(
            ["Pass", "Pass Virtual loudspeaker (no real one)", "Fail(display) Built-in_Audio_HDMI", "Fail(loudspeaker)", "Fail(microphone)"], await All(Virtual));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Jabra")]
    public async Task With_nothing_plugged_in_the_servers_dummy_is_no_speakerphone(string? name)
    {
        Write(Graphs.Captured("nothing-plugged-in"));
        Assert.Equal(
            ["Pass", "Fail(none)", "Skipped(no-speakerphone)", "Skipped(no-speakerphone)", "Skipped(no-speakerphone)"], await All(new(name)));
    }

    [Fact]
    public async Task Without_a_session_manager_there_is_no_default()
    {
        Write(Graphs.Captured("no-session-manager"));
        Assert.Equal("Fail(no-default)", (await Checks(Virtual).Look("speakerphone-default")).Brief());
    }

    [Fact]
    public async Task A_real_one_is_found_by_its_name_and_its_usb_ids()
    {
        Write(Graphs.Laptop);
        Assert.Equal(["Pass", "Pass Jabra SPEAK 510 Analog Stereo", "Pass Jabra SPEAK 510 Analog Stereo", "Pass", "Pass"], await All(Jabra));
    }

    [Fact]
    public async Task Volumes_are_those_of_the_sliders()
    {
        Write(Graphs.Laptop);
        var finding = await Checks(Jabra).Look("speakerphone-volume");
        Assert.Equal([("classcontact.speakerphone.loudspeaker.volume", 100, "%"), ("classcontact.speakerphone.microphone.volume", 50, "%")],
            finding.Measures.Select(m => (m.Name, m.Value, m.Unit)));
    }

    [Theory]
    [InlineData("pci.3", "Fail(display) Built-in Audio Digital Stereo")]
    [InlineData("pci.analog", "Fail(other-loudspeaker) Built-in Audio Analog Stereo")]
    [InlineData("radio", "Fail(other-loudspeaker)")] // people's headsets bear people's names
    [InlineData("gone", "Fail(other-loudspeaker)")]
    public async Task Another_default_loudspeaker_is_named(string name, string verdict)
    {
        Write(Graphs.WithLoudspeaker(name));
        Assert.Equal(verdict, (await Checks(Jabra).Look("speakerphone-default")).Brief());
    }

    [Fact]
    public async Task Another_default_microphone_is_named()
    {
        Write(Graphs.WithMicrophone("pci.mic"));
        Assert.Equal("Fail(other-microphone) Built-in Audio Analog Stereo", (await Checks(Jabra).Look("speakerphone-default")).Brief());
    }

    [Fact]
    public async Task Another_device_takes_the_place_of_the_one_that_is_unplugged()
    {
        Write(Graphs.Unplugged);
        Assert.Equal("Warn(another) Built-in Audio Analog Stereo", (await Checks(Jabra).Look("speakerphone-present")).Brief());
        Assert.Equal("Pass Built-in Audio Analog Stereo", (await Checks(new()).Look("speakerphone-present")).Brief());
    }

    [Theory]
    [InlineData("Audio/Source\", \"node.name\": \"usb.in", "Fail(no-microphone) Jabra SPEAK 510 Analog Stereo")]
    [InlineData("Audio/Sink\", \"node.name\": \"usb.out", "Fail(no-loudspeaker) Jabra SPEAK 510 Mono")]
    public async Task Half_a_speakerphone_is_told_as_such(string half, string verdict)
    {
        Write(Graphs.Laptop.Replace(half, "Stream\", \"node.name\": \"x", StringComparison.Ordinal));
        Assert.Equal(verdict, (await Checks(Jabra).Look("speakerphone-present")).Brief());
    }

    [Fact]
    public async Task A_mixer_that_says_nothing_is_unknown()
    {
        Write(Graphs.Laptop.Replace("mute", "moot", StringComparison.Ordinal).Replace("channelVolumes", "x", StringComparison.Ordinal));
        Assert.Equal("CannotTell(unknown)", (await Checks(Jabra).Look("speakerphone-muted")).Brief());
        Assert.Equal("CannotTell(unknown)", (await Checks(Jabra).Look("speakerphone-volume")).Brief());
    }

    public static TheoryData<string, string> BadTools => new()
    {
        { "echo can\\'t connect: Host is down; exit 255", "Fail(no-answer)" },
        { "exec sleep 1000", "Fail(hangs)" },
        { "yes '[{'", "Fail(garbled)" },
        { "echo garbage", "Fail(garbled)" },
        { "head -c 100000 /dev/urandom", "Fail(garbled)" },
        { ":", "Fail(garbled)" },
        { "echo '{}'", "Fail(garbled)" },
        { "printf '[%.0s' {1..1000}", "Fail(garbled)" },
        { "echo '[]'", "Pass" },
    };

    [Theory]
    [MemberData(nameof(BadTools))]
    public async Task A_bad_tool_or_server_is_the_root_cause(string script, string verdict)
    {
        WriteTool(script);
        var checks = Checks(Virtual);
        Assert.Equal(verdict == "Pass" ? verdict : $"{verdict} pw-dump", (await checks.Look("sound-server")).Brief());
        if (verdict != "Pass")
            Assert.Equal("Skipped(no-sound-server)", (await checks.Look("speakerphone-present")).Brief());
    }

    [Theory]
    [InlineData("[1, null, \"x\", [], {}, { \"type\": 3 }]")]
    [InlineData("""[{ "id": "x", "type": "PipeWire:Interface:Device" }, { "id": 1e300, "type": "PipeWire:Interface:Device", "info": [] }]""")]
    [InlineData("""[{ "id": 1, "type": "PipeWire:Interface:Node", "info": { "props": { "media.class": "Audio/Sink", "device.id": -1e308, "node.name": [] }, "params": { "Props": [ 7, { "mute": 1, "channelVolumes": [ "x", 1e308 ], "volume": 1e308 } ] } } }]""")]
    [InlineData("""[{ "id": 1, "type": "PipeWire:Interface:Metadata", "props": { "metadata.name": "default" }, "metadata": [ 1, { "key": "default.audio.sink", "value": 3 } ] }]""")]
    public void Whatever_shape_it_has_it_is_read_without_trouble(string json)
    {
        var graph = SoundGraph.Parse(json);
        Assert.NotNull(graph);
        Assert.Null(graph.DefaultLoudspeaker);
        Assert.All(graph.Nodes, node => Assert.Null(node.Percent));
        Assert.Null(SpeakerphoneDevice.In(graph, new()));
    }

    [Fact]
    public async Task A_missing_tool_says_nothing_of_the_server() => Assert.Equal("CannotTell(no-tool) pw-dump", (await Checks(Virtual).Look("sound-server")).Brief());

    [Fact]
    public async Task What_was_declared_absent_is_not_looked_for() =>
        Assert.Equal(Enumerable.Repeat("Skipped(declared-absent)", 4), (await All(new(Absent: true))).Skip(1));

    [Fact]
    public async Task A_round_of_checks_starts_one_child()
    {
        FakeTime time = new();
        WriteTool($"echo . >> {folder}/runs; echo '[]'");
        using SoundServer server = new(folder, time) { Program = Path.Combine(folder, "pw-dump") };
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.Look(default)));
        time.Advance(TimeSpan.FromSeconds(1));
        await server.Look(default);
        Assert.Equal(1, Runs());
        time.Advance(TimeSpan.FromSeconds(1.1));
        await server.Look(default);
        Assert.Equal(2, Runs());

        int Runs() => File.ReadAllLines(Path.Combine(folder, "runs")).Length;
    }

    [Fact]
    public async Task A_look_that_was_cancelled_is_not_kept()
    {
        WriteTool("[ -e $0.ready ] || exec sleep 1000; echo '[]'");
        using SoundServer server = new(folder, TimeProvider.System) { Program = Path.Combine(folder, "pw-dump") };
        using CancellationTokenSource stop = new();
        var first = server.Look(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        File.WriteAllText(Path.Combine(folder, "pw-dump.ready"), "");
        Assert.NotNull((await server.Look(default)).Graph);
    }

    [Fact]
    public async Task The_servers_cameras_are_taken_where_the_kernel_lists_none()
    {
        Write(Graphs.Captured("virtual-kit"));
        using var server = Server();
        Assert.Equal("Pass Virtual camera (no real one)", (await new CameraChecks(new("virtual"), () => [], server).All.Look("camera-expected")).Brief());
        Assert.Equal([new CameraDevice("Logitech C270", "046d:0825")], SoundGraph.Parse(Graphs.Laptop)!.Cameras);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<IReadOnlyList<string>> All(SpeakerphoneSettings settings)
    {
        List<string> verdicts = [];
        var checks = Checks(settings);
        foreach (var check in checks)
            verdicts.Add((await checks.Look(check.Code)).Brief());
        return verdicts;
    }

    private IReadOnlyList<Check> Checks(SpeakerphoneSettings settings) => new SpeakerphoneChecks(settings, Server()).All;

    private SoundServer Server() => new(folder, TimeProvider.System) { Program = Path.Combine(folder, "pw-dump") };

    private void Write(string json)
    {
        File.WriteAllText(Path.Combine(folder, "json"), json);
        WriteTool($"cat {folder}/json");
    }

    private void WriteTool(string script)
    {
        var path = Path.Combine(folder, "pw-dump");
        File.WriteAllText(path, "#!/bin/bash\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    // Captured: what goes away while pw-dump writes comes as a list of its own, before the rest or after it.
    [Theory]
    [InlineData("[{\"id\":42,\"info\":null}]\n", "", true)]
    [InlineData("", "\n[{\"id\":42,\"info\":null}]", false)]
    [InlineData("", "\n[]", true)]
    public void Several_lists_are_one_graph_and_the_later_one_is_right(string before, string after, bool isThere)
    {
        var graph = SoundGraph.Parse(before + Graphs.Laptop + after)!;
        Assert.Equal(isThere, graph.Nodes.Any(node => node.Name == "usb.in"));
        Assert.Contains(graph.Nodes, node => node.Name == "usb.out");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]{}")]
    [InlineData("[][")]
    public void What_is_no_list_is_no_graph(string json) => Assert.Null(SoundGraph.Parse(json));
}
