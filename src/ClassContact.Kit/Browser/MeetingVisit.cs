using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClassContact.Kit.Call;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Browser;

/// <summary>
/// One attempt at the meeting, from the navigation to the last look: does the steps of its description and tells what it sees. It decides nothing
/// and has no deadline of its own but that of a step: the call's machine says how long a launch may take.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class MeetingVisit(Page page, Setup setup, MeetingAttempt attempt, Action<CallEvent> tell, TimeProvider time, ILogger log)
{
    /// <summary>While joining: a look takes some 3 ms here, and the milestones' own times come from the page.</summary>
    private static readonly TimeSpan JoiningPace = TimeSpan.FromMilliseconds(100);

    /// <summary>In a call: at this pace the cost of the statistics is lost in the noise (measured at 2 s; a look is 2 to 3 ms).</summary>
    private static readonly TimeSpan CallPace = TimeSpan.FromSeconds(1);

    /// <summary>For the server's first answer: within <see cref="CallTimes.PageLoaded"/>, so that it is the server that is named when it is late.</summary>
    private static readonly TimeSpan ServerAnswer = CallTimes.PageLoaded - TimeSpan.FromSeconds(2);

    /// <summary>A step waits in the page itself, so that nothing is lost between page and agent; within <see cref="BrowserPatience.Usual"/>.</summary>
    private static readonly TimeSpan StepPatience = TimeSpan.FromSeconds(1);

    /// <summary>So long after joining, the first media are looked for at the pace of joining: the receipt tells when they came.</summary>
    private static readonly TimeSpan FirstMedia = TimeSpan.FromSeconds(3);

    /// <summary>The host of Chromium's own page in place of one that did not come.</summary>
    private const string NoPage = "chromewebdata";

    /// <summary>So long looks may fail while a page replaces itself: a tenth of a second here, seconds on a computer that is at its limit (kit bench).</summary>
    private static readonly TimeSpan Replacing = BrowserPatience.Usual;

    private readonly HashSet<Milestone> reached = [];
    private readonly PageLinkJudge link = new(setup.Meeting.Media is MeetingMedia.Server, setup.Meeting.KeepsSocket);
    private bool isOddTold;
    private readonly TaskCompletionSource recognised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Told of how it goes, closely; must not block.</summary>
    public Action<VisitNote>? Note { get; init; }

    /// <summary>Opens the page, joins, and watches until cancelled or lost.</summary>
    public async Task Open(CancellationToken ct)
    {
        Reach(Milestone.BrowserReady);
        var error = await page.Navigate(setup.MeetingAddress(), ServerAnswer, ct);
        var answer = new PageAnswered(error);
        Note?.Invoke(answer);
        if (error is not null)
        {
            log.LogWarning("The meeting's page did not load: {Error}", error);
            tell(new PageFailed(attempt, answer.IsLedElsewhere ? Cause.WrongPage : answer.IsRefused ? Cause.MeetingLost : Cause.PageNotLoaded));
            return;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // The milestones are watched beside the steps: a page may open its camera in the middle of them.
        var steps = Steps(stop.Token);
        try
        {
            await Join(steps, ct);
        }
        finally
        {
            await stop.CancelAsync();
            await steps.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Watches the page as an earlier agent left it.</summary>
    public async Task Resume(CancellationToken ct)
    {
        var first = await Look(ct);
        if (!first.Hooked)
        {
            await Adopt(ct);
            first = await Look(ct);
        }
        if (Trouble(first) is not null || !first.Joined)
        {
            tell(new PageFailed(attempt, Cause.NotJoined));
            return;
        }
        // Two looks tell whether media arrive; a restarted agent must know within 3 s.
        await Task.Delay(JoiningPace * 3, time, ct);
        await Watch(first, TimeSpan.Zero, ct);
    }

    private async Task Join(Task steps, CancellationToken ct)
    {
        while (true)
        {
            var look = await Look(ct);
            TellOdd(look);
            Note?.Invoke(new PageLooked(look.Status, IsMeetings(look), look.Live, look.Refused));
            if (Trouble(look) is { } cause)
            {
                log.LogWarning("Not the meeting's page: HTTP {Status}, {Cause}", look.Status, cause); // the host may be an address
                tell(new PageFailed(attempt, cause));
                return;
            }
            recognised.TrySetResult();
            if (look.Muted is { } muted && muted != page.IsMuted)
                await page.CarryOutMute();
            if (look.Loaded)
                Reach(Milestone.PageLoaded);
            Reach(Milestone.CameraOpen, look.CameraAt);
            Reach(Milestone.MicrophoneOpen, look.MicrophoneAt);
            if (steps.IsFaulted)
                await steps;
            if (look.Joined && steps.IsCompleted)
            {
                Reach(Milestone.Joined);
                await Watch(look, JoiningPace, ct);
                return;
            }
            var pause = Task.Delay(JoiningPace, time, ct);
            await (steps.IsCompleted ? pause : Task.WhenAny(pause, steps)); // their end is worth a look at once
            ct.ThrowIfCancellationRequested();
        }
    }

    private async Task Watch(Look last, TimeSpan pause, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        var hadMedia = false;
        while (true)
        {
            await Task.Delay(pause, time, ct);
            var look = await Look(ct);
            if (Trouble(look) is { } cause)
            {
                tell(new PageFailed(attempt, cause));
                return;
            }
            var hasMedia = look.Received > last.Received;
            tell(new PageSeen(
                attempt, look.Live, hasMedia, look.Received, link.Judge(look, time.GetElapsedTime(0)), look.Ended, look.Absent, look.Muted, look.Empty,
                Quality.CallCounters.Of(look.Counters)));
            hadMedia |= hasMedia;
            (last, pause) = (look, hadMedia || time.GetElapsedTime(start) > FirstMedia ? CallPace : JoiningPace);
        }
    }

    private async Task Steps(CancellationToken ct)
    {
        await recognised.Task.WaitAsync(ct); // nothing is clicked on a page that may be another's
        foreach (var (step, i) in (setup.Meeting.Steps ?? []).Select((s, i) => (s, i)))
        {
            var began = time.GetTimestamp();
            var came = await Done(step, ct);
            Note?.Invoke(new StepEnded(i + 1, step, came, time.GetElapsedTime(began)));
            if (came || step.Optional)
                continue;
            log.LogWarning("Step {Step} of meeting '{Meeting}' did not come about within {Seconds} s: {Selector}", i + 1, setup.Meeting.Name, step.Seconds, step.Selector);
            tell(new PageFailed(attempt, Cause.NotJoined));
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ct); // what comes next is the machine's to decide
        }
        if (setup.Meeting.Joined is { } joined)
            await Done(new(WaitFor: joined, Seconds: (int)CallTimes.Joined.TotalSeconds), ct);
    }

    private async Task<bool> Done(MeetingStep step, CancellationToken ct)
    {
        var what = new JsonObject { ["waitFor"] = step.WaitFor, ["click"] = step.Click, ["fill"] = step.Fill, ["with"] = setup.Fill(step.With ?? "") };
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < TimeSpan.FromSeconds(step.Seconds))
        {
            try
            {
                if (await IsHeard(step, ct) && await page.EvaluateApart($"({Script.Step})({what.ToJsonString()}, {StepPatience.TotalMilliseconds})", Screen.ScreenFiles.Overlay, ct) is { ValueKind: JsonValueKind.True })
                    return true;
                continue; // it was waited for on the page
            }
            catch (DevToolsException e) when (!e.IsTimeout)
            {
                // The page is just replacing itself, or the selector is none: then the step's deadline tells.
            }
            await Task.Delay(JoiningPace, time, ct);
        }
        return false;
    }

    private async Task<bool> IsHeard(MeetingStep step, CancellationToken ct) =>
        step.Click is not { } click
        || await page.Evaluate($"({Script.Heard})({JsonValue.Create(click).ToJsonString()}, {StepPatience.TotalMilliseconds}, getEventListeners)", ct) is { ValueKind: JsonValueKind.True };

    private async Task<Look> Look(CancellationToken ct)
    {
        for (long? failing = null; ;)
        {
            try
            {
                var look = await Browser.Look.At(page, setup.Meeting, ct);
                page.Settled();
                return look;
            }
            catch (DevToolsException e) when (!e.IsTimeout && time.GetElapsedTime(failing ??= time.GetTimestamp()) < Replacing)
            {
                await Task.Delay(JoiningPace, time, ct);
            }
        }
    }

    // The page was loaded while nobody watched: its connections are found in its memory (25 to 40 ms, it collects garbage; so only once).
    private async Task Adopt(CancellationToken ct)
    {
        await page.Evaluate(Script.Hook(page.IsMuted), ct);
        var prototype = await page.Call("Runtime.evaluate", new() { ["expression"] = "RTCPeerConnection.prototype" }, ct);
        var id = prototype.GetProperty("result").GetProperty("objectId").GetString();
        var found = await page.Call("Runtime.queryObjects", new() { ["prototypeObjectId"] = id }, ct);
        var connections = found.GetProperty("objects").GetProperty("objectId").GetString();
        await page.Call("Runtime.callFunctionOn", new() { ["functionDeclaration"] = Script.Adopt, ["objectId"] = connections }, ct);
    }

    private Cause? Trouble(Look look) =>
        look.Status >= 400 ? Cause.MeetingLost
        : look.Host == NoPage ? Cause.PageNotLoaded
        : !IsMeetings(look) ? Cause.WrongPage
        : null;

    private void TellOdd(Look look)
    {
        if (look.Odd is not [var field, ..] || isOddTold)
            return;
        isOddTold = true;
        log.LogWarning("Meeting '{Meeting}': {Field} is no selector that the browser knows, and does as if it were not there", setup.Meeting.Name, field);
        Note?.Invoke(new SelectorIsOdd(field));
    }

    private bool IsMeetings(Look look) => setup.Meeting.Hosts.Contains(look.Host, StringComparer.OrdinalIgnoreCase);

    private void Reach(Milestone milestone)
    {
        if (reached.Add(milestone))
            tell(new MilestoneReached(attempt, milestone, time.GetElapsedTime(0)));
    }

    // The page's own time is the kit's wall clock; were that set meanwhile, now is near enough: a look is at most 100 ms late.
    private void Reach(Milestone milestone, double? at)
    {
        if (at is null || !reached.Add(milestone))
            return;
        var ago = time.GetUtcNow() - DateTimeOffset.UnixEpoch.AddMilliseconds(at.Value);
        var late = ago >= TimeSpan.Zero && ago < TimeSpan.FromSeconds(5) ? ago : TimeSpan.Zero;
        tell(new MilestoneReached(attempt, milestone, time.GetElapsedTime(0) - late));
    }
}
