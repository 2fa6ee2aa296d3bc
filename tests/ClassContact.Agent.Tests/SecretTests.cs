using System.Text;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests;

/// <summary>Promise 3: a meeting link that was planted is found nowhere but in its own file and in the running browser's memory.</summary>
public sealed class SecretTests : KitTests
{
    [Fact]
    public async Task The_link_is_in_no_log_no_command_line_no_message_no_status_and_no_file_that_stays()
    {
        var commandLines = new HashSet<string>();
        await OpenTheClass();
        Collect(commandLines);
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        Collect(commandLines);
        var (_, status) = await Kit.Agent.Command("status");
        var (_, check) = await Kit.Agent.Command("status", "--json");
        await Kit.PupilLeaves();
        await Kit.Meeting.Kill();
        Kit.Kiosk.KillBrowser(); // the page is to be opened again and fails: the words of that, too
        await WaitFor.That("the trouble to be told", () => Kit.Heard.Any(line => line.Contains("\"call-troubled\"", StringComparison.Ordinal)), told => told, TimeSpan.FromSeconds(90));
        await Press("end");
        await Kit.Reaches("standby");
        var heard = Kit.Heard;
        await Kit.Agent.Process.End();
        await Kit.Kiosk.End();

        Assert.True(commandLines.Count > 10, $"{commandLines.Count} command lines were seen");
        Assert.DoesNotContain(commandLines, l => l.Contains(Secret));
        Assert.True(heard.Count > 10, $"{heard.Count} messages were heard");
        Assert.DoesNotContain(heard, l => l.Contains(Secret));
        Assert.DoesNotContain(Secret, status + check);
        Assert.Equal([Path.Combine(Path.GetDirectoryName(Kit.Agent.Settings)!, "meeting-link")], FilesWithTheSecret(Kit.Folder));
        Assert.Empty(FilesWithTheSecret(Kit.Kiosk.Run));
    }

    private static void Collect(HashSet<string> lines)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])))
        {
            try
            {
                lines.Add(File.ReadAllText(Path.Combine(process, "cmdline")));
                lines.Add(File.ReadAllText(Path.Combine(process, "environ")));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is Chromium's sandboxed child.
            }
        }
    }

    private string[] FilesWithTheSecret(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Device })
            .Where(f => new FileInfo(f).Length > 0 && File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0)];
}
