using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Requests;

/// <summary>The desk on a real disk: what is done, in which order, and what a restart makes of it.</summary>
public sealed class RequestDeskTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("classcontact-").FullName;

    private string Book => Path.Combine(data, "requests.json");

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task Every_request_is_accepted_then_done_one_after_the_other_and_told_on_the_screen()
    {
        await using var desk = new DeskUnderTest(data);
        foreach (var (name, n) in RequestName.All.Remove(RequestName.ShowMessage).Remove(RequestName.Reboot).Select((name, n) => (name, n)))
        {
            desk.Ask(name, $"id-{n}");
            Assert.Equal($"id-{n} Done", await desk.Replied((2 * n) + 2));
        }
        Assert.Equal(["run-diagnosis", "restart-browser", "reload-settings", "debug 10", "refresh-link", "send-bundle"], desk.Done);
        Assert.Equal(["run-diagnosis", "restart-browser", "reload-settings", "set-log-level", "refresh-link", "send-bundle"], desk.Screen.OfType<string>());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Book));
    }

    [Fact]
    public async Task It_is_written_down_before_it_is_done()
    {
        var written = "";
        await using var desk = new DeskUnderTest(data, deed: (_, _) =>
        {
            written = File.ReadAllText(Book);
            return Task.FromResult<string?>(null);
        });
        desk.Ask(RequestName.RefreshLink, "a");
        await desk.Replied(2);
        Assert.Contains("\"id\":\"a\"", written);
        Assert.Contains("\"outcome\":\"accepted\"", written);
        Assert.Contains("\"outcome\":\"done\"", await File.ReadAllTextAsync(Book, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_a_bundle_is_kept_is_said_and_after_a_restart_said_again_without_another_being_made()
    {
        await using (var before = new DeskUnderTest(data))
        {
            before.Ask(RequestName.SendBundle, "a");
            await before.Replied(2);
            Assert.Equal(new Reply("a", RequestName.SendBundle, Outcome.Done, Bundle: DeskUnderTest.Kept), before.Replies.Last());
        }
        await using var desk = new DeskUnderTest(data);
        desk.Ask(RequestName.SendBundle, "a");
        await desk.Replied(1);
        Assert.Equal(DeskUnderTest.Kept, desk.Replies.Single().Bundle);
        Assert.Empty(desk.Done);
    }

    [Fact]
    public async Task What_has_expired_while_it_waited_is_not_done_any_more()
    {
        var first = new TaskCompletionSource<string?>();
        await using var desk = new DeskUnderTest(data, deed: (name, _) => name is RequestName.SendBundle ? first.Task : Task.FromResult<string?>(null));
        desk.Ask(RequestName.SendBundle, "a");
        desk.Ask(RequestName.RefreshLink, "b");
        await desk.Replied(2);
        await desk.Within(() => desk.Done.Count == 1);
        desk.WallClock += TimeSpan.FromMinutes(3);
        first.SetResult("unreachable");
        await desk.Ended("b");
        Assert.Contains("b Refused expired", desk.Replies.Select(DeskUnderTest.Text));
        Assert.Equal([RequestName.SendBundle], desk.Done);
    }

    [Fact]
    public async Task What_was_done_before_a_restart_is_not_done_again()
    {
        await using (var before = new DeskUnderTest(data))
        {
            before.Ask(RequestName.RefreshLink, "a");
            await before.Replied(2);
        }
        await using var desk = new DeskUnderTest(data);
        desk.Ask(RequestName.RefreshLink, "a");
        Assert.Equal("a Done", await desk.Replied(1));
        Assert.Empty(desk.Done);
    }

    [Fact]
    public async Task What_a_restart_has_interrupted_is_told_as_such_by_the_next_start_and_when_it_is_asked_again()
    {
        await using (var before = new DeskUnderTest(data, deed: (_, ct) => Never(ct)))
        {
            before.Ask(RequestName.RefreshLink, "a");
            before.Ask(RequestName.RunDiagnosis, "b");
            await before.Replied(2);
        }
        await using var desk = new DeskUnderTest(data);
        Assert.Equal("a Refused interrupted", await desk.Replied(1));
        Assert.Equal("b Refused interrupted", await desk.Replied(2));
        desk.Ask(RequestName.RefreshLink, "a");
        Assert.Equal("a Refused interrupted", await desk.Replied(3));
        Assert.Empty(desk.Done);
    }

    [Fact]
    public async Task After_a_power_cut_in_the_middle_of_it_nothing_is_done_a_second_time()
    {
        foreach (var name in RequestName.All.Remove(RequestName.ShowMessage).Remove(RequestName.SetLogLevel))
        {
            var (before, after) = (Path.Combine(data, name), Path.Combine(data, name + "-after"));
            await using (var desk = new DeskUnderTest(before, deed: (_, ct) =>
            {
                Directory.CreateDirectory(after); // what the disk has at this moment
                File.Copy(Path.Combine(before, "requests.json"), Path.Combine(after, "requests.json"));
                return Never(ct);
            }))
            {
                desk.Ask(name, "a");
                await desk.Within(() => File.Exists(Path.Combine(after, "requests.json")));
            }
            await using var next = new DeskUnderTest(after, "boot-2");
            var told = await next.Replied(1);
            next.Ask(name, "a");
            Assert.Equal(told, await next.Replied(2));
            Assert.Equal(name is RequestName.ReloadSettings or RequestName.Reboot ? "a Done" : "a Refused interrupted", told);
            Assert.Empty(next.Done);
        }
    }

    [Theory]
    [InlineData("reload-settings", "boot-1", "a Done")]
    [InlineData("reboot", "boot-2", "a Done")]
    [InlineData("reboot", "boot-1", "a Refused interrupted")]
    public async Task What_ends_the_agent_is_told_as_done_by_the_next(string name, string boot, string reply)
    {
        await using (var before = new DeskUnderTest(data, deed: (_, ct) => Never(ct)))
        {
            before.Ask(name, "a");
            await before.Replied(1);
        }
        await using var desk = new DeskUnderTest(data, boot);
        Assert.Equal(reply, await desk.Replied(1));
        Assert.Empty(desk.Done);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"entries\":null}")]
    [InlineData("{\"entries\":[null]}")]
    [InlineData("{\"entries\":[{\"id\":\"a\"")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    public async Task A_damaged_book_is_set_aside_and_told_and_for_an_hour_only_what_does_no_harm_is_done(string damaged)
    {
        await File.WriteAllTextAsync(Book, damaged, TestContext.Current.CancellationToken);
        await using var desk = new DeskUnderTest(data);
        desk.Ask(RequestName.ReloadSettings, "a");
        Assert.Equal("a Refused forgotten", await desk.Replied(1));
        desk.Ask(RequestName.RunDiagnosis, "b");
        Assert.Equal("b Done", await desk.Replied(3));
        Assert.True(File.Exists(Book + ".damaged"));
        Assert.Contains(desk.Lines, line => line.Contains("set aside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_disk_that_takes_nothing_only_what_does_no_harm_is_done()
    {
        Directory.CreateDirectory(Book + ".next"); // where the next book would be written
        await using var desk = new DeskUnderTest(data);
        desk.Ask(RequestName.ReloadSettings, "a");
        Assert.Equal("a Refused not-kept", await desk.Replied(1));
        desk.Ask(RequestName.RunDiagnosis, "b");
        Assert.Equal("b Done", await desk.Replied(3));
        desk.Ask(RequestName.ShowMessage, "c");
        Assert.Equal("c Accepted", await desk.Replied(4));
        Assert.Equal(["run-diagnosis", "show c"], desk.Done);
    }

    [Theory]
    [InlineData(RequestName.RunDiagnosis)]
    [InlineData(RequestName.Reboot)]
    public async Task A_class_that_begins_ends_a_diagnosis_or_the_wish_for_a_reboot_and_what_waits_is_looked_at_again(string name)
    {
        await using var desk = new DeskUnderTest(data, deed: (_, ct) => Never(ct));
        desk.Ask(name, "a");
        desk.Ask(RequestName.RestartBrowser, "b");
        await desk.Replied(2);
        await desk.Within(() => !desk.Done.IsEmpty);
        desk.Situation = new(true, TimeSpan.Zero, true);
        desk.Desk.CallBegins();
        Assert.Equal("a Refused in-call", await desk.Replied(3));
        Assert.Equal("b Refused in-call", await desk.Replied(4));
        Assert.Equal([name], desk.Done);
    }

    [Fact]
    public async Task A_deed_that_breaks_is_told_and_the_next_is_done()
    {
        await using var desk = new DeskUnderTest(data, deed: (name, _) => name == RequestName.RefreshLink ? throw new InvalidOperationException("https://secret") : Task.FromResult<string?>("too-slow"));
        desk.Ask(RequestName.RefreshLink, "a");
        Assert.Equal("a Refused failed", await desk.Replied(2));
        desk.Ask(RequestName.RestartBrowser, "b");
        Assert.Equal("b Refused too-slow", await desk.Replied(4));
        Assert.DoesNotContain(desk.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_hostile_body_does_more_than_the_request_that_it_is_and_that_once()
    {
        foreach (var name in RequestName.All)
        {
            await using var desk = new DeskUnderTest(Path.Combine(data, name));
            foreach (var (_, body) in Asked.Hostile(name, "a"))
                desk.Hear(name, body);
            desk.Ask(RequestName.SetLogLevel, "last");
            await desk.Ended("last");
            // What is left of them is at most the request itself, once, and one with wrong fields, which most requests do not look at.
            Assert.InRange(desk.Done.Count, 1, 3);
            Assert.Empty(desk.Replies.Select(reply => reply.Id).Except(["a", "a-z", "a-a", "a-l", "last"]));
            Assert.DoesNotContain(desk.Lines, line => line.Contains("example.org", StringComparison.Ordinal));
        }
    }

    private static async Task<string?> Never(CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        return null;
    }
}
