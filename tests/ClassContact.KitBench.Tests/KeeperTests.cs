using ClassContact.Classroom;

namespace ClassContact.KitBench.Tests;

/// <summary>A bench that was killed leaves nothing. What stands for QEMU is the smallest program that stays.</summary>
public sealed class KeeperTests
{
    [Theory]
    [InlineData("kill -KILL $holder")]
    [InlineData("kill -INT -- -$holder; kill -KILL $holder")]
    public async Task A_machine_and_its_folder_are_gone_when_the_program_that_held_it_is_killed(string killed)
    {
        using var logs = new TestFolder();
        var folder = Directory.CreateTempSubdirectory("classcontact-vm-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "command"), "sleep\0" + "4242\0");
        var keeper = Path.Combine(Checkout.Root, "tests/ClassContact.KitBench/keeper");
        // The one that holds the keeper's input is a shell that ends as a test program does that somebody kills.
        await using var shell = ChildProcess.Start("shell", logs.Path, "bash",
            ["-c", $"set -m; (exec 4> >(exec setsid '{keeper}' '{folder}'); echo on >&4; exec sleep 4343) & holder=$!; until pgrep -x -f 'sleep 4242'; do sleep 0.1; done; {killed}; wait"]);
        await shell.Ended().WaitAsync(WaitFor.Generous);
        await WaitFor.That("the folder to go", () => !Directory.Exists(folder));
        Assert.Equal(1, await ChildProcess.Run("pgrep", logs.Path, "pgrep", ["-x", "-f", "sleep 4242"]));
    }
}
