using System.Runtime.Versioning;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Requests;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Door;

/// <summary>
/// The technician's door of a kit, wired: a chord held at the standby page asks for the day's code, and the code opens a screen with what a technician needs. The kiosk
/// is closed and nothing listens, so this is the one way in; its words come over the browser's own channel.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class TechniciansDoor : IDisposable
{
    private readonly KitSettings kit;
    private readonly DoorSurroundings around;
    private readonly Words words;
    private readonly TimeProvider time;
    private readonly BrowserRestart restart;
    private readonly SoundSection sound;
    private readonly DoorWorker worker;

    /// <param name="kit">The settings.</param>
    /// <param name="browser">Shows it.</param>
    /// <param name="around">The rest of the agent.</param>
    /// <param name="time">Its timestamps are the machine's time; its clock has the day's date.</param>
    /// <param name="log">Gets what happens at the door; never a code, a password or a network's name.</param>
    public TechniciansDoor(KitSettings kit, BrowserWorker browser, DoorSurroundings around, TimeProvider time, ILogger log)
    {
        (this.kit, this.around, this.time) = (kit, around, time);
        words = Words.Of(kit.Language);
        Chord = kit.TheDoor.OnThePage();
        restart = new(browser.Close, time);
        sound = new(kit.Speakerphone ?? new(), Folders.Kiosk, words, time);
        worker = new(
            new()
            {
                Kit = kit.Kit, Words = words, Data = Folders.Data, Lock = Lock, IsFree = () => around.State() is CallState.Standby or CallState.Faulted,
                Show = browser.ShowDoor, Changed = browser.ViewsChanged, Tell = around.Tell, Sections = [.. Sections(log)],
            },
            time, log);
    }

    /// <summary>The keys that open it, as pages name them; empty for a kit without a door.</summary>
    public IReadOnlyList<string> Chord { get; }

    /// <summary>What the page shows; null while the door is closed.</summary>
    public DoorView? View() => worker.View();

    /// <summary>The page has taken it.</summary>
    public void Shown(DoorView view) => worker.Shown(view);

    /// <summary>The page said something.</summary>
    public void Hear(string payload) => worker.Hear(payload);

    /// <summary>The browser's worker saw something.</summary>
    public void Seen(CallEvent e)
    {
        restart.Seen(e);
        worker.Seen(e);
    }

    /// <summary>The call has changed.</summary>
    public void CallChanged() => worker.CallChanged();

    /// <summary>The agent is being stopped, and can still say so.</summary>
    public void Stopping() => worker.Stopping();

    /// <summary>Works until cancelled.</summary>
    public Task Run(CancellationToken ct) => worker.Run(ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        worker.Dispose();
        sound.Dispose();
    }

    private FolderSettings Folders => kit.Folders ?? new();

    private IEnumerable<DoorSection> Sections(ILogger log)
    {
        yield return new StatusSection(words, around.Facts, () => around.Board()?.Told ?? [], around.Checks, time)
        {
            HasLink = around.HasLink, Keep = found => Diagnosis.LastDiagnosis.Keep(Folders.Data, found),
        }.Section();
        yield return new NetworkSection(words, time).Section();
        yield return new EnrolSection(kit, words, around.Enrolled, time).Section();
        yield return new LinkSection(words, () => around.Room, () => new LinkStore(kit).WaitingRoom, around.Refresh, around.Confirm).Section();
        yield return sound.Section();
        yield return new StickSection(Folders.Run, around.MakeBundle, words, time).Section();
        yield return new RestartSection(words, restart.Run, new RebootFile(Folders.Run, time, log).Ask).Section();
    }

    // A kit that has no certificate, no key and no link has nothing that a code would protect, and nothing from which to compute one; a technician comes to give it
    // all three. That the settings name a broker changes nothing: setup writes that first, and it is no secret. One that has any of them and no secret (its
    // certificate came by hand, its service is older) stays shut: who unplugs the network must not open it.
    private (DoorLock, byte[]?) Lock()
    {
        var identity = new IdentityFolder(Folders.Data);
        if (identity.DoorSecret() is { } secret)
            return (DoorLock.Code, secret);
        var hasKey = identity.IsThere || kit.Broker?.Tls?.KeyFile is { } key && File.Exists(key);
        return (hasKey || around.HasLink || new LinkStore(kit).IsThere ? DoorLock.NoSecret : DoorLock.None, null);
    }
}
