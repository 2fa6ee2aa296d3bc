using System.Runtime.Versioning;
using System.Text.Json;
using System.Threading.Channels;
using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Browser;

/// <summary>From attaching to a browser until it is gone: three loops on one page, which end together.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class BrowserSession(
    DevTools devTools, Page page, Setup setup, string standby, Func<Views> views, Action<CallEvent> tell, TimeProvider time, ILogger log)
{
    /// <summary>A tenth of a second here; a browser that takes longer is ended by its watchers.</summary>
    private static readonly TimeSpan BrowserEnds = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan StandbyAgain = TimeSpan.FromSeconds(1);

    /// <summary>Asking which cameras and microphones there are opens none; it starts the browser's processes for them while the meeting's page is still on
    /// its way, so that the page gets its camera some 200 ms sooner.</summary>
    private const string WakeDevices = "navigator.mediaDevices.enumerateDevices()";

    // A bell needs to ring only once.
    private readonly Channel<bool> called = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Showing showing = new(page, standby, views, time);
    private CallCommand? next; // only the newest counts
    private volatile bool hangs; // the page must be crashed before it can be led anywhere
    private volatile bool dead; // the page has no process: it answers nothing before it is led somewhere
    private volatile bool lost; // the page is not where its address says
    private volatile bool isAtDoor; // the page was led to the technician's
    private volatile CallCommand doing = new ShowStandby();
    private int asked; // dialogs
    private volatile TaskCompletionSource? crashing; // while we crash the page ourselves

    /// <summary>Told what our own page says; must not block.</summary>
    public Action<string>? Heard { get; init; }

    /// <summary>Told of how a visit goes, closely; must not block.</summary>
    public Action<VisitNote>? Note { get; init; }

    public void Want(CallCommand command)
    {
        if (command is OpenMeeting or WatchMeeting)
            page.WantMuted(command is OpenMeeting { Muted: true } or WatchMeeting { Muted: true });
        Interlocked.Exchange(ref next, command);
        called.Writer.TryWrite(true);
    }

    /// <summary>Holds our sound back in the page that is there, and in every one to come. Whether it took is seen at the next look.</summary>
    public void Mute(bool muted)
    {
        page.WantMuted(muted);
        _ = Quietly(page.CarryOutMute());
    }

    public void ViewsChanged() => showing.ViewsChanged();

    public Task Close() => page.CloseBrowser(CancellationToken.None);

    /// <summary>Ends when the browser is gone, does not answer, or <paramref name="ct"/> is cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] loops = [Follow(stop.Token), Lead(stop.Token), showing.Run(Silent, stop.Token)];
        var first = await Task.WhenAny(loops);
        await stop.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        await first;
    }

    private async Task Lead(CancellationToken ct)
    {
        var job = Task.CompletedTask;
        var jobStop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            while (true)
            {
                var call = called.Reader.ReadAsync(ct).AsTask();
                if (await Task.WhenAny(call, job) == job && job.IsFaulted)
                    await job;
                await call;
                if (Interlocked.Exchange(ref next, null) is not { } command)
                    continue;
                await jobStop.CancelAsync();
                await job.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                jobStop.Dispose();
                jobStop = CancellationTokenSource.CreateLinkedTokenSource(ct);
                job = Do(command, jobStop.Token);
            }
        }
        finally
        {
            await jobStop.CancelAsync();
            await job.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            jobStop.Dispose();
        }
    }

    private async Task Do(CallCommand command, CancellationToken ct)
    {
        doing = command;
        try
        {
            if (command is ShowStandby or ShowDoorPage || (command is OpenMeeting && lost))
                await page.StopLoading(ct); // what was begun before may not arrive any more
            if (hangs)
                await Crash(ct);
            await (command switch
            {
                OpenMeeting open => Open(open, ct),
                WatchMeeting watch => Watch(watch, ct),
                ShowDoorPage => ShowDoor(ct),
                _ => ShowStandbyPage(ct),
            });
        }
        catch (DevToolsException e) when (e.IsTimeout)
        {
            // Does the page hang, or the whole browser? In the latter case this throws, and the session ends.
            await devTools.Call("Browser.getVersion", null, null, ct);
            log.LogWarning("The page does not answer: {Reason}", e.Message);
            devTools.GaveUp();
            (hangs, lost) = (true, true);
            Broken(Cause.PageHung);
        }
        catch (DevToolsException e)
        {
            log.LogWarning("The page: {Reason}", e.Message);
            if (devTools.Ended.IsCompleted)
                return;
            if (Visiting is { } attempt)
            {
                tell(new PageFailed(attempt, Cause.NotJoined));
                return;
            }
            await Task.Delay(StandbyAgain, time, ct); // nothing but the standby page will do
            BackToStandby();
        }
    }

    // The press is answered on the screen before anything else: while a server is waited for, the page shows nothing new. What is sent first is done
    // first, so its answer need not be waited for.
    private async Task Open(OpenMeeting open, CancellationToken ct)
    {
        if (dead || isAtDoor)
            await page.Navigate(standby, dead ? devTools.PageStarts : devTools.Deadline, ct); // a page without a process takes no script, and the room would look at Chromium's own words, or at the technician's
        isAtDoor = false;
        _ = Quietly(page.Evaluate($"location.protocol === 'file:' && (show({JsonSerializer.Serialize(views().Standby, ScreenJson.Default.ScreenView)}), {WakeDevices}, 0)", ct));
        lost = true; // whatever becomes of it, standby has to be led to anew
        await page.HookNext();
        devTools.Settled(); // it works, and from here on somebody waits
        await Visit(open.Attempt).Open(ct);
    }

    private async Task Watch(WatchMeeting watch, CancellationToken ct)
    {
        await page.HookNext();
        await Visit(watch.Attempt).Resume(ct);
    }

    private async Task Crash(CancellationToken ct)
    {
        var crashed = crashing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.Crash(ct);
        // The browser tells of it within some 40 ms here; two seconds and more on a computer that is at its limit (kit bench).
        await crashed.Task.WaitAsync(devTools.Deadline, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        crashing = null;
        (hangs, dead) = (false, true);
        if (crashed.Task.IsCompleted)
            return;
        log.LogError("The page hangs and cannot be ended: the browser is closed");
        await CloseBrowser(ct);
    }

    // That it ended is told by whoever holds its pipes: no failure of the meeting's.
    private async Task CloseBrowser(CancellationToken ct)
    {
        await page.CloseBrowser(ct);
        await devTools.Ended.WaitAsync(BrowserEnds, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        throw new DevToolsException("the browser was closed");
    }

    private MeetingAttempt? Visiting => doing switch { OpenMeeting open => open.Attempt, WatchMeeting watch => watch.Attempt, _ => null };

    private MeetingVisit Visit(MeetingAttempt attempt) => new(page, setup, attempt, tell, time, log) { Note = Note };

    private static async Task Quietly(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
