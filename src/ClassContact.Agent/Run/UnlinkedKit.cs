using System.Runtime.Versioning;
using ClassContact.Agent.Bundle;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Bundle;
using ClassContact.Kit.Call;
using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Door;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Run;

/// <summary>
/// A kit that has no meeting's link yet: it opens no class, says so on the screen, and has the technician's door, by which it comes to its certificate and its link.
/// As soon as there is a link, wherever it comes from, the whole agent begins.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class UnlinkedKit : IDisposable
{
    /// <summary>Between two looks for a link that was put there by hand.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>For one look; the whole agent is built in it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Setup setup;
    private readonly Wiring wiring;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly BrowserWorker browser;
    private readonly EnrolmentWorker? enrolment;
    private readonly TechniciansDoor door;
    private readonly Kit.Screen.Words words;
    private long looks;

    public UnlinkedKit(Setup setup, Wiring wiring, TimeProvider time, ILoggerFactory logs)
    {
        (this.setup, this.wiring, this.time, log) = (setup, wiring, time, logs.CreateLogger("Agent"));
        words = Kit.Screen.Words.Of(setup.Kit.Language);
        browser = new(setup, Views, e => door!.Seen(e), time, logs.CreateLogger("Browser")) { Heard = word => door!.Hear(word) };
        if (setup.Kit.Enrolment is not null)
            enrolment = new(setup.Kit, time, logs.CreateLogger("Enrolment")) { Changed = browser.ViewsChanged };
        door = new(setup.Kit, browser, Around(), time, logs.CreateLogger("Door"));
    }

    /// <summary>Every loop of it, by its name.</summary>
    public IEnumerable<(string Name, Func<CancellationToken, Task> Run)> Workers()
    {
        log.LogWarning("There is no meeting's link yet ({File}): the kit waits for one, and for a technician", setup.Kit.Meeting.LinkFile);
        new ConsentFile(setup.Folders.Run, log).Drop(); // what waits for the end of a class would wait for ever
        yield return ("Browser", browser.Run);
        if (door.Chord.Count > 0)
            yield return ("Door", door.Run);
        if (enrolment is not null)
            yield return ("Enrolment", enrolment.Run);
        yield return ("Link", WaitForLink);
        if (SystemdSocket.OfThisProcess() is { } systemd)
        {
            var watchdog = new Watchdog([new("Link", () => Interlocked.Read(ref looks), Longest)], () => { }, time, log);
            yield return ("Watchdog", ct => watchdog.Run(systemd, SystemdSocket.Patience(), Task.CompletedTask, ct));
        }
    }

    /// <summary>The agent is being stopped.</summary>
    public void Stopping() => door.Stopping();

    /// <inheritdoc/>
    public void Dispose() => door.Dispose();

    // Also what the door and the command line confirm ends up there.
    private async Task WaitForLink(CancellationToken ct)
    {
        for (DateTime tried = default; ; await Task.Delay(Pace, time, ct))
        {
            Interlocked.Increment(ref looks);
            var at = File.GetLastWriteTimeUtc(setup.Kit.Meeting.LinkFile); // of 1601 where there is none
            if (at == tried || !File.Exists(setup.Kit.Meeting.LinkFile))
                continue;
            if (wiring.Anew(setup, log))
                return;
            tried = at; // the log has said why, once for each that is put there
        }
    }

    private DoorSurroundings Around() => new()
    {
        State = () => new CallState.Standby(), Board = () => null, Checks = () => Kit.KitChecks.Of(setup, BareParts.Of(setup) with { BrowserAnswers = () => browser.IsAttached }, time),
        Tell = (_, _) => { }, Facts = () => new(Product.Version, browser.IsAttached ? browser.Product : null, null, setup.Kit.Broker is null ? DoorBroker.None : DoorBroker.NotYet),
        MakeBundle = ct => new BundleMaker(wiring.Settings, KitBundle.Facts(null), time).Make(ct), Room = null,
        Refresh = enrolment is null ? null : enrolment.Refresh, Confirm = new LinkStore(setup.Kit).Confirm,
    };

    private Views Views() => new(
        Room.Standby(new CallState.Standby(), new(setup.Kit.School, setup.Kit.Room, "", "", true, setup.Hours), TimeSpan.Zero, null, words) with
        {
            Mood = Mood.Attention, Picture = Picture.Kit, Key = null, Headline = words["door.unlinked.headline"], Sentence = words["door.unlinked.sentence"],
        }, null)
    {
        Door = door.View, DoorShown = door.Shown, Chord = door.Chord,
    };
}
