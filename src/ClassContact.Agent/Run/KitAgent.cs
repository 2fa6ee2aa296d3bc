using System.Runtime.Versioning;
using ClassContact.Agent.Local;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using ClassContact.Kit.Health;
using ClassContact.Kit.Help;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Link;
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
    private readonly KeysWorker keys;
    private readonly PressSocket socket;
    private readonly HealthWorker health;
    private readonly Hotplug hotplug;
    private readonly Figures figures;
    private readonly LastMinute lastMinute;
    private readonly HelpLine help;
    private readonly LinkWorker? link;
    private readonly TaskCompletionSource callIsKnown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long start;
    private volatile KeyboardsPresent keyboards = new(0, 0, "");

    public KitAgent(Setup setup, TimeProvider time, ILoggerFactory logs)
    {
        (this.setup, this.time) = (setup, time);
        start = time.GetTimestamp();
        words = Kit.Screen.Words.Of(setup.Kit.Language);
        call = new(new ConsentFile(setup.Folders.Run, logs.CreateLogger("Call")), c => browser!.Want(c), Changed, time, logs.CreateLogger("Call"));
        browser = new(setup, Views, Seen, time, logs.CreateLogger("Browser"));
        keys = new(Keys, setup.Folders.Input, Stroke, KeyboardsChanged, time, logs.CreateLogger("Keys"));
        socket = new(PressSocket.PathIn(setup.Folders.Run), call, Status, time, logs.CreateLogger("Press")) { Help = () => help!.Press() };
        health = new(Kit.KitChecks.Of(setup, new(() => browser.IsAttached, () => keyboards.Ready), time), HealthChanged, time, logs.CreateLogger("Health"));
        hotplug = new(health.Wake, time, logs.CreateLogger("Hotplug"));
        figures = new(setup.Folders.Logs, () => health.Board);
        lastMinute = new(time);
        if (setup.Kit.Broker is { } broker)
            link = new(KitId.Parse(setup.Kit.Kit), broker, About, time, logs.CreateLogger("Link"))
            {
                Figures = new(figures.Read, TimeSpan.FromSeconds(setup.Kit.MetricsSeconds), time),
                ShowMessage = message => help!.Answer(message),
            };
        help = new(link is null ? null : CallForHelp, id => link?.Shown(id), browser.ViewsChanged, time);
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
        yield return ("Health", LookAfterCall);
        yield return ("Hotplug", hotplug.Run);
        yield return ("Help", help.Run);
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
        if (stroke.Action is KeyAction.Start)
            call.Start("key");
        else
            call.Tell(stroke.Held ? new EndHeld() : new EndTapped());
    }

    // What the kit knows at this moment goes along, so that the helpdesk need not ask.
    private void CallForHelp(Action acknowledged)
    {
        lastMinute.Note(figures.Read());
        var now = call.Snapshot.Status;
        link?.Tell("help", now.Cause, now.Receipt, HelpReports.Of(now, health.Board.Told, lastMinute.Read()), acknowledged);
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
            figures.See(page);
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
        if (!isOn)
            figures.See(null);
        if (news is not null)
            link?.Tell(news.Name, news.Cause, news.Receipt);
    }

    private Views Views()
    {
        var state = call.Snapshot.State;
        var facts = new KitFacts(setup.Kit.School, setup.Kit.Room, Caps(Keys.Start), Caps(Keys.End), !Keys.Listen || keyboards.Ready > 0, setup.Hours) { Faults = health.Board.Told };
        var wallClock = SystemClock.Ask() is ClockState.Synced ? time.GetUtcNow() : (DateTimeOffset?)null;
        var (standby, overlay) = (Room.Standby(state, facts, call.Now, wallClock, words), Room.Overlay(state, facts, call.Now, words));
        if (HelpNotice.Of(help.State, setup.Hours, help.Now, wallClock, words) is not { } notice)
            return new(standby, overlay);
        if (notice.AnswerId is { } id)
            help.Shown(id); // the browser takes the views at this moment
        return new(standby with { Sentence = notice.Text, Seconds = null }, new(words.Language, notice.Mood, notice.Text));
    }

    private static string Caps(string chord) => chord.Replace("+", " + ", StringComparison.Ordinal);

    private About About() => new(
        Product.Version, System.Runtime.InteropServices.RuntimeInformation.OSDescription, browser.Product,
        setup.Kit.School, setup.Kit.Room, setup.Meeting.Name, ["presence", "call", "event", "health", "metrics", ShowMessage.Named]);

    private KitStatus Status() => new(
        setup.Kit.Kit, Product.Version, time.GetElapsedTime(start).TotalSeconds, call.Snapshot.Status,
        browser.IsAttached ? browser.Product : null, keyboards.Ready, keyboards.Names, health.Board.Status,
        link is null ? null : Broker(setup.Kit.Broker!.Address, link.Status));

    private static BrokerStatus Broker(string address, LinkStatus link) => new(address, link.IsConnected, link.Trouble, link.Waiting, link.Dropped);
}
