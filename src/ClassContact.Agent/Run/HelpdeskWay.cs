using System.Runtime.Versioning;
using ClassContact.Agent.Bundle;
using ClassContact.Agent.Local;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Bundle;
using ClassContact.Kit.Call;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Health;
using ClassContact.Kit.Link;
using ClassContact.Kit.Outbox;
using ClassContact.Kit.Requests;
using ClassContact.Kit.Settings;
using ClassContact.Messages;

namespace ClassContact.Agent.Run;

/// <summary>
/// The helpdesk's way, wired: events, documents, requests, the kit's certificate and its meeting's link. It listens to the teacher's way and never holds it
/// up; where the settings name no broker and no service, nothing of it is there and every call is without effect.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class HelpdeskWay : IDisposable
{
    private readonly Setup setup;
    private readonly Wiring wiring;
    private readonly ILogger log;
    private readonly OutboxWorker? outbox;
    private readonly KitRequests? requests;
    private readonly LinkWorker? link;
    private readonly EnrolmentWorker? enrolment;

    public HelpdeskWay(Setup setup, Wiring wiring, BrowserWorker browser, TimeProvider time, ILoggerFactory logs)
    {
        (this.setup, this.wiring, log) = (setup, wiring, logs.CreateLogger("Link"));
        if (setup.Kit.Enrolment is not null)
            enrolment = new(setup.Kit, time, logs.CreateLogger("Enrolment"))
            {
                Tell = (name, cause) => Tell(name, cause), Changed = browser.ViewsChanged, IsFree = () => !IsInCall(State!()),
            };
        if (setup.Kit.Broker is not { } broker)
            return;
        outbox = new(setup.Folders.Data, setup.Kit.Outbox ?? new(), time, logs.CreateLogger("Outbox"));
        requests = new(setup, wiring, browser, time, logs.CreateLogger("Requests"))
        {
            Show = message => ShowMessage!(message), Link = () => link!, WallClock = () => WallClock!(), Checks = () => Checks!(),
            RefreshLink = enrolment is null ? null : enrolment.Refresh, SendBundle = enrolment is null ? null : BundleToSend(time, logs).Run,
        };
        link = new(KitId.Parse(setup.Kit.Kit), broker, () => About!(), outbox, log)
        {
            Door = new(broker, Environment.GetEnvironmentVariable, setup.Folders.WayToBroker, time) { Found = way => log.LogInformation("The way to the broker is {Way}", way) },
            Figures = new(() => Figures!(), TimeSpan.FromSeconds(setup.Kit.MetricsSeconds), time) { Hurried = () => CallFigures!() },
            Requests = requests.Desk, Heard = () => Heard!(),
        };
    }

    /// <summary>To be told when the broker has heard the kit again.</summary>
    public required Action Heard { private get; init; }

    /// <summary>What the kit is.</summary>
    public required Func<About> About { private get; init; }

    /// <summary>Its figures of this moment.</summary>
    public required Func<Metrics> Figures { private get; init; }

    /// <summary>Those of the call alone.</summary>
    public required Func<Metrics> CallFigures { private get; init; }

    /// <summary>All checks, made anew.</summary>
    public required Func<IReadOnlyList<Check>> Checks { private get; init; }

    /// <summary>Puts a line of the helpdesk's on the screen.</summary>
    public required Action<HelpdeskMessage> ShowMessage { private get; init; }

    /// <summary>The wall clock; null while it is not to be trusted.</summary>
    public required Func<DateTimeOffset?> WallClock { private get; init; }

    /// <summary>All that the agent says of itself at its socket.</summary>
    public required Func<KitStatus> Status { private get; init; }

    /// <summary>The call.</summary>
    public required Func<CallState> State { private get; init; }

    /// <summary>How the link is doing; null where there is none.</summary>
    public LinkStatus? Link => link?.Status;

    /// <summary>How the outbox is doing; null where there is none.</summary>
    public OutboxStatus? Outbox => outbox?.Status;

    /// <summary>What is being done for the helpdesk; null for nothing.</summary>
    public string? Doing => requests?.Desk.Doing;

    /// <summary>The room whose link waits to be confirmed; null for none.</summary>
    public string? WaitingRoom => enrolment?.WaitingRoom;

    /// <summary>A class is on, or only just over.</summary>
    public static bool IsInCall(CallState state) => state is CallState.Consented or CallState.Ending;

    /// <summary>Every loop of it, by its name.</summary>
    /// <param name="callIsKnown">Nothing is asked of the kit before it knows whether a class is on.</param>
    public IEnumerable<(string Name, Func<CancellationToken, Task> Run)> Workers(Task callIsKnown)
    {
        if (requests is not null)
            yield return ("Requests", After(callIsKnown, requests.Desk.Run));
        if (link is not null)
            yield return ("Link", link.Run);
        if (enrolment is not null)
            yield return ("Enrolment", After(callIsKnown, enrolment.Run));
    }

    /// <inheritdoc cref="LinkWorker.Tell"/>
    public void Tell(string name, string? cause = null, LaunchReceipt? receipt = null, LessonRecord? lesson = null, HelpReport? help = null, Action? acknowledged = null) =>
        link?.Tell(name, cause, receipt, lesson, help, acknowledged: acknowledged);

    /// <summary>The kit's health has changed.</summary>
    public void Show(HealthStatus health) => link?.Show(health);

    /// <summary>The call has changed.</summary>
    public void Show(CallSnapshot call, TimeSpan? hurry)
    {
        link?.Show(call.Status);
        link?.HurryFigures(hurry);
        requests?.Changed(call.State);
    }

    /// <summary>The browser's worker saw something.</summary>
    public void Seen(CallEvent e)
    {
        requests?.Seen(e);
        if (e is BrowserAttached)
            link?.AboutChanged();
    }

    /// <summary>The helpdesk's line has been on the screen.</summary>
    public void Shown(string id) => requests?.Desk.Shown(id);

    /// <summary>Somebody at the kit confirms the room whose link waits. Returns at once; the settings are then read anew.</summary>
    public void Confirm(string room) => _ = Task.Run(() => ConfirmNow(room)); // it writes to the disk

    /// <summary>The same, at once; false where no link waits for the room.</summary>
    public bool ConfirmNow(string room) => (enrolment?.Confirm(room) ?? new LinkStore(setup.Kit).Confirm(room)) && wiring.Anew(setup, log);

    /// <summary>Asks the service for the link: null, or why not, as a code. Null for a kit that is not enrolled with one.</summary>
    public Func<CancellationToken, Task<string?>>? Refresh => enrolment is null ? null : enrolment.Refresh;

    /// <inheritdoc/>
    public void Dispose() => outbox?.Dispose();

    private RequestedBundle BundleToSend(TimeProvider time, ILoggerFactory logs) => new(
        ct => new BundleMaker(wiring.Settings, KitBundle.Facts(Status!()), time) { LimitBytes = BundleMaker.ToSend }.Make(ct),
        (bundle, ct) => new BundlePost(setup.Kit, time).Send(bundle, () => IsInCall(State!()), ct), logs.CreateLogger("Bundle"));

    private static Func<CancellationToken, Task> After(Task known, Func<CancellationToken, Task> run) => async ct =>
    {
        await known.WaitAsync(ct);
        await run(ct);
    };
}
