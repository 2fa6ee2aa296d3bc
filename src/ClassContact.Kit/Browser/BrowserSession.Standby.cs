using System.Text.Json;
using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Browser;

// From the meeting to the standby page, with nothing left open behind it.
internal sealed partial class BrowserSession
{
    private readonly string door = ScreenFiles.DoorBeside(standby);

    /// <summary>For the page to end its tracks, some 2 ms here; standby is not kept waiting for more.</summary>
    private static readonly TimeSpan TracksEnd = TimeSpan.FromMilliseconds(300);

    // Beside the standby page, so that the browser's policy allows it. Whoever wants it says so again when something else came onto the screen.
    private async Task ShowDoor(CancellationToken ct)
    {
        isAtDoor = true;
        if ((lost || (await page.Location(ct)).AbsoluteUri != door) && await page.Navigate(door, devTools.Deadline, ct) is { } error)
            throw new DevToolsException($"the technician's page did not load ({error})");
        lost = false;
        await ForgetHistory(ct);
        ViewsChanged();
    }

    private async Task ShowStandbyPage(CancellationToken ct)
    {
        isAtDoor = false;
        var isThere = !lost && (await page.Location(ct)).AbsoluteUri == standby && await IsWhole(ct);
        if (!isThere && !dead)
            await StopTracks(ct);
        // A page without a process has nothing open, so there is time for another process to start.
        if (!isThere && await page.Navigate(standby, dead ? devTools.PageStarts : devTools.Deadline, ct) is { } error)
        {
            // A page of our own, from the disk: if not even that comes, the browser is beyond help. The kiosk starts another, with nothing open in it.
            log.LogError("The standby page did not load ({Error}): the browser is closed", error);
            devTools.GaveUp();
            await CloseBrowser(ct);
        }
        lost = false;
        devTools.Settled();
        await ForgetHistory(ct);
        tell(new StandbyShown());
        ViewsChanged();
    }

    // A browser that has just started may be stopped (Page.StopLoading) before the page has its scripts; then it would stay blank.
    private async Task<bool> IsWhole(CancellationToken ct) => (await page.Evaluate("typeof show === 'function'", ct)).ValueKind is JsonValueKind.True;

    // The page's end closes its devices anyway; this closes them before it, and the page says that they are.
    private async Task StopTracks(CancellationToken ct)
    {
        try
        {
            var live = await page.Evaluate("window[Symbol.for('classcontact')]?.stop()", ct).WaitAsync(TracksEnd, time, ct);
            if (live.ValueKind is JsonValueKind.Number)
                log.LogInformation("Camera and microphone are closed: {Live} of the page's tracks are live", live.GetInt32());
        }
        catch (Exception e) when (e is DevToolsException or TimeoutException)
        {
            log.LogWarning("The page did not say that its tracks ended; it is left all the same");
        }
    }

    // Otherwise "back" (Alt+Left) would open the meeting again, and with it the camera, without a press. Chromium refuses while the new document
    // is only just committed; a page that still got away would be led back by BackToStandby.
    private async Task ForgetHistory(CancellationToken ct)
    {
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            try
            {
                await page.Call("Page.resetNavigationHistory", null, ct);
                return;
            }
            catch (DevToolsException e) when (!e.IsTimeout)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, ct);
            }
        }
        log.LogWarning("The browser keeps its history");
    }
}
