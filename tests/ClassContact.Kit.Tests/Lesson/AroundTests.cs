using ClassContact.Kit.Lesson;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Kit.Tests.Lesson;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class AroundTests : IDisposable
{
    private const string School = """
        Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
        eth0	00000000	010AA8C0	0003	0	0	100	00000000	0	0	0
        eth0	000AA8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0
        docker0	000011AC	00000000	0001	0	0	0	0000FFFF	0	0	0
        """;

    private readonly string data = Directory.CreateTempSubdirectory("classcontact-around-").FullName;

    [Fact]
    public void A_network_has_the_same_mark_whenever_the_kit_is_in_it_and_another_has_another()
    {
        var mark = Mark(School);
        Assert.Matches("^[0-9a-f]{8}$", mark);
        Assert.Equal(mark, Mark(School.Replace("eth0", "enp1s0", StringComparison.Ordinal).Replace("\t100\t", "\t600\t", StringComparison.Ordinal)));
        Assert.NotEqual(mark, Mark(School.Replace("010AA8C0", "FE0AA8C0", StringComparison.Ordinal)));
        Assert.NotEqual(mark, Mark(School.Replace("00FFFFFF", "0000FFFF", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_kits_in_the_same_network_have_different_marks_and_the_key_is_the_owners_alone()
    {
        var mark = Mark(School);
        var key = Path.Combine(data, "network-key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        File.Delete(key);
        Assert.NotEqual(mark, Mark(School));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Iface Destination Gateway Flags")]
    [InlineData("Iface\nlo 0000007F 00000000 0001 0 0 0 000000FF 0 0 0")]
    [InlineData("Iface\neth0 00000000 x zz 0 0 0")]
    public void Without_a_way_out_there_is_no_mark(string table) => Assert.Null(Mark(table));

    [Fact]
    public void Without_a_place_for_its_key_there_is_no_mark()
    {
        File.WriteAllText(Path.Combine(data, "file"), "");
        File.WriteAllText(Path.Combine(data, "route"), School);
        Assert.Null(new NetworkMark(Path.Combine(data, "file", "below"), NullLogger.Instance, Path.Combine(data, "route")).Read());
    }

    [Fact]
    public void What_the_checks_know_is_told_and_what_nobody_knows_is_not()
    {
        var since = new DateTimeOffset(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);
        var health = new HealthStatus(KitHealth.Ready, since, null,
        [
            new("camera-present", Severity.StopsCalls, Verdict.Fail, since, "none"),
            new("speakerphone-present", Severity.StopsCalls, Verdict.Pass, since, Found: "Jabra SPEAK 510"),
            new("speakerphone-default", Severity.StopsCalls, Verdict.Error, since, "broke"),
            new("speakerphone-volume", Severity.StopsCalls, Verdict.Pass, since, Measures: [new("classcontact.speakerphone.loudspeaker.volume", 74, "%")]),
            new("udp", Severity.Degrades, Verdict.Warn, since, "no-answer"),
        ]);
        Assert.Equal(
            new Dictionary<string, string> { ["camera"] = "none", ["speakerphone"] = "Jabra SPEAK 510", ["loudspeaker-volume"] = "74 %", ["udp"] = "blocked", ["sound-port"] = "1-1.2" },
            Around.Of(health, null, null, "1-1.2", null));
    }

    [Fact]
    public void Ports_are_those_of_the_devices_on_usb()
    {
        var port = Directory.CreateDirectory(Path.Combine(data, "sys/devices/pci0/usb1/1-1/1-1.2")).FullName;
        File.WriteAllText(Path.Combine(port, "idVendor"), "046d");
        Link("sys/class/video4linux/video0", Path.Combine(port, "1-1.2:1.0/video4linux/video0"));
        Link("sys/class/video4linux/video1", Path.Combine(port, "1-1.2:1.0/video4linux/video1"));
        Link("sys/class/sound/card0", Path.Combine(data, "sys/devices/pci0/sound/card0"));
        Assert.Equal(("1-1.2", null), (new UsbPorts(data).Cameras, new UsbPorts(data).Sound));

        void Link(string at, string to)
        {
            Directory.CreateDirectory(to);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(data, at))!);
            Directory.CreateSymbolicLink(Path.Combine(data, at), to);
        }
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private string? Mark(string table)
    {
        var routes = Path.Combine(data, "route");
        File.WriteAllText(routes, table);
        return new NetworkMark(data, NullLogger.Instance, routes).Read();
    }
}
