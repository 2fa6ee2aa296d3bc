using System.Runtime.Versioning;
using ClassContact.Kit.Camera;
using ClassContact.Kit.Speakerphone;
using ClassContact.Kit.Tests.Health;
using Xunit;

namespace ClassContact.Kit.Tests.Camera;

[SupportedOSPlatform("linux")]
public sealed class CameraChecksTests : IDisposable
{
    private readonly CameraTree tree = new();

    [Fact]
    public async Task No_camera_and_no_sound_server_cannot_be_told_apart() =>
        Assert.Equal("CannotTell(cannot-look)", await Look("camera-present"));

    [Fact]
    public async Task A_camera_is_listed_once_by_its_whole_name()
    {
        tree.Usb(1, "Meeting Owl 3 Panoramic Conference Camera", "046d", "0825");
        Assert.Equal([new CameraDevice("Meeting Owl 3 Panoramic Conference Camera", "046d:0825")], new V4l2Cameras(tree.Root).List());
        Assert.Equal("Pass Meeting Owl 3 Panoramic Conference Camera", await Look("camera-present"));
        Assert.Equal("Skipped(any-will-do)", await Look("camera-expected"));
    }

    [Theory]
    [InlineData("brio", null, "Pass Logitech BRIO")]
    [InlineData(null, "046D:085e", "Pass Logitech BRIO")]
    [InlineData("BRIO", "046d:085e", "Pass Logitech BRIO")]
    [InlineData("BRIO", "046d:0001", "Fail(another) Integrated Camera (+1)")]
    [InlineData("Owl", null, "Fail(another) Integrated Camera (+1)")]
    public async Task The_expected_camera_is_told_from_others(string? name, string? usb, string verdict)
    {
        tree.Usb(1, "Integrated Camera", "13d3", "5604").Usb(2, "Logitech BRIO", "046d", "085e");
        Assert.Equal(verdict, await Look("camera-expected", new(name, usb)));
    }

    [Fact]
    public async Task Without_any_camera_nothing_is_said_of_the_expected_one() => Assert.Equal("Skipped(no-camera)", await Look("camera-expected", new("Owl")));

    [Theory]
    [InlineData("camera-present")]
    [InlineData("camera-expected")]
    public async Task What_was_declared_absent_is_not_looked_for(string code) =>
        Assert.Equal("Skipped(declared-absent)", await Look(code, new("Owl", Absent: true)));

    [Fact]
    public void What_is_no_camera_is_not_listed()
    {
        tree.Node("sys/devices/platform/tuner", 0, 0, "Radio", kind: "radio")
            .Node("sys/devices/platform/codec", 1, 0, "bcm2835-codec-decode", capabilities: ":video_m2m:")
            .Node("sys/devices/platform/loop", 2, 0, "Loopback", capabilities: ":video_output:")
            .Node("sys/devices/platform/vivid.0", 3, 0, "vivid-000-vid-cap", capabilities: ":capture:");
        Assert.Equal([new CameraDevice("vivid-000-vid-cap", null)], new V4l2Cameras(tree.Root).List());
    }

    [Fact]
    public void A_camera_that_leaves_while_it_is_looked_at_is_no_trouble()
    {
        Directory.CreateDirectory(Path.Combine(tree.Root, "sys/class/video4linux"));
        File.CreateSymbolicLink(Path.Combine(tree.Root, "sys/class/video4linux/video0"), "../../devices/gone");
        Assert.Empty(new V4l2Cameras(tree.Root).List());
    }

    public static TheoryData<byte[], string> StrangeNames => new()
    {
        { [0xff, 0xfe, (byte)'C', (byte)'a', (byte)'m'], "Pass ??Cam" },
        { "\u001b]0;owned\a\u202emaC\r\nx"u8.ToArray(), "Pass ]0;owned maC x" },
        { "Caméra 🦉"u8.ToArray(), "Pass Caméra 🦉" },
        { [.. Enumerable.Repeat((byte)'x', 10_000)], "Pass " + new string('x', 59) + "…" },
        { [0, 0, 0], "Pass ?" },
    };

    [Theory]
    [MemberData(nameof(StrangeNames))]
    public async Task A_strange_name_is_made_safe_before_it_is_told(byte[] name, string verdict)
    {
        tree.Usb(1, "x", "046d", "0825").Write("sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/product", name);
        Assert.Equal(verdict, await Look("camera-present"));
    }

    public void Dispose() => tree.Dispose();

    private async Task<string> Look(string code, CameraSettings? settings = null)
    {
        using SoundServer none = new(tree.Root, TimeProvider.System) { Program = "/nowhere/pw-dump" };
        return (await new CameraChecks(settings ?? new(), new V4l2Cameras(tree.Root).List, none).All.Look(code)).Brief();
    }
}
