using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using ClassContact.Kit.Browser;
using Xunit;

namespace ClassContact.Agent.Tests;

/// <summary>What the browser's managed policy allows the meeting in a real Chromium, and forbids the rest; and what stays of it.</summary>
public sealed class PolicyTests : IAsyncLifetime
{
    private const string Blocked = "chrome-error://"; // the browser's own page in the place of one that is there

    private readonly TestFolder files = new();
    private StandIn meeting = null!;
    private StandIn elsewhere = null!;
    private Kiosk kiosk = null!;

    public async ValueTask InitializeAsync()
    {
        (meeting, elsewhere) = (await StandIn.Open(), await StandIn.Open());
        var standby = files.File("standby.html");
        await File.WriteAllTextAsync(standby, "<!doctype html><title>standby</title><body>standby");
        kiosk = await Kiosk.Start(Artifacts.Folder(TestContext.Current.TestMethod!.MethodName), new Uri(standby).AbsoluteUri, [meeting.Origin]);
    }

    public async ValueTask DisposeAsync()
    {
        await kiosk.DisposeAsync();
        await meeting.DisposeAsync();
        await elsewhere.DisposeAsync();
        files.Dispose();
    }

    [Fact]
    public async Task Camera_and_microphone_are_the_meetings_alone()
    {
        Assert.Equal("NotAllowedError", await Opens());
        await Goes(meeting.GuestUrl, meeting.Origin);
        Assert.Equal("2", await Opens());
    }

    [Fact]
    public async Task No_other_page_and_no_file_is_shown()
    {
        await Goes("file:///etc/hostname", Blocked);
        await Goes(meeting.GuestUrl, meeting.Origin); // from there back: the page of an error leads out, too
        await Goes(elsewhere.GuestUrl, Blocked);
        Assert.Empty(elsewhere.Knocking);
    }

    [Fact]
    public async Task A_meeting_downloads_nothing()
    {
        await Goes(meeting.GuestUrl, meeting.Origin);
        var ct = TestContext.Current.CancellationToken;
        await using var devTools = DevTools.TryOpen(kiosk.Run, TimeProvider.System)!;
        var page = await Page.Attach(devTools, "about:blank", ct);
        await devTools.Call("Browser.setDownloadBehavior", new() { ["behavior"] = "default", ["eventsEnabled"] = true }, null, ct);
        await page.Evaluate("Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['x'])), download: 'classcontact-test.txt' }).click()", ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(WaitFor.Generous);
        await foreach (var told in devTools.Events.ReadAllAsync(limit.Token))
        {
            if (told.Method != "Browser.downloadProgress" || told.Params.GetProperty("state").GetString() is "inProgress") continue;
            Assert.Equal("canceled", told.Params.GetProperty("state").GetString());
            return;
        }
        Assert.Fail("the browser ended");
    }

    [Fact]
    public async Task Nothing_of_a_browser_outlives_it()
    {
        await Goes(meeting.GuestUrl, meeting.Origin);
        var (kept, first) = (Path.Combine(kiosk.Run, "profile", "of-the-last-browser"), kiosk.BrowserId());
        await File.WriteAllTextAsync(kept, "x", TestContext.Current.CancellationToken);
        kiosk.KillBrowser();
        await WaitFor.That("another browser", kiosk.BrowserId, id => id is not null && id != first);
        Assert.False(File.Exists(kept));
    }

    private Task<string> Opens() => kiosk.Ask("navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then((stream) => stream.getTracks().length, (e) => e.name)");

    private async Task Goes(string address, string shown)
    {
        await kiosk.Ask($"void (location.href = '{address}')");
        await WaitFor.That($"'{shown}' after {address}", Shown, seen => seen.Contains(shown, StringComparison.Ordinal));
    }

    // A page that is just being left tells nothing.
    private async Task<string> Shown()
    {
        try
        {
            return await kiosk.Ask("location.href");
        }
        catch (DevToolsException e)
        {
            return e.Message;
        }
    }
}
