using System.Runtime.Versioning;
using ClassContact.Agent.Bundle;
using ClassContact.Agent.Local;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Bundle;
using ClassContact.Kit.Call;
using ClassContact.Kit.CallButton;
using ClassContact.Kit.Door;
using ClassContact.Kit.Health;
using ClassContact.Kit.Help;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Lesson;
using ClassContact.Kit.Link;
using ClassContact.Kit.Network;
using ClassContact.Kit.Quality;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Speakerphone;
using ClassContact.Messages;

namespace ClassContact.Agent.Run;

/// <summary>
/// The agent, wired: the teacher's way (keys and socket → call → browser) stands on its own; the helpdesk's way (link) only listens to it.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class KitAgent : IDisposable
{
    private readonly Setup setup;
    private readonly TimeProvider time;
    private readonly RoomViews views;
    private readonly CallWorker call;
    private readonly BrowserWorker browser;
    private readonly ClassMark mark;
    private readonly MeetingReach reach;
    private readonly ClassEnd classEnd;
    private readonly KeysWorker keys;
    private readonly PressSocket socket;
    private readonly HealthWorker health;
    private readonly Hotplug hotplug;
    private readonly SoundBeforeCall sound;
    private readonly CallButtonWorker? button;
    private readonly Figures figures;
    private readonly CallQuality quality = new();
    private readonly LessonBook lessons;
    private readonly LastMinute lastMinute;
    private readonly HelpLine help;
    private readonly HelpdeskWay helpdesk;
    private readonly TechniciansDoor door;
    private readonly Watchdog watchdog;
    private readonly TaskCompletionSource callIsKnown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long start;
    private TimeSpan noted;
    private volatile KeyboardsPresent keyboards = new(0, 0, "");

    public KitAgent(Setup setup, Wiring wiring, TimeProvider time, ILoggerFactory logs)
    {
        (this.setup, this.time) = (setup, time);
        start = time.GetTimestamp();
        views = new(setup, time);
        call = new(new ConsentFile(setup.Folders.Run, logs.CreateLogger("Call")), Do, Changed, time, logs.CreateLogger("Call")) { Sleep = SystemClock.Slept };
        mark = new(setup.Folders.Data, time, logs.CreateLogger("Call"));
        browser = new(setup, Views, Seen, time, logs.CreateLogger("Browser")) { Heard = word => door!.Hear(word) };
        reach = new(setup, call.Tell, time);
        classEnd = new(setup.Kit.ClassEnd ?? new(), time, views.WallClock, call.Tell);
        keys = new(Keys, setup.Folders.Input, Stroke, KeyboardsChanged, time, logs.CreateLogger("Keys"));
        socket = new(PressSocket.PathIn(setup.Folders.Run), call, Status, time, logs.CreateLogger("Press")) { Help = () => help!.Press() };
        health = new(Checks(), HealthChanged, time, logs.CreateLogger("Health"));
        sound = new(setup.Kit.Speakerphone ?? new(), setup.Folders.Kiosk, time, logs.CreateLogger("Sound"));
        if (setup.Kit.CallButton is { } box)
            button = new(box, Stroke, time, logs.CreateLogger("CallButton")) { Changed = () => health.Wake(Wakes.Device) };
        hotplug = new(Woken, time, logs.CreateLogger("Hotplug"));
        figures = new(setup.Folders.Logs, () => health.Board, () => quality.Figures(call.Now));
        var around = new Around(setup.Folders, () => health.Board.Status, () => browser.Product, logs.CreateLogger("Lessons"));
        lessons = new(setup.Folders, time, logs.CreateLogger("Lessons")) { Around = around.Read, Ended = lesson => helpdesk!.Tell("lesson", lesson: lesson) };
        lastMinute = new(time);
        helpdesk = new(setup, wiring, browser, time, logs)
        {
            About = About, Figures = ReadFigures, CallFigures = figures.ReadCall, Checks = Checks, ShowMessage = message => help!.Answer(message), WallClock = views.WallClock, State = () => call.Snapshot.State, Status = Status,
            Heard = () => health.Wake(Wakes.Heard),
        };
        help = new(setup.Kit.Broker is null ? null : CallForHelp, helpdesk.Shown, browser.ViewsChanged, time);
        door = new(setup.Kit, browser, AroundTheDoor(wiring), time, logs.CreateLogger("Door"));
        watchdog = new(Loops(), () => call.Tell(new Tick()), time, logs.CreateLogger("Watchdog"));
        helpdesk.Show(health.Board.Status);
        helpdesk.Tell("agent-started");
    }

    /// <summary>Every loop of the agent, by its name.</summary>
    public IEnumerable<(string Name, Func<CancellationToken, Task> Run)> Workers()
    {
        yield return ("Call", call.Run);
        yield return ("ClassMark", mark.Run);
        yield return ("Browser", browser.Run);
        if (Keys.Listen)
            yield return ("Keys", keys.Run);
        if (button is not null)
            yield return ("CallButton", button.Run);
        yield return ("Press", socket.Run);
        yield return ("ClassEnd", classEnd.Run);
        yield return ("Health", LookAfterCall);
        yield return ("Hotplug", hotplug.Run);
        yield return ("Lessons", lessons.Run);
        yield return ("Help", help.Run);
        if (door.Chord.Count > 0)
            yield return ("Door", door.Run);
        foreach (var worker in helpdesk.Workers(callIsKnown.Task))
            yield return worker;
        if (SystemdSocket.OfThisProcess() is { } systemd)
            yield return ("Watchdog", ct => watchdog.Run(systemd, SystemdSocket.Patience(), callIsKnown.Task, ct));
    }

    // A press that nobody takes is the worst a kit can have: these two are its way. The keys' thread wakes once a minute.
    private IReadOnlyList<Loop> Loops() =>
    [
        new("Call", () => call.Turns, TimeSpan.FromSeconds(10)),
        .. Keys.Listen ? [new Loop("Keys", () => keys.Turns, 2 * TimeSpan.FromMinutes(1))] : Array.Empty<Loop>(),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        sound.Dispose();
        door.Dispose();
        helpdesk.Dispose();
    }

    /// <summary>The agent is being stopped, and can still say so.</summary>
    public void Stopping()
    {
        door.Stopping();
        helpdesk.Tell("agent-stopping");
    }

    // An agent that comes back into a class must not look, or close its browser, before it knows of it.
    private async Task LookAfterCall(CancellationToken ct)
    {
        await callIsKnown.Task.WaitAsync(ct);
        await health.Run(ct);
    }

    private IReadOnlyList<Check> Checks() => Kit.KitChecks.Of(setup, new(() => browser.IsAttached, () => keyboards.Ready)
    {
        CallButtonTrouble = () => button is null ? BoxTrouble.NotAsked : button.Trouble, IsLinked = () => helpdesk.Link?.IsConnected, Outbox = () => helpdesk.Outbox,
    }, time);

    private KeySettings Keys => setup.Kit.Keys ?? new();

    private void Stroke(KeyStroke stroke)
    {
        switch (stroke.Action)
        {
            case KeyAction.Start:
                call.Start("key");
                break;
            case KeyAction.End when stroke.Held && call.Snapshot.State is CallState.Standby && browser.IsAttached && views.OfferedRoom(call.Now) is { } room:
                helpdesk.Confirm(room);
                break;
            case KeyAction.End:
                call.Tell(stroke.Held ? new EndHeld() : new EndTapped());
                break;
            case KeyAction.Mute:
                call.Tell(new MutePressed());
                break;
            case KeyAction.Help:
                help.Press();
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
                if (command is OpenMeeting { Attempt.Number: 1 })
                {
                    reach.Begin();
                    _ = PrepareSound();
                }
                browser.Want(command);
                break;
        }
    }

    // Beside the launch: the meeting takes the default devices, and follows them.
    private async Task PrepareSound()
    {
        var prepared = await sound.Prepare(CancellationToken.None);
        if (prepared.Left is [var left, ..])
            helpdesk.Tell("sound-wrong", $"{left.Check}-{left.Reason}");
        else if (prepared.Wrong is [var set, ..])
            helpdesk.Tell("sound-set", $"{set.Check}-{set.Reason}");
    }

    // What the kit knows at this moment goes along, so that the helpdesk need not ask.
    private void CallForHelp(Action acknowledged) => _ = Task.Run(() => // a disk that hangs must not hold up the keys
    {
        lastMinute.Note(ReadFigures());
        var now = call.Snapshot.Status;
        helpdesk.Tell("help", now.Cause, now.Receipt, help: HelpReports.Of(now, health.Board.Told, lastMinute.Read()), acknowledged: acknowledged);
    });

    private Metrics ReadFigures()
    {
        lock (figures)
            return figures.Read();
    }

    // For a call for help, whether or not a broker listens.
    private void NoteFigures()
    {
        if (call.Now - noted < QualityFigures.Window)
            return;
        noted = call.Now;
        lastMinute.Note(new([.. quality.Figures(noted)]));
    }

    private void Woken(Wakes what)
    {
        health.Wake(what);
        if (what.HasFlag(Wakes.Device))
            button?.Wake();
    }

    private void KeyboardsChanged(KeyboardsPresent present)
    {
        keyboards = present;
        health.Wake(Wakes.Device);
        browser.ViewsChanged();
    }

    private void HealthChanged(HealthBoard board)
    {
        helpdesk.Show(board.Status);
        browser.ViewsChanged();
    }

    private void Seen(CallEvent e)
    {
        call.Tell(e);
        helpdesk.Seen(e);
        door.Seen(e);
        if (e is PageSeen page)
        {
            figures.See(page);
            classEnd.See(page);
            if (quality.See(page, call.Now) is { } sample)
            {
                lessons.Seen(sample);
                NoteFigures();
            }
        }
        if (e is BrowserAttached or BrowserGone)
            health.Wake(Wakes.Kiosk);
    }

    private void Changed(CallSnapshot snapshot, News? news)
    {
        mark.Call(snapshot.State);
        browser.ViewsChanged();
        door.CallChanged();
        helpdesk.Show(snapshot, snapshot.State is CallState.Consented ? QualityFigures.Window : null);
        var isOn = HelpdeskWay.IsInCall(snapshot.State); // after a launch that failed the checks are to find out why
        health.Call(isOn);
        callIsKnown.TrySetResult();
        lessons.Changed(snapshot);
        if (!isOn)
        {
            figures.See(null);
            quality.Ended();
        }
        classEnd.Call(snapshot.State);
        button?.Show(LampOf(snapshot.State));
        if (news is not null)
            helpdesk.Tell(news.Name, news.Cause, news.Receipt);
    }

    private static Lamp LampOf(CallState state) => state switch
    {
        CallState.Joined { Launch.Muted: true, Page.Muted: true } => Lamp.Muted,
        CallState.Joined => Lamp.Open,
        CallState.Consented => Lamp.Starting,
        _ => Lamp.Off,
    };

    private Views Views() => views.Of(call.Snapshot.State, call.Now, health.Board, keyboards.Ready, help, helpdesk.Doing, helpdesk.WaitingRoom, mark.IsLeft) with
    {
        Door = door.View, DoorShown = door.Shown, Chord = door.Chord,
    };

    private DoorSurroundings AroundTheDoor(Wiring wiring) => new()
    {
        HasLink = true, State = () => call.Snapshot.State, Board = () => health.Board, Checks = Checks, Tell = (name, cause) => helpdesk.Tell(name, cause),
        Facts = () => new(Product.Version, browser.IsAttached ? browser.Product : null, keyboards.Names, helpdesk.Link?.IsConnected switch { null => DoorBroker.None, true => DoorBroker.Up, false => DoorBroker.Down }),
        MakeBundle = ct => new BundleMaker(wiring.Settings, KitBundle.Facts(Status()), time).Make(ct),
        Room = setup.Kit.Room, Refresh = helpdesk.Refresh, Confirm = helpdesk.ConfirmNow,
        Enrolled = () => helpdesk.Refresh?.Invoke(CancellationToken.None), // the standby page, too, is to say which room waits
    };

    private About About() => new(
        Product.Version, System.Runtime.InteropServices.RuntimeInformation.OSDescription, browser.Product,
        setup.Kit.School, setup.Kit.Room, setup.Meeting.Name, ["presence", "call", "event", "health", "selftest", "metrics", .. (setup.Kit.Requests ?? new()).Names()]);

    private KitStatus Status() => new(
        setup.Kit.Kit, Product.Version, time.GetElapsedTime(start).TotalSeconds, call.Snapshot.Status,
        browser.IsAttached ? browser.Product : null, keyboards.Ready, keyboards.Names, health.Board.Status,
        helpdesk.Link is { } link ? Broker(setup.Kit.Broker!.Address, link) : null);

    private static BrokerStatus Broker(string address, LinkStatus link) => new(address, link.IsConnected, link.Trouble, link.Waiting, link.Dropped);
}
