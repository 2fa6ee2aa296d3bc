using System.Runtime.Versioning;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Health;
using ClassContact.Kit.Lesson;
using ClassContact.Kit.Link;
using ClassContact.Kit.Requests;
using ClassContact.Kit.Settings;
using ClassContact.Messages;

namespace ClassContact.Agent.Run;

/// <summary>What the helpdesk may ask for, wired to the rest of the agent.</summary>
[SupportedOSPlatform("linux")]
internal sealed class KitRequests
{
    private readonly Setup setup;
    private readonly Wiring wiring;
    private readonly BrowserWorker browser;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly BrowserRestart restart;
    private readonly Lazy<DateTimeOffset?> lastLesson;
    private RequestDesk? desk;
    private volatile bool isInCall;
    private long lastCall; // 0: none since this wiring began

    public KitRequests(Setup setup, Wiring wiring, BrowserWorker browser, TimeProvider time, ILogger log)
    {
        (this.setup, this.wiring, this.browser, this.time, this.log) = (setup, wiring, browser, time, log);
        restart = new(browser.Close, time);
        lastLesson = new(LastLesson);
    }

    /// <summary>Puts a line on the screen.</summary>
    public required Action<HelpdeskMessage> Show { private get; init; }

    /// <summary>The link, once there is one.</summary>
    public required Func<LinkWorker> Link { private get; init; }

    /// <summary>The wall clock; null while it is not to be trusted.</summary>
    public required Func<DateTimeOffset?> WallClock { private get; init; }

    /// <summary>All checks, made anew.</summary>
    public required Func<IReadOnlyList<Check>> Checks { private get; init; }

    /// <summary>Asks the kit's server for the meeting's link; null for a kit that is not enrolled.</summary>
    public Deed? RefreshLink { private get; init; }

    /// <summary>Makes a bundle and gives it to the kit's server; null for a kit that is not enrolled.</summary>
    public BundleDeed? SendBundle { private get; init; }

    /// <summary>The desk itself.</summary>
    public RequestDesk Desk => desk ??= new(KitId.Parse(setup.Kit.Kit), setup.Kit.Requests ?? new(), setup.Folders.Data, Parts(), log) { Time = time };

    /// <summary>The browser's worker saw something.</summary>
    public void Seen(CallEvent e) => restart.Seen(e);

    /// <summary>The call has changed.</summary>
    public void Changed(CallState state)
    {
        var wasInCall = isInCall;
        isInCall = state is CallState.Consented or CallState.Ending;
        if (isInCall || wasInCall)
            Volatile.Write(ref lastCall, time.GetTimestamp());
        if (isInCall && !wasInCall)
            Desk.CallBegins();
    }

    private RequestParts Parts() => new()
    {
        Show = Show,
        Reply = reply => Link().Answer(reply),
        WallClock = WallClock,
        Situation = Now,
        RunDiagnosis = new RequestedDiagnosis(Checks, Publish, time).Run,
        RestartBrowser = restart.Run,
        ReloadSettings = Reload,
        SetLogLevel = wiring.Levels.Set,
        RefreshLink = RefreshLink,
        SendBundle = SendBundle,
        Reboot = new RebootFile(setup.Folders.Run, time, log).Ask,
        Changed = browser.ViewsChanged,
    };

    // The newest is state; each is an event besides, so that none is lost with the next.
    private void Publish(Selftest found)
    {
        LastDiagnosis.Keep(setup.Folders.Data, found);
        Link().Show(found);
        Link().Tell("diagnosis", found.Ready ? null : "not-ready", diagnosis: found);
    }

    private Situation Now()
    {
        var clock = WallClock();
        TimeSpan? since = Volatile.Read(ref lastCall) is > 0 and var call ? time.GetElapsedTime(call) : clock - lastLesson.Value;
        return new(isInCall, since >= TimeSpan.Zero ? since : null, clock is not { } now || setup.Hours.At(now).IsOpen);
    }

    // What an earlier agent saw.
    private DateTimeOffset? LastLesson()
    {
        try
        {
            return new LessonFolder(setup.Folders.Data, time, log).Read() is [var newest, ..] ? newest.End : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<string?> Reload(CancellationToken ct)
    {
        if (!wiring.Anew(setup, log))
            return "settings";
        await Task.Delay(Timeout.InfiniteTimeSpan, time, ct); // the next wiring says that it is done
        return null;
    }
}
