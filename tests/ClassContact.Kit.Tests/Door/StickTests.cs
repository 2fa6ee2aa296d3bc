using System.Diagnostics;
using ClassContact.Kit.Bundle;
using ClassContact.Kit.Door;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Tests.House;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Door;

/// <summary>The agent's part with the real script of root's; there is no stick, so lsblk and mount are stand-ins.</summary>
public sealed class StickTests : IDisposable
{
    private const string Stick = "PATH=\"/dev/sdb\" TYPE=\"disk\" TRAN=\"usb\" FSTYPE=\"\" MOUNTPOINT=\"\"\nPATH=\"/dev/sdb1\" TYPE=\"part\" TRAN=\"\" FSTYPE=\"vfat\" MOUNTPOINT=\"\"\n";
    private const string Own = "PATH=\"/dev/sda\" TYPE=\"disk\" TRAN=\"usb\" FSTYPE=\"\" MOUNTPOINT=\"\"\nPATH=\"/dev/sda1\" TYPE=\"part\" TRAN=\"\" FSTYPE=\"ext4\" MOUNTPOINT=\"/\"\n";
    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-stick-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(Own + Stick, "done", "done")]
    [InlineData(Own, "no-stick", null)]
    [InlineData("", "no-stick", null)]
    [InlineData(Stick + "PATH=\"/dev/sdc\" TYPE=\"disk\" TRAN=\"usb\" FSTYPE=\"exfat\" MOUNTPOINT=\"\"\n", "several", null)]
    [InlineData("PATH=\"/dev/sdb\" TYPE=\"disk\" TRAN=\"usb\" FSTYPE=\"ntfs\" MOUNTPOINT=\"\"\n", "no-stick", null)]
    public async Task A_bundle_goes_onto_the_one_stick_that_is_not_in_use(string disks, string word, string? copied)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit's system");
        Prepare(disks);
        var copying = Section().Deeds["stick.copy"](new("stick.copy", new Dictionary<string, string>()), default);
        await Until(() => File.Exists(In("run/stick-wanted")));
        await Root();
        Assert.Equal(Words.Of("fr")[$"door.stick.{word}"], (await copying).Text);
        Assert.Equal(copied is null ? [] : ["classcontact-kit-1-20261123T083000Z.tar.gz"], Files("result/stick"));
        Assert.Empty(Files("run")); // nothing is left for the next
    }

    [Fact]
    public async Task What_the_agent_did_not_make_so_is_not_copied()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit's system");
        Prepare(Stick);
        Directory.CreateDirectory(In("run/stick"));
        await File.WriteAllTextAsync(In("run/stick/..;rm"), "");
        await Root();
        Assert.Equal("none no-bundle\n", await File.ReadAllTextAsync(In("result/result")));
        Assert.False(File.Exists(In("run/stick-wanted")));
    }

    private DoorSection Section() => new StickSection(
        In("run"), _ => Task.FromResult(new MadeBundle("classcontact-kit-1-20261123T083000Z.tar.gz", [1, 2, 3], new(1, "kit-1", default, ClockState.Synced, "1", 1, [], []))),
        Words.Of("fr"), TimeProvider.System)
    {
        Result = In("result/result"),
    }.Section();

    private void Prepare(string disks)
    {
        foreach (var part in new[] { "run", "result", "bin" })
            Directory.CreateDirectory(In(part));
        File.WriteAllText(In("disks"), disks);
        foreach (var (name, deed) in new[] { ("lsblk", $"cat {In("disks")}"), ("mount", "exit 0"), ("umount", "exit 0") })
        {
            File.WriteAllText(In($"bin/{name}"), $"#!/bin/sh\n{deed}\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(In($"bin/{name}"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task Root()
    {
        using var script = Process.Start(new ProcessStartInfo(Repository.File("packaging/linux/copy-to-stick"))
        {
            Environment =
            {
                ["PATH"] = $"{In("bin")}:{Environment.GetEnvironmentVariable("PATH")}", ["CLASSCONTACT_RUN"] = In("run"), ["CLASSCONTACT_STICK_RUN"] = In("result"),
                ["CLASSCONTACT_USER"] = Environment.UserName,
            },
        })!;
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, script.ExitCode);
    }

    private string In(string name) => Path.Combine(folder, name);

    private string[] Files(string name) => Directory.Exists(In(name)) ? [.. Directory.EnumerateFileSystemEntries(In(name)).Select(file => Path.GetFileName(file))] : [];

    private static async Task Until(Func<bool> isSo)
    {
        while (!isSo())
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
