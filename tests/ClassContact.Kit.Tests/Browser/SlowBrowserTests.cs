using System.Collections.Concurrent;
using System.Runtime.Versioning;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.Screen;
using ClassContact.Kit.Tests.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Kit.Tests.Browser;

/// <summary>A browser on a slow computer, seen in the kit bench: it must never be closed for being slow to start.</summary>
[SupportedOSPlatform("linux")]
public sealed class SlowBrowserTests : IAsyncDisposable
{
    private static readonly string Standby = new Uri(ScreenFiles.StandbyPage).AbsoluteUri;

    private readonly FakeTime time = new();
    private readonly SettingsFolder folder = new();
    private readonly ConcurrentQueue<CallEvent> told = [];
    private readonly CancellationTokenSource stop = new();
    private SlowBrowser? browser;
    private BrowserWorker? worker;
    private Task working = Task.CompletedTask;

    [Fact]
    public async Task A_page_whose_first_load_was_stopped_is_led_to_the_standby_page()
    {
        Begin(address: "");
        await Sees<StandbyShown>();
        Assert.Contains("Page.navigate", browser!.Asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("standby")]
    public async Task A_page_that_is_slow_to_start_is_waited_for_and_neither_crashed_nor_closed(string address)
    {
        Begin(address.Length == 0 ? "" : Standby, isSilent: true);
        await Asked("Page.enable");
        time.Advance(TimeSpan.FromSeconds(29));
        browser!.IsSilent = false;
        await Sees<StandbyShown>();
        Assert.DoesNotContain(browser.Asked, method => method is "Page.crash" or "Browser.close");
    }

    [Fact]
    public async Task A_page_that_has_shown_something_and_hangs_is_noticed_after_4_s()
    {
        Begin(Standby);
        await Sees<StandbyShown>();
        await Until(() => browser!.Asked.Contains("Page.resetNavigationHistory"));
        browser!.IsSilent = true;
        var asked = browser.Asked.Count;
        worker!.ViewsChanged();
        await Until(() => browser.Asked.Count > asked);
        await AskedAfter(4, "Page.crash");
        await Asked("Page.navigate"); // and a new one shows it again
        Assert.DoesNotContain("Browser.close", browser.Asked);
    }

    [Fact]
    public async Task A_meeting_that_hangs_when_an_agent_comes_to_it_is_noticed_after_4_s()
    {
        Begin("https://www.vectera.com/meet/team/room/", isSilent: true);
        await Asked("Page.enable");
        await AskedAfter(4, "Page.crash");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (browser is not null) browser.IsSilent = false;
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        browser?.Dispose();
        folder.Dispose();
        stop.Dispose();
    }

    private void Begin(string address, bool isSilent = false)
    {
        browser = new(folder.Path, address) { IsSilent = isSilent };
        folder.Write("kit.json", SettingsFolder.KitWith($$""" "folders": { "kiosk": "{{folder.Path}}" } """));
        var views = new Views(Room.Standby(new CallState.Standby(), Situations.TheKit, Situations.Now, null, Words.Of("fr")), null);
        worker = new(Setup.Read(folder.File("kit.json")).Value!, () => views, told.Enqueue, time, NullLogger.Instance);
        working = worker.Run(stop.Token);
    }

    private Task Asked(string method) => Until(() => browser!.Asked.Contains(method));

    // The deadline may begin a moment after what it is for was asked: time goes on, in steps, by no more than once again that much.
    private async Task AskedAfter(int seconds, string method)
    {
        Assert.DoesNotContain(method, browser!.Asked);
        time.Advance(TimeSpan.FromSeconds(seconds));
        var late = TimeSpan.Zero;
        await Until(() =>
        {
            if (browser.Asked.Contains(method)) return true;
            if (late >= TimeSpan.FromSeconds(seconds)) return false;
            time.Advance(TimeSpan.FromSeconds(0.01));
            late += TimeSpan.FromSeconds(0.01);
            return false;
        });
    }

    private Task Sees<T>() => Until(() => told.OfType<T>().Any());

    private async Task Until(Func<bool> holds)
    {
        for (var i = 0; !holds(); i++)
        {
            Assert.True(i < 1500, $"asked: {string.Join(' ', browser!.Asked)}; told: {string.Join(' ', told)}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
