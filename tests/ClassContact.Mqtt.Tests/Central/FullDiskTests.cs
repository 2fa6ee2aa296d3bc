using ClassContact.Classroom;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>The shipped scripts on a disk that is full: the sandbox has one of 64 kB.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly CentralBroker broker = new();

    public ValueTask InitializeAsync() => broker.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        foreach (var folder in Directory.GetDirectories(SmallDisk.Folder))
            Directory.Delete(folder, recursive: true);
        SmallDisk.MakeRoom();
    }

    [Fact]
    public async Task Nobody_is_let_in_again_and_nothing_is_signed_that_could_not_be_revoked()
    {
        var (stolen, later) = (await broker.Kit("kit-1"), await broker.Kit("kit-2"));
        (await broker.Ca("revoke", "--stay", "kit", "kit-1")).Worked();
        MoveToSmallDisk(Path.Combine(broker.Authorities, "kits"));
        SmallDisk.Fill();
        var revoked = await broker.Ca("revoke", "--stay", "kit", "kit-2");
        Assert.Equal(1, revoked.Code);
        Assert.Contains("No space left on device", revoked.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("worthless", revoked.Errors, StringComparison.Ordinal);
        var place = Directory.CreateDirectory(Path.Combine(broker.Root, "place")).FullName;
        Assert.Equal(1, (await broker.Ca("kit", "kit-3", "--out", place)).Code);
        Assert.Empty(Directory.GetFiles(place));
        Assert.Equal(1, (await broker.Ca("renew")).Code);
        await Fails(broker.Way(stolen).Open("kit-1"));

        SmallDisk.MakeRoom();
        (await broker.Ca("renew")).Worked();
        await Fails(broker.Way(stolen).Open("kit-1"));
        (await broker.Ca("revoke", "--stay", "kit", "kit-2")).Worked();
        await WaitFor.That("the broker to refuse it", async () => await Record.ExceptionAsync(() => broker.Way(later).Open("kit-2")) is MqttException, refused => refused);
    }

    [Fact]
    public async Task A_backup_and_a_restore_say_in_one_line_that_there_is_no_room()
    {
        var saved = Path.Combine(broker.Root, "saved.tar.gz");
        (await CentralBroker.Script("backup", "--root", broker.Root, saved)).Worked();
        var root = Directory.CreateDirectory(Path.Combine(SmallDisk.Folder, "root")).FullName;
        SmallDisk.Fill();
        foreach (var said in new[]
        {
            await CentralBroker.Script("restore", "--root", root, saved),
            await CentralBroker.Script("backup", "--root", broker.Root, Path.Combine(SmallDisk.Folder, "root/saved.tar.gz")),
        })
        {
            Assert.Equal(1, said.Code);
            Assert.EndsWith("(No space left on device)", said.Errors.Split(';')[0].Trim(), StringComparison.Ordinal);
            Assert.Single(said.Errors.Trim().Split('\n'));
        }
        Assert.Empty(Directory.GetFiles(root));
    }

    private static void MoveToSmallDisk(string folder)
    {
        var there = Path.Combine(SmallDisk.Folder, Path.GetFileName(folder));
        foreach (var part in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(there, Path.GetRelativePath(folder, part)));
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(there, Path.GetRelativePath(folder, file)));
        Directory.Delete(folder, recursive: true);
        Directory.CreateSymbolicLink(folder, there);
    }
}
