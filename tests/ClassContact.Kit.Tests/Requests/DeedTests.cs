using ClassContact.Kit.Call;
using ClassContact.Kit.Health;
using ClassContact.Kit.Requests;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.House;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Kit.Tests.Requests;

/// <summary>What is done for the helpdesk, each by itself.</summary>
public sealed class DeedTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-").FullName;
    private readonly FakeTime time = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_browser_is_restarted_once_another_answers_and_not_before()
    {
        BrowserRestart? restart = null;
        restart = new(() =>
        {
            restart!.Seen(new BrowserAttached()); // of the one that is about to go
            restart.Seen(new BrowserGone());
            return Task.FromResult(true);
        }, time);
        var running = restart.Run(TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted);
        restart.Seen(new BrowserAttached());
        Assert.Null(await running);
    }

    [Fact]
    public async Task Where_there_is_no_browser_or_none_comes_back_that_is_told()
    {
        Assert.Equal("no-browser", await new BrowserRestart(() => Task.FromResult(false), time).Run(TestContext.Current.CancellationToken));
        var running = new BrowserRestart(() => Task.FromResult(true), time).Run(TestContext.Current.CancellationToken);
        time.Advance(BrowserRestart.Patience);
        Assert.Equal("too-slow", await running);
    }

    [Fact]
    public async Task A_reboot_is_asked_for_by_a_file_which_is_taken_back_when_nothing_comes_of_it()
    {
        var asking = new RebootFile(folder, time, NullLogger.Instance).Ask(TestContext.Current.CancellationToken);
        while (time.NextTimer is null)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Path.Combine(folder, "reboot")));
        time.Advance(RebootFile.Patience);
        Assert.Equal("too-slow", await asking);
        Assert.False(File.Exists(Path.Combine(folder, "reboot")));
        using var stop = new CancellationTokenSource();
        asking = new RebootFile(folder, time, NullLogger.Instance).Ask(stop.Token);
        while (!File.Exists(Path.Combine(folder, "reboot")))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await stop.CancelAsync(); // a class has begun, or the agent ends
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.False(File.Exists(Path.Combine(folder, "reboot")));
        Assert.Equal("failed", await new RebootFile(Path.Combine(folder, "none"), time, NullLogger.Instance).Ask(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_units_wait_for_that_file_take_no_parameters_and_spare_a_class()
    {
        var file = Path.Combine(new FolderSettings().Run, "reboot");
        Assert.Contains($"PathExists={file}\n", Repository.Text("packaging/linux/units/classcontact-reboot.path"), StringComparison.Ordinal);
        var service = Repository.Text("packaging/linux/units/classcontact-reboot.service").Split('\n').Where(line => line.StartsWith("ExecStart", StringComparison.Ordinal)).ToList();
        Assert.Equal([$"ExecStart=/bin/rm -f {file}", $"ExecStart=/bin/sh -c '[ -e {new FolderSettings().Run}/consent.json ] || exec /bin/systemctl --no-block reboot'"], service);
    }

    [Fact]
    public async Task A_diagnosis_for_the_helpdesk_leaves_out_what_opens_a_device_and_says_the_rest()
    {
        Selftest? told = null;
        Check Of(string code, Finding finding) => new(code, Severity.StopsCalls, Thing.Camera, ["none"], _ => Task.FromResult(finding));
        List<Check> checks =
        [
            Of("camera-present", Finding.Fail("none", "Webcam", new Measure("x", 1, "ms"))), Of("camera-expected", Finding.Fail("none")) with { DependsOn = ["camera-present"] },
            Of("microphone-level", Finding.Pass()) with { OnlyInDiagnosis = true, Look = _ => throw new InvalidOperationException("it listened") }, Of("disk", Finding.Pass()),
        ];
        Assert.Null(await new RequestedDiagnosis(() => checks, selftest => told = selftest, time).Run(TestContext.Current.CancellationToken));
        Assert.Equal(["camera-present", "camera-expected", "disk"], told!.Checks.Select(check => check.Code));
        Assert.Equal(("none", "Webcam", 1.0), (told.Checks[0].Reason, told.Checks[0].Found, told.Checks[0].Measures![0].Value));
        Assert.Equal(("camera-present", false), (told.Checks[1].BecauseOf, told.Ready));
    }

    [Fact]
    public async Task Of_a_diagnosis_that_a_class_ended_nothing_is_told()
    {
        using var stop = new CancellationTokenSource();
        var check = new Check("a", Severity.Informs, Thing.Kit, [], async ct =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return Finding.Pass();
        });
        var running = new RequestedDiagnosis(() => [check], _ => Assert.Fail("told"), time).Run(stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
