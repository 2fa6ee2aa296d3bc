using ClassContact.Classroom;

namespace ClassContact.KitBench.Tests;

/// <summary>The bench itself: what the stories rely on.</summary>
public sealed class MachineTests(PlainMachine plain) : IClassFixture<PlainMachine>
{
    private readonly Machine machine = plain.Machine;

    [Fact]
    public async Task Commands_run_side_by_side_and_one_that_takes_too_long_is_killed()
    {
        var slow = machine.Run("echo begun; sleep 60", TimeSpan.FromSeconds(3));
        Assert.Equal(new(3, "Écoute\n"), await machine.Run("echo Écoute >&2; exit 3"));
        Assert.False(slow.IsCompleted);
        Assert.Equal(new(124, "begun\n"), await slow);
        Assert.Equal("running", (await machine.Until("systemctl is-system-running --wait")).Trim());
    }

    [Fact]
    public async Task Long_answers_side_by_side_are_each_whole()
    {
        var numbers = string.Concat(Enumerable.Range(1, 20_000).Select(n => $"{n}\n"));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => machine.Good("seq 20000"))), answer => Assert.Equal(numbers, answer));
    }

    [Fact]
    public async Task Files_go_in_and_out_as_they_are()
    {
        using var folder = new TestFolder();
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(folder.File("in"), bytes);
        await machine.CopyIn(folder.File("in"), "/srv/new/file");
        await machine.CopyOut("/srv/new/file", folder.File("out"));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(folder.File("out")));
    }

    [Fact]
    public async Task A_power_cut_loses_what_was_not_flushed_and_nothing_else()
    {
        await machine.Good("echo safe >/srv/flushed && sync /srv/flushed /srv && echo lost >/srv/not-flushed");
        await machine.CutPower();
        await machine.PowerOn();
        Assert.Equal("safe", (await machine.Good("cat /srv/flushed")).Trim());
        Assert.NotEqual("lost", (await machine.Run("cat /srv/not-flushed")).Output.Trim());
    }

    [Fact]
    public async Task A_restart_in_good_order_loses_nothing()
    {
        var before = await machine.Good("cat /proc/sys/kernel/random/boot_id; echo kept >/srv/file");
        await machine.Reboot();
        Assert.NotEqual(before, await machine.Good("cat /proc/sys/kernel/random/boot_id"));
        Assert.Equal("kept\n", await machine.Good("cat /srv/file"));
    }

    [Fact]
    public async Task A_pulled_cable_is_noticed_in_the_machine()
    {
        await machine.Until("grep -q 1 /sys/class/net/eth0/carrier");
        await machine.SetCable(plugged: false);
        await machine.Until("grep -q 0 /sys/class/net/eth0/carrier");
        await machine.SetCable(plugged: true);
        await machine.Until("grep -q 1 /sys/class/net/eth0/carrier");
    }
}
