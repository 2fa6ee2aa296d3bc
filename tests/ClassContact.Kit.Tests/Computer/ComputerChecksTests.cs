using System.Runtime.Versioning;
using ClassContact.Kit.Computer;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.Health;
using Xunit;

namespace ClassContact.Kit.Tests.Computer;

[SupportedOSPlatform("linux")]
public sealed class ComputerChecksTests : IDisposable
{
    private const long Megabyte = 1024 * 1024;

    // Captured on Debian 12 in a bubblewrap sandbox, and shortened.
    private const string Mounts = """
        1041 1020 0:85 / / rw,nosuid,nodev,relatime - tmpfs tmpfs rw,uid=5000,gid=5000
        1043 1041 253:0 /usr /usr ro,nosuid,nodev,relatime master:1 - ext4 /dev/vda rw,discard
        1049 1041 0:86 / /tmp rw,nosuid,nodev,relatime - tmpfs tmpfs rw
        1050 1041 253:1 / /var/log\040files rw,relatime - ext4 /dev/vdb ro,errors=remount-ro
        1051 1041 253:2 / /var ro,relatime shared:1 master:2 - ext4 /dev/vdc rw
        1052 1041 253:3 / /var rw,relatime - ext4 /dev/vdc rw
        """;

    private readonly string root = Directory.CreateTempSubdirectory("classcontact-computer-").FullName;

    [Theory]
    [InlineData("/usr/lib", true)]
    [InlineData("/usr", true)]
    [InlineData("/usrlocal", false)]
    [InlineData("/tmp/x", false)]
    [InlineData("/var/log files/classcontact", true)] // the kernel made it so after an error
    [InlineData("/var/log", false)] // what is mounted later hides what is below
    public void A_read_only_file_system_is_told(string path, bool readOnly) => Assert.Equal(readOnly, MountTable.IsReadOnly(Mounts, path));

    [Theory]
    [InlineData("")]
    [InlineData("garbage\n\n- - - -\n1 2 3 4 5 6 7")]
    public void A_table_that_is_none_says_nothing(string table) => Assert.Null(MountTable.IsReadOnly(table, "/usr"));

    [Theory]
    [InlineData(500_000, 1_000_000, false, "Pass")]
    [InlineData(2_000, 1_000_000, false, "Pass")] // a small share of a large disk
    [InlineData(900, 1_000_000, false, "Warn(low)")]
    [InlineData(900, 4_000, false, "Pass")] // a small disk
    [InlineData(49, 4_000, false, "Fail(full)")] // less than the log may take
    [InlineData(0, 0, false, "Fail(full)")]
    [InlineData(500_000, 1_000_000, true, "Fail(read-only)")]
    public async Task The_disk_has_room_for_the_log(long free, long size, bool readOnly, string verdict) =>
        Assert.Equal(verdict, await Disk(path => path == "/logs" ? new(free * Megabyte, size * Megabyte, readOnly) : new(100 * Megabyte, 200 * Megabyte, false)));

    [Fact]
    public async Task The_runtime_folder_needs_a_megabyte()
    {
        Assert.Equal("Pass", await Disk(path => path == "/logs" ? new(1L << 40, 1L << 40, false) : new(Megabyte, 200 * Megabyte, false)));
        Assert.Equal("Fail(full)", await Disk(path => path == "/logs" ? new(1L << 40, 1L << 40, false) : new(Megabyte - 1, 200 * Megabyte, false)));
        Assert.Equal("CannotTell(cannot-look)", await Disk(path => path == "/logs" ? new(1L << 40, 1L << 40, false) : null));
    }

    [Fact]
    public async Task The_disk_of_this_machine_can_be_read()
    {
        var finding = await new[] { new Disk(new(root, Logs: Path.Combine(root, "not/there/yet")), new()).Space }.Look("disk-space");
        Assert.Equal(2, finding.Measures.Length);
        Assert.All(finding.Measures, measure => Assert.True(measure.Value > 0));
    }

    [Theory]
    [InlineData("MemTotal:        4000000 kB\nMemFree: 1 kB\nMemAvailable:    400000 kB\n", "Pass")]
    [InlineData("MemTotal:        4000000 kB\nMemAvailable:    399999 kB\n", "Fail(low)")]
    [InlineData("MemTotal:        4000000 kB\n", "CannotTell(cannot-look)")]
    [InlineData("MemTotal: x kB\nMemAvailable: -1 kB", "CannotTell(cannot-look)")]
    [InlineData(null, "CannotTell(cannot-look)")]
    public async Task A_class_fits_into_the_memory(string? text, string verdict) =>
        Assert.Equal(verdict, (await new[] { new Memory(() => text).Available }.Look("memory")).Brief());

    [Theory]
    [InlineData("", "Skipped(none)", "Skipped(none)")]
    [InlineData("AC:Mains:1", "Skipped(none)", "Skipped(none)")]
    [InlineData("AC:Mains:1 BAT0:Battery:Charging:10", "Pass", "Pass")]
    [InlineData("AC:Mains:0 BAT0:Battery:Discharging:80", "Pass", "Fail(unplugged)")]
    [InlineData("AC:Mains:0 BAT0:Battery:Discharging:20", "Warn(low)", "Fail(unplugged)")]
    [InlineData("AC:Mains:0 BAT0:Battery:Discharging:5", "Fail(nearly-empty)", "Fail(unplugged)")]
    [InlineData("AC:Mains:0 BAT0:Battery:Discharging:2 BAT1:Battery:Unknown:90", "Pass", "Fail(unplugged)")]
    [InlineData("AC:Mains:0 ucsi:USB:1 BAT0:Battery:Full:100", "Pass", "Pass")]
    [InlineData("BAT0:Battery:Discharging:50", "Pass", "Fail(unplugged)")]
    [InlineData("BAT0:Battery:Full:100", "Pass", "Pass")]
    [InlineData("BAT0:Battery:Discharging:banana", "CannotTell(cannot-look)", "Fail(unplugged)")]
    [InlineData("hidpp:Battery:Discharging:3:Device", "Skipped(none)", "Skipped(none)")] // a mouse's
    [InlineData("ucsi:USB:0", "Skipped(none)", "Skipped(none)")] // a desktop computer with a free USB-C port
    public async Task Battery_and_charger_say_how_long_a_class_can_last(string supplies, string battery, string charger)
    {
        foreach (var supply in supplies.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(':')))
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, "sys/class/power_supply", supply[0])).FullName;
            File.WriteAllText(Path.Combine(folder, "type"), supply[1] + "\n");
            File.WriteAllText(Path.Combine(folder, supply[1] == "Battery" ? "status" : "online"), supply[2] + "\n");
            if (supply.Length > 3)
                File.WriteAllText(Path.Combine(folder, "capacity"), supply[3] + "\n");
            if (supply.Length > 4)
                File.WriteAllText(Path.Combine(folder, "scope"), supply[4] + "\n");
        }
        var checks = new PowerSupplies(hasBattery: true, root).All;
        Assert.Equal((battery, charger), ((await checks.Look("battery")).Brief(), (await checks.Look("charger")).Brief()));
        Assert.Equal("Skipped(declared-absent)", (await new PowerSupplies(hasBattery: false, root).All.Look("battery")).Brief());
        Assert.Equal("Skipped(declared-absent)", (await new PowerSupplies(hasBattery: false, root).All.Look("charger")).Brief());
    }

    [Theory]
    [InlineData("", "CannotTell(cannot-look)")]
    [InlineData("card0-eDP-1:connected card0-HDMI-A-1:disconnected", "Pass")]
    [InlineData("card0-DP-1:disconnected card0-HDMI-A-1:disconnected", "Fail(none)")]
    [InlineData("card0-DP-1:disconnected card0-VGA-1:unknown", "CannotTell(cannot-look)")]
    [InlineData("card0-DP-1:disconnected card0-Writeback-1:unknown", "Fail(none)")]
    [InlineData("card0-DP-1:banana", "CannotTell(cannot-look)")]
    public async Task A_screen_is_plugged_in(string connectors, string verdict)
    {
        foreach (var connector in connectors.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(':')))
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(root, "sys/class/drm", connector[0])).FullName, "status"), connector[1] + "\n");
        Assert.Equal(verdict, (await new[] { new Display(isExpected: true, root).Connected }.Look("display-connected")).Brief());
        Assert.Equal("Skipped(declared-absent)", (await new[] { new Display(isExpected: false, root).Connected }.Look("display-connected")).Brief());
    }

    [Theory]
    [InlineData(true, 1, "Pass")]
    [InlineData(true, 0, "Fail(none)")]
    [InlineData(false, 0, "Skipped(not-listened-to)")]
    public async Task A_keyboard_is_missed_where_one_is_listened_to(bool listen, int keyboards, string verdict) =>
        Assert.Equal(verdict, (await new[] { ComputerChecks.Keyboard(listen, () => keyboards) }.Look("keyboard-present")).Brief());

    [Theory]
    [InlineData(true, "Pass")]
    [InlineData(false, "Fail(silent)")]
    public async Task A_browser_answers(bool answers, string verdict) =>
        Assert.Equal(verdict, (await new[] { ComputerChecks.Browser(() => answers) }.Look("browser-answering")).Brief());

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static async Task<string> Disk(Func<string, Room?> rooms) =>
        (await new[] { new Disk(new FolderSettings("/run", Logs: "/logs"), new()) { RoomOf = rooms }.Space }.Look("disk-space")).Brief();
}
