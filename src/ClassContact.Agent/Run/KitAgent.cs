using System.Runtime.Versioning;
using ClassContact.Agent.Local;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using ClassContact.Kit.Health;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Lesson;
using ClassContact.Kit.Link;
using ClassContact.Kit.Network;
using ClassContact.Kit.Quality;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using ClassContact.Messages;

namespace ClassContact.Agent.Run;

/// <summary>
/// The agent, wired: the teacher's way (keys and socket → call → browser) stands on its own; the helpdesk's way (link) only listens to it.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class KitAgent
{
    private readonly Setup setup;
    private readonly TimeProvider time;
    private readonly Kit.Screen.Words words;
    private readonly CallWorker call;
    private readonly BrowserWorker browser;
    private readonly MeetingReach reach;
    private readonly ClassEnd classEnd;
    private readonly KeysWorker keys;
    private readonly PressSocket socket;
    private readonly HealthWorker health;
    private readonly Hotplug hotplug;
    private readonly Figures figures;
    private readonly CallQuality quality = new();
    private readonly LessonBook lessons;
    private readonly LinkWorker? link;
    private readonly TaskCompletionSource callIsKnown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long start;
    private volatile KeyboardsPresent keyboards = new(0, 0, "");

    public KitAgent(Setup setup, TimeProvider time, ILoggerFactory logs)
    {
        (this.setup, this.time) = (setup, time);
        start = time.GetTimestamp();
        words = Kit.Screen.Words.Of(setup.Kit.Language);
        call = new(new ConsentFile(setup.Folders.Run, logs.CreateLogger("Call")), Do, Changed, time, logs.CreateLogger("Call"));
        browser = new(setup, Views, Seen, time, logs.CreateLogger("Browser"));
        reach = new(setup, call.Tell, time);
        classEnd = new(setup.Kit.ClassEnd ?? new(), time, WallClock, call.Tell);
        keys = new(Keys, setup.Folders.Input, Stroke, KeyboardsChanged, time, logs.CreateLogger("Keys"));
        socket = new(PressSocket.PathIn(setup.Folders.Run), call, Status, time, logs.CreateLogger("Press"));
        health = new(Kit.KitChecks.Of(setup, new(() => browser.IsAttached, () => keyboards.Ready), time), HealthChanged, time, logs.CreateLogger("Health"));
        hotplug = new(health.Wake, time, logs.CreateLogger("Hotplug"));
        figures = new(setup.Folders.Logs, () => health.Board, () => quality.Figures(call.Now));
        var around = new Around(setup.Folders, () => health.Board.Status, () => browser.Product, logs.CreateLogger("Lessons"));
        lessons = new(setup.Folders, time, logs.CreateLogger("Lessons")) { Around = around.Read, Ended = lesson => link?.Tell("lesson", lesson: lesson) };
        if (setup.Kit.Broker is { } broker)
            link = new(KitId.Parse(setup.Kit.Kit), broker, About, time, logs.CreateLogger("Link")) { Figures = new(figures.Read, TimeSpan.FromSeconds(setup.Kit.MetricsSeconds), time) };
        link?.Show(health.Board.Status);
        link?.Tell("agent-started");
    }

    /// <summary>Every loop of the agent, by its name.</summary>
    public IEnumerable<(string Name, Func<CancellationToken, Task> Run)> Workers()
    {
        yield return ("Call", call.Run);
        yield return ("Browser", browser.Run);
        if (Keys.Listen)
            yield return ("Keys", keys.Run);
        yield return ("Press", socket.Run);
        yield return ("ClassEnd", classEnd.Run);
        yield return ("Health", LookAfterCall);
        yield return ("Hotplug", hotplug.Run);
        yield return ("Lessons", lessons.Run);
        if (link is not null)
            yield return ("Link", link.Run);
    }

    /// <summary>The agent is being stopped, and can still say so.</summary>
    public void Stopping() => link?.Tell("agent-stopping");

    // An agent that comes back into a class must not look before it knows of it.
    private async Task LookAfterCall(CancellationToken ct)
    {
        await callIsKnown.Task.WaitAsync(ct);
        await health.Run(ct);
    }

    private KeySettings Keys => setup.Kit.Keys ?? new();

    private void Stroke(KeyStroke stroke)
    {
        switch (stroke.Action)
        {
            case KeyAction.Start:
                call.Start("key");
                break;
            case KeyAction.End:
                call.Tell(stroke.Held ? new EndHeld() : new EndTapped());
                break;
            case KeyAction.Mute or KeyAction.Help:
                break;
        }
    }

    private void Do(CallCommand command)
    {
        switch (command)
        {
            case SetMute mute:
                browser.Mute(mute.Muted);
                break;
            case AskNetwork:
                reach.Ask();
                break;
            default:
                browser.Want(command);
                break;
        }
    }

    private void KeyboardsChanged(KeyboardsPresent present)
    {
        keyboards = present;
        health.Wake(Wakes.Device);
        browser.ViewsChanged();
    }

    private void HealthChanged(HealthBoard board)
    {
        link?.Show(board.Status);
        browser.ViewsChanged();
    }

    private void Seen(CallEvent e)
    {
        call.Tell(e);
        if (e is PageSeen page)
        {
            figures.See(page);
            classEnd.See(page);
            if (quality.See(page, call.Now) is { } sample)
                lessons.Seen(sample);
        }
        if (e is BrowserAttached)
            link?.AboutChanged();
        if (e is BrowserAttached or BrowserGone)
            health.Wake(Wakes.Kiosk);
    }

    private void Changed(CallSnapshot snapshot, News? news)
    {
        browser.ViewsChanged();
        link?.Show(snapshot.Status);
        var isOn = snapshot.State is CallState.Consented or CallState.Ending; // after a launch that failed the checks are to find out why
        health.Call(isOn);
        callIsKnown.TrySetResult();
        lessons.Changed(snapshot);
        link?.HurryFigures(snapshot.State is CallState.Consented ? QualityFigures.Window : null);
        if (!isOn)
        {
            figures.See(null);
            quality.Ended();
        }
        classEnd.Call(snapshot.State);
        if (news is not null)
            link?.Tell(news.Name, news.Cause, news.Receipt);
    }

    private Views Views()
    {
        var state = call.Snapshot.State;
        var facts = new KitFacts(setup.Kit.School, setup.Kit.Room, Caps(Keys.Start), Caps(Keys.End), !Keys.Listen || keyboards.Ready > 0, setup.Hours) { Faults = health.Board.Told };
        return new(Room.Standby(state, facts, call.Now, WallClock(), words), Room.Overlay(state, facts, call.Now, words));
    }

    private DateTimeOffset? WallClock() => SystemClock.Ask() is ClockState.Synced ? time.GetUtcNow() : null;

    private static string Caps(string chord) => chord.Replace("+", " + ", StringComparison.Ordinal);

    private About About() => new(
        Product.Version, System.Runtime.InteropServices.RuntimeInformation.OSDescription, browser.Product,
        setup.Kit.School, setup.Kit.Room, setup.Meeting.Name, ["presence", "call", "event", "health", "metrics"]);

    private KitStatus Status() => new(
        setup.Kit.Kit, Product.Version, time.GetElapsedTime(start).TotalSeconds, call.Snapshot.Status,
        browser.IsAttached ? browser.Product : null, keyboards.Ready, keyboards.Names, health.Board.Status,
        link is null ? null : Broker(setup.Kit.Broker!.Address, link.Status));

    private static BrokerStatus Broker(string address, LinkStatus link) => new(address, link.IsConnected, link.Trouble, link.Waiting, link.Dropped);
}
