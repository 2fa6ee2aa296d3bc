using System.Runtime.Versioning;
using ClassContact.Kit.Call;
using ClassContact.Kit.Door;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Browser;

/// <summary>What the room should see.</summary>
/// <param name="Standby">The standby page's view.</param>
/// <param name="Overlay">The lines over the meeting; null for none.</param>
/// <param name="Shown">Called once the page has taken them; must return at once.</param>
public sealed record Views(ScreenView Standby, OverlayView? Overlay, Action? Shown = null)
{
    /// <summary>The technician's screen, while it is wanted: asked only by who shows it, for it may look at a disk, and a press waits for none.</summary>
    public Func<DoorView?> Door { get; init; } = () => null;

    /// <summary>Called once the technician's page has taken it; must return at once.</summary>
    public Action<DoorView>? DoorShown { get; init; }

    /// <summary>The keys that the standby page listens for, as pages name them; empty for none.</summary>
    public IReadOnlyList<string> Chord { get; init; } = [];
}

/// <summary>
/// Holds the kiosk's browser: attaches whenever one is there, leads its page where it is wanted, and keeps what the room sees up to date.
/// It never starts or kills the browser; the kiosk does.
/// </summary>
/// <param name="setup">The kit.</param>
/// <param name="views">What the room should see now.</param>
/// <param name="tell">Takes what is seen; must not block.</param>
/// <param name="time">For waits and deadlines.</param>
/// <param name="log">Never gets an address.</param>
[SupportedOSPlatform("linux")]
public sealed class BrowserWorker(Setup setup, Func<Views> views, Action<CallEvent> tell, TimeProvider time, ILogger log)
{
    /// <summary>Between two looks for a browser: opening the pipe costs some 20 µs.</summary>
    private static readonly TimeSpan AttachPace = TimeSpan.FromMilliseconds(300);

    /// <summary>A write may fail before the pipe's end is read, which comes some 22 ms after the browser's death: it has ended, it does not hang.</summary>
    private static readonly TimeSpan EndIsTold = TimeSpan.FromMilliseconds(300);

    private readonly Lock gate = new();
    private readonly BrowserPatience patience = new(time);
    private readonly string standby = new Uri(ScreenFiles.StandbyPage).AbsoluteUri;
    private CallCommand wanted = new ShowStandby();
    private BrowserSession? session;
    private string? trouble;

    /// <summary>Told of how a visit to the meeting goes, closely, for a rehearsal; must not block.</summary>
    public Action<VisitNote>? Note { get; init; }

    /// <summary>Told what our own page says (<see cref="DoorWord"/>); must not block.</summary>
    public Action<string>? Heard { get; init; }

    /// <summary>Product and version, such as <c>Chrome/156.0.8078.79</c>; null until a browser was seen.</summary>
    public string? Product { get; private set; }

    /// <summary>True while a browser answers.</summary>
    public bool IsAttached => session is not null;

    /// <summary>Carries out one of the machine's commands; the newest counts, also for a browser that comes later.</summary>
    public void Want(CallCommand command)
    {
        lock (gate)
        {
            wanted = command;
            session?.Want(command);
        }
    }

    /// <summary>Puts the technician's page onto the screen, or the standby page in its place; a class goes before it.</summary>
    public void ShowDoor(bool isWanted)
    {
        lock (gate)
        {
            if (wanted is not (ShowStandby or ShowDoorPage))
                return;
            wanted = isWanted ? new ShowDoorPage() : new ShowStandby();
            session?.Want(wanted);
        }
    }

    /// <summary>Holds our sound back, or lets it go: in the page that is there, and in the one that is still to be opened.</summary>
    public void Mute(bool muted)
    {
        lock (gate)
        {
            wanted = wanted switch
            {
                OpenMeeting open => open with { Muted = muted },
                WatchMeeting watch => watch with { Muted = muted },
                _ => wanted,
            };
            session?.Mute(muted);
        }
    }

    /// <summary>The views have changed: show them at once.</summary>
    public void ViewsChanged() => session?.ViewsChanged();

    /// <summary>Closes the browser, and with it whatever is open in it; the kiosk starts another. False where there is none.</summary>
    public async Task<bool> Close()
    {
        if (session is not { } served)
            return false;
        await served.Close();
        return true;
    }

    /// <summary>Works until cancelled. The browser and the call in it stay as they are.</summary>
    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var devTools = DevTools.TryOpen(setup.Folders.Kiosk, time, patience);
                if (devTools is null)
                    Trouble("no browser holds its pipes yet");
                else
                    await Serve(devTools, ct);
            }
            catch (Exception e) when (e is DevToolsException or UnauthorizedAccessException or IOException)
            {
                Trouble(e.Message);
            }
            await Task.Delay(AttachPace, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Serve(DevTools devTools, CancellationToken ct)
    {
        var page = await Page.Attach(devTools, standby, ct);
        Product = (await devTools.Call("Browser.getVersion", null, null, ct)).GetProperty("product").GetString();
        var served = new BrowserSession(devTools, page, setup, standby, views, tell, time, log) { Note = Note, Heard = Heard };
        try
        {
            lock (gate)
            {
                session = served;
                served.Want(wanted);
            }
            log.LogInformation("Attached to {Product}", Product);
            trouble = null;
            tell(new BrowserAttached());
            await served.Run(ct);
        }
        finally
        {
            lock (gate)
            {
                session = null;
                wanted = new ShowStandby(); // whether a meeting is to be opened again is the machine's to say
            }
            if (!ct.IsCancellationRequested)
            {
                await devTools.Ended.WaitAsync(EndIsTold, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                tell(new BrowserGone(devTools.Ended.IsCompleted));
            }
        }
    }

    private void Trouble(string what)
    {
        if (what != trouble)
            log.LogWarning("Browser: {Trouble}", what);
        trouble = what;
    }
}
