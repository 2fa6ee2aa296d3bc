using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests;

/// <summary>The teacher's way does not depend on a disk that can be written.</summary>
public sealed class DiskTests
{
    [Fact]
    public async Task A_class_starts_and_ends_with_a_full_disk_for_logs_and_consent_and_the_journal_names_them()
    {
        var folder = Artifacts.Folder(nameof(A_class_starts_and_ends_with_a_full_disk_for_logs_and_consent_and_the_journal_names_them));
        var logs = Directory.CreateDirectory(Path.Combine(SmallDisk.Folder, "logs")).FullName;
        try
        {
            SmallDisk.Fill();
            await using var kit = await WholeKit.Start(folder, logs: logs, parentOfRun: SmallDisk.Folder, data: Path.Combine(SmallDisk.Folder, "data"));
            await kit.Reaches("standby");
            await OpensAndEnds(kit);
            Assert.Contains($"{kit.Agent.RunFolder}/consent.json: the consent cannot be kept: No space left on device", kit.Agent.Output, StringComparison.Ordinal);
            Assert.Contains($"{logs}: no log files", kit.Agent.Output, StringComparison.Ordinal);
            await WaitFor.That("the lesson", () => kit.Heard.Any(line => line.Contains("\"lesson\":{", StringComparison.Ordinal)));
        }
        finally
        {
            SmallDisk.MakeRoom();
            Directory.Delete(logs, recursive: true);
            if (Directory.Exists(Path.Combine(SmallDisk.Folder, "data")))
                Directory.Delete(Path.Combine(SmallDisk.Folder, "data"), recursive: true);
        }
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_class_starts_and_ends_with_a_read_only_folder_of_logs_and_the_journal_names_it()
    {
        var folder = Artifacts.Folder(nameof(A_class_starts_and_ends_with_a_read_only_folder_of_logs_and_the_journal_names_it));
        var logs = Directory.CreateTempSubdirectory("logs-").FullName;
        File.SetUnixFileMode(logs, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using (var kit = await WholeKit.Start(folder, logs: logs))
        {
            await kit.Reaches("standby");
            await OpensAndEnds(kit);
            Assert.Single(kit.Agent.Output.Split('\n'), line => line.StartsWith($"{logs}: no log files", StringComparison.Ordinal));
        }
        Assert.Empty(Directory.EnumerateFiles(logs));
        Directory.Delete(logs);
    }

    private static async Task OpensAndEnds(WholeKit kit)
    {
        foreach (var (press, state) in new[] { ("start", "open"), ("end", "standby") })
        {
            var (code, output) = await kit.Agent.Command("press", press);
            Assert.True(code == 0, output);
            await kit.Reaches(state);
        }
    }
}
