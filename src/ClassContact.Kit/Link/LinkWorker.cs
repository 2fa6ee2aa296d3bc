using ClassContact.Kit.Outbox;
using ClassContact.Kit.Requests;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Link;

/// <summary>
/// The kit's link to the helpdesk: says what the kit is and does whenever a broker can be reached, and keeps events until one has them.
/// <see cref="Show(CallStatus)"/>, <see cref="AboutChanged"/> and <see cref="Tell"/> never wait and may be called from any thread, before and while it runs.
/// </summary>
public sealed class LinkWorker
{
    /// <summary>A stop is held up for no longer than this, whatever the broker does.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(3);

    /// <summary>Of that, the time for what still waits; the rest is for saying <c>off</c> and goodbye.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly KitId kit;
    private readonly Func<About> about;
    private readonly TimeProvider time;
    private readonly Outgoing outgoing;
    private readonly Stamper stamper;
    private readonly LinkLog log;
    private readonly RequestDesk? requests;
    private string session = "";
    private volatile Phase phase = new(false, TimeSpan.Zero, null);

    /// <summary>Connects to nothing before <see cref="Run"/>.</summary>
    /// <param name="kit">Also the client's name at the broker.</param>
    /// <param name="broker">Settings without problems.</param>
    /// <param name="about">Asked at every connect and after <see cref="AboutChanged"/>; must return at once.</param>
    /// <param name="events">Where events wait until the broker has them; this link alone empties it. Its clock is the link's.</param>
    /// <param name="log">Gets connects, losses and drops; never a payload.</param>
    public LinkWorker(KitId kit, BrokerSettings broker, Func<About> about, OutboxWorker events, ILogger log)
    {
        (this.kit, this.about, time, outgoing) = (kit, about, events.Time, new(events));
        stamper = new(time, () => Clock());
        this.log = new(broker.Address, outgoing.Events, log);
        Door = new(broker, _ => null, null, time);
    }

    /// <summary>Finds the way to the broker. Unless told otherwise it remembers none across restarts and looks for no proxy.</summary>
    public BrokerDoor Door { private get; init; }

    /// <summary>Whether the system's clock can be trusted. Unless told otherwise the kernel is asked.</summary>
    public Func<ClockState> Clock { get; init; } = SystemClock.Ask;

    /// <summary>What goes out as figures while connected; null for none.</summary>
    public FigureFeed? Figures { init => outgoing.Figures = value; }

    /// <summary>Gets what the helpdesk asks for. Without it the kit hears no requests.</summary>
    public RequestDesk? Requests { init => requests = value; }

    /// <summary>Told when the broker has heard the kit, after it had not; returns at once.</summary>
    public Action Heard { private get; init; } = () => { };

    /// <summary>How the link is doing now.</summary>
    public LinkStatus Status
    {
        get
        {
            var now = phase;
            return new(now.IsConnected, now.Since, now.Trouble, outgoing.Events.Count, outgoing.Events.Dropped);
        }
    }

    /// <summary>The call's state: only the newest counts. It is published at once when connected, and at every connect.</summary>
    public void Show(CallStatus call) => outgoing.Show(call);

    /// <summary>The kit's health: only the newest counts. It is published at once when connected, and at every connect.</summary>
    public void Show(HealthStatus health) => outgoing.Show(health);

    /// <summary>The last diagnosis that the helpdesk asked for. It is published at once when connected, and at every connect.</summary>
    public void Show(Selftest selftest) => outgoing.Show(selftest);

    /// <summary>Says what became of a request, when connected; more than 32 do not wait.</summary>
    public void Answer(Reply reply) => outgoing.Answer(reply);

    /// <summary>Figures go out so often from now on, as in a call, unless they do anyway; null: as usual again.</summary>
    public void HurryFigures(TimeSpan? pace)
    {
        if (outgoing.Figures?.Hurry(pace) == true)
            outgoing.Ring();
    }

    /// <summary>What <c>about</c> returns has changed, as when the browser's version became known.</summary>
    public void AboutChanged() => outgoing.AboutChanged();

    /// <summary>
    /// Something happened: notes the time, and keeps it on the disk until the broker has it, across restarts. Beyond the outbox's room some are dropped;
    /// that is told, and the gap in the numbers tells it too.
    /// </summary>
    /// <param name="name">What, as listed at <see cref="KitEvent"/>.</param>
    /// <param name="cause">A code, where there is one.</param>
    /// <param name="receipt">The launch it belongs to, where there is one.</param>
    /// <param name="lesson">The lesson that is over, where it tells of one.</param>
    /// <param name="help">What a call for help brings along.</param>
    /// <param name="diagnosis">What a diagnosis found.</param>
    /// <param name="acknowledged">Called once the broker has it, from the link's own loop, so it must return at once; never for an event that was dropped, nor by a later start.</param>
    public void Tell(
        string name, string? cause = null, LaunchReceipt? receipt = null, LessonRecord? lesson = null, HelpReport? help = null, Selftest? diagnosis = null,
        Action? acknowledged = null) =>
        outgoing.Events.Tell(new(0, name, time.GetUtcNow(), cause, receipt, lesson, help, Diagnosis: diagnosis), acknowledged);

    /// <summary>
    /// Keeps the link until cancelled; then tells what still waits, says <c>off</c> and goodbye, all within 3 s, and returns. It never fails
    /// because of the broker. To be run once.
    /// </summary>
    public async Task Run(CancellationToken ct)
    {
        using var hurry = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = ct.Register(() =>
        {
            hurry.CancelAfter(LastWords);
            stopping.TrySetResult();
        });
        var loop = new BrokerLoop(Open, (connection, alive) => Serve(connection, alive, ct, hurry.Token), Trouble, time).Run(ct);
        await Task.WhenAny(loop, stopping.Task);
        try
        {
            await loop.WaitAsync(LongestStop, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Trouble("it did not answer the goodbye"); // its last will then says "lost", which is true as well
        }
    }

    // Each connection has a session of its own, and its last will says which one is lost.
    private Task<IMqttConnection> Open(CancellationToken ct)
    {
        session = Stamper.NewId();
        var will = Wire.Write(stamper.Now(session), new Presence(PresenceState.Lost, Will: true));
        return Door.Open(kit.ToString(), new(new Topic(kit, Channel.Presence).ToString(), will, Retained: true), ct);
    }

    private async Task Serve(IMqttConnection connection, CancellationToken alive, CancellationToken stop, CancellationToken hurry)
    {
        var current = new LinkSession(kit, connection, () => stamper.Now(session), outgoing, about, log, time) { WasHeard = IsHeard };
        // Side by side: a flood of requests holds up nothing that the kit has to say.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(alive);
        var hearing = requests?.Serve(connection, over.Token) ?? Task.CompletedTask;
        try
        {
            await current.Serve(alive, hurry);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !connection.Lost.IsCompleted)
        {
            await current.SayGoodbye(hurry);
        }
        finally
        {
            phase = new(false, stamper.Uptime, phase.Trouble);
            await over.CancelAsync();
            await hearing;
        }
    }

    private void IsHeard(bool isTaken)
    {
        if (!isTaken)
        {
            phase = phase.IsConnected ? new(false, stamper.Uptime, "the broker refuses this kit's presence") : phase;
            return;
        }
        if (!phase.IsConnected)
        {
            phase = new(true, stamper.Uptime, phase.Trouble);
            Heard();
        }
        log.Connected();
    }

    private void Trouble(string reason)
    {
        phase = phase with { Trouble = reason };
        log.Trouble(reason);
    }

    private sealed record Phase(bool IsConnected, TimeSpan Since, string? Trouble);
}
