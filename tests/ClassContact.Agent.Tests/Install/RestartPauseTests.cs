using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Install;

/// <summary><c>packaging/linux/restart-pause</c>, the backoff of our units, with a clock and a <c>sleep</c> of the test's.</summary>
[Trait("Kit", "none")]
public sealed class RestartPauseTests : IDisposable
{
    private readonly TestFolder folder = new();

    public RestartPauseTests()
    {
        var sleep = Path.Combine(Directory.CreateDirectory(folder.File("bin")).FullName, "sleep");
        File.WriteAllText(sleep, $"#!/bin/sh\necho \"$1\" >>'{folder.File("slept")}'\n");
        File.SetUnixFileMode(sleep, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Five_starts_go_on_at_once_and_each_further_one_waits_longer_up_to_half_a_minute()
    {
        for (var start = 0; start < 13; start++) await Start(at: 100 + start);
        Assert.Equal(["5", "10", "15", "20", "25", "30", "30", "30"], Slept);
    }

    [Fact]
    public async Task What_falls_now_and_then_is_never_kept_waiting()
    {
        for (var start = 0; start < 20; start++) await Start(at: 100 + (61 * start));
        Assert.Empty(Slept);
    }

    [Fact]
    public async Task A_list_that_is_garbled_or_of_another_time_counts_for_nothing()
    {
        await File.WriteAllLinesAsync(folder.File("starts"), ["x", "", "99999999999999999999", "$(reboot)", "7000", "-3", "900", "900", "900", "900", "900"], TestContext.Current.CancellationToken);
        await Start(at: 2000);
        Assert.Empty(Slept);
        Assert.Equal("2000\n", await File.ReadAllTextAsync(folder.File("starts"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_keeps_nothing_from_starting()
    {
        Directory.CreateDirectory(folder.File("starts")); // where the list should be
        await Start(at: 100);
        Assert.Empty(Slept);
    }

    private IReadOnlyList<string> Slept => File.Exists(folder.File("slept")) ? File.ReadAllLines(folder.File("slept")) : [];

    private async Task Start(int at)
    {
        await File.WriteAllTextAsync(folder.File("uptime"), $"{at}.25 12.00\n");
        Assert.Equal(0, await ChildProcess.Run("restart-pause", folder.Path, Checkout.Packaging("restart-pause"), [folder.Path], new Dictionary<string, string?>
        {
            ["PATH"] = $"{folder.File("bin")}:/usr/bin:/bin",
            ["RESTART_PAUSE_UPTIME"] = folder.File("uptime"),
        }));
    }
}
