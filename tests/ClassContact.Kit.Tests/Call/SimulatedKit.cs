using ClassContact.Kit.Call;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Call;

/// <summary>
/// The machine with a browser, a meeting and a network around it that do what real ones do, a moment later. What breaks stays broken until it is
/// mended. Its devices are open exactly while a meeting's page has them.
/// </summary>
internal sealed class SimulatedKit
{
    private const double Pace = 0.25; // s: of the machine's ticks
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, TimeSpan> due = new();
    private TimeSpan now = TimeSpan.FromSeconds(7);
    private Launch? consent;
    private CallCommand wanted = new ShowStandby();
    private bool hasBrowser = true;
    private int page; // counts what was led to; what is said about an earlier one is not said any more
    private MeetingAttempt? visited;
    private Tracks ended;
    private TimeSpan? joined;
    private TimeSpan networkLost;
    private int presses;

    public SimulatedKit() => Take(CallMachine.Begin(null, now));

    public CallState State { get; private set; } = new Standby();

    /// <summary>What the meeting's page holds open.</summary>
    public Tracks Devices { get; private set; }

    /// <summary>Since when nothing may be open; null within a consented call.</summary>
    public TimeSpan? ClosedFor => State is Consented ? null : now - unconsented;

    public Tracks Plugged { get; private set; } = Tracks.Both;

    public bool Network { get; private set; } = true;

    /// <summary>Devices that opened outside a consented call.</summary>
    public int OpenedWithoutConsent { get; private set; }

    private TimeSpan unconsented;

    public void Press() => On(new StartPressed($"press-{++presses}", Morning + now, "key"));

    public void On(CallEvent e) => Take(CallMachine.Next(State, e, now));

    public void RestartAgent()
    {
        wanted = new ShowStandby();
        visited = null; // the page goes on; its successor has not led there
        if (hasBrowser)
            After(0.5, () => On(new BrowserAttached()), always: true);
        Take(CallMachine.Begin(consent, now));
    }

    public void KillBrowser()
    {
        if (!hasBrowser)
            return;
        Close();
        (hasBrowser, wanted) = (false, new ShowStandby());
        On(new BrowserGone());
        After(1.5, Attach, always: true);
    }

    public void BreakPage(Cause cause)
    {
        if (visited is not { } attempt || !hasBrowser)
            return;
        Close();
        On(new PageFailed(attempt, cause));
    }

    public void Plug(Tracks device, bool isIn)
    {
        if (!isIn)
            ended |= Devices & device;
        Plugged = isIn ? Plugged | device : Plugged & ~device;
        Devices &= Plugged;
    }

    public void Connect(bool isUp)
    {
        if (Network && !isUp)
            networkLost = now;
        Network = isUp;
    }

    public void Run(double seconds)
    {
        for (var end = now + TimeSpan.FromSeconds(seconds); now < end;)
        {
            now += TimeSpan.FromSeconds(Pace);
            while (due.TryPeek(out _, out var at) && at <= now)
                due.Dequeue()();
            if (joined is { } since && (now - since).TotalSeconds % 1 < Pace)
                See();
            On(new Tick());
        }
    }

    private void See()
    {
        var isBroken = !Network && now - networkLost > TimeSpan.FromSeconds(6);
        if (visited is { } attempt)
            On(new PageSeen(attempt, Devices, false, 0, isBroken ? PageLink.MeetingBroken : PageLink.Fine, ended & ~Devices, Tracks.Both & ~Devices & ~Plugged));
    }

    private void Take(Step step)
    {
        if (State is Consented && step.State is not Consented)
            unconsented = now;
        State = step.State;
        foreach (var command in step.Do)
            Do(command);
    }

    private void Do(CallCommand command)
    {
        switch (command)
        {
            case KeepConsent keep:
                consent = keep.Launch;
                break;
            case DropConsent:
                consent = null;
                break;
            case AskNetwork:
                After(0.25, () => On(new NetworkSeen(Network)), always: true);
                break;
            case SetMute:
                break;
            default:
                wanted = command;
                if (hasBrowser)
                    After(0.05, () => Lead(command));
                break;
        }
    }

    private void Attach()
    {
        hasBrowser = true;
        var command = wanted;
        Lead(command);
        On(new BrowserAttached());
    }

    private void Lead(CallCommand command)
    {
        if (command != wanted || !hasBrowser)
            return;
        if (command is WatchMeeting watch)
        {
            if (joined is null)
                On(new PageFailed(watch.Attempt, Cause.NotJoined));
            else
                visited = watch.Attempt;
            return;
        }
        Close();
        if (command is OpenMeeting open)
            Open(open.Attempt);
        else
            After(0.1, () => On(new StandbyShown()));
    }

    private void Open(MeetingAttempt attempt)
    {
        visited = attempt;
        Reach(Milestone.BrowserReady);
        if (!Network)
        {
            After(3, () => Fail(attempt, Cause.PageNotLoaded));
            return;
        }
        After(0.5, () => Reach(Milestone.PageLoaded));
        After(0.7, OpenDevices);
        After(1, () =>
        {
            joined = now;
            Reach(Milestone.Joined);
        });
    }

    private void OpenDevices()
    {
        (Devices, ended) = (Plugged, Tracks.Both & ~Plugged);
        if (State is not Consented)
            OpenedWithoutConsent++;
        if (Devices.HasFlag(Tracks.Camera))
            Reach(Milestone.CameraOpen);
        if (Devices.HasFlag(Tracks.Microphone))
            Reach(Milestone.MicrophoneOpen);
    }

    private void Reach(Milestone milestone)
    {
        if (visited is { } attempt)
            On(new MilestoneReached(attempt, milestone, now));
    }

    private void Fail(MeetingAttempt attempt, Cause cause)
    {
        if (visited == attempt)
            On(new PageFailed(attempt, cause));
    }

    private void Close()
    {
        page++;
        (visited, joined, Devices, ended) = (null, null, Tracks.None, Tracks.None);
    }

    private void After(double seconds, Action act, bool always = false)
    {
        var of = page;
        due.Enqueue(() =>
        {
            if (always || of == page)
                act();
        }, now + TimeSpan.FromSeconds(seconds));
    }
}
