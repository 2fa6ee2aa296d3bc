using System.Diagnostics;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassContact.Classroom;

/// <summary>
/// The pupil at home: a second, headless Chromium with Chromium's fake camera and microphone, which beeps once a second.
/// </summary>
public sealed class Pupil : IAsyncDisposable
{
    private readonly ChildProcess browser;
    private readonly DevTools devTools;
    private readonly Page page;
    private readonly PupilsWay way;
    private readonly Setup setup;
    private readonly string run;
    private readonly CancellationTokenSource stop = new();
    private CancellationTokenSource visiting = new();

    private Pupil(ChildProcess browser, DevTools devTools, Page page, PupilsWay way, Setup setup, string run) =>
        (this.browser, this.devTools, this.page, this.way, this.setup, this.run) = (browser, devTools, page, way, setup, run);

    /// <summary>Starts a browser for the pupil, and joins.</summary>
    /// <param name="folder">For the browser's log.</param>
    /// <param name="kitSettings">The kit's, for the kit that the pupil belongs to.</param>
    /// <param name="way">The pupil's way into the meeting.</param>
    /// <exception cref="TimeoutException">The pupil did not get in within 30 s.</exception>
    public static async Task<Pupil> Join(string folder, string kitSettings, PupilsWay way)
    {
        var pupil = await Arrive(folder, kitSettings, way);
        await pupil.Enter();
        return pupil;
    }

    /// <summary>Starts a browser for the pupil, who does nothing yet: <see cref="Enter"/> joins.</summary>
    /// <inheritdoc cref="Join"/>
    public static async Task<Pupil> Arrive(string folder, string kitSettings, PupilsWay way)
    {
        var run = Directory.CreateTempSubdirectory("pupil-").FullName;
        var setup = await SetupOf(kitSettings, way, run);
        var browser = ChildProcess.Start("pupil", folder, "bash", ["-c", Begin, run, .. Flags(run)]);
        var devTools = await WaitFor.That("the pupil's browser", () => DevTools.TryOpen(run, TimeProvider.System), d => d is not null);
        var page = await WaitFor.That("its page", () => Attach(devTools!), p => p is not null);
        var pupil = new Pupil(browser, devTools!, page!, way, setup, run);
        _ = pupil.Follow();
        return pupil;
    }

    /// <summary>Opens the meeting's page and joins; also again, after <see cref="Leave"/>. A guest may have to wait at the door meanwhile.</summary>
    /// <exception cref="TimeoutException">The pupil did not get in within 30 s.</exception>
    public async Task Enter()
    {
        await visiting.CancelAsync();
        visiting.Dispose();
        visiting = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = new MeetingVisit(page, setup, new("pupil", 1), Seen, TimeProvider.System, NullLogger.Instance).Open(visiting.Token); // goes on looking
        await joined.Task.WaitAsync(WaitFor.Generous);

        void Seen(CallEvent e)
        {
            if (e is MilestoneReached { Milestone: Milestone.Joined })
                joined.TrySetResult();
            else if (e is PageFailed failed)
                joined.TrySetException(new InvalidOperationException($"the pupil did not get in: {failed.Cause}"));
        }
    }

    /// <summary>Packets of others' sound and picture that have come so far.</summary>
    public async Task<long> Received() => (await Receives()).Packets;

    /// <summary>What has come from the class so far, over the connections that are there now.</summary>
    public async Task<Reception> Receives() => Reception.Of(await page.Evaluate(Reception.Script, stop.Token));

    /// <summary>
    /// How loud the class was at the pupil's in the second or so that follows: root mean square of 0 to 1. Exactly 0 is silence, as of a class that
    /// is muted; also where no sound arrives at all.
    /// </summary>
    public async Task<double> Loudness()
    {
        var (first, began) = (await Receives(), Stopwatch.GetTimestamp());
        var last = await WaitFor.That("a second of sound", Receives, r => r.SoundSeconds >= first.SoundSeconds + 1 || Stopwatch.GetElapsedTime(began).TotalSeconds > 3);
        return last.SoundSeconds > first.SoundSeconds ? Math.Sqrt((last.SoundEnergy - first.SoundEnergy) / (last.SoundSeconds - first.SoundSeconds)) : 0;
    }

    /// <summary>Clicks something on the pupil's page, such as Janus's <c>#mute</c>.</summary>
    public Task Click(string selector) => page.Evaluate($"document.querySelector('{selector}').click()", stop.Token);

    /// <summary>Switches the microphone off; the pupil stays.</summary>
    public Task Mute() => Do(way.Mute);

    /// <summary>Switches the camera off; the pupil stays.</summary>
    public Task CameraOff() => Do(way.CameraOff);

    /// <summary>Leaves the meeting with a goodbye; the browser stays, and <see cref="Enter"/> comes back.</summary>
    public async Task Leave()
    {
        await visiting.CancelAsync();
        await Do(way.Leave);
    }

    /// <summary>Is gone without a word, as by a power cut.</summary>
    public Task Vanish() => browser.Kill();

    /// <summary>Stops everything of the pupil's, as a computer does that sleeps, until <see cref="Wake"/>.</summary>
    public void Sleep() => browser.Send(Signal.Stop);

    /// <summary>Lets it go on.</summary>
    public void Wake() => browser.Send(Signal.Continue);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Wake();
        await stop.CancelAsync();
        await devTools.DisposeAsync();
        await browser.DisposeAsync();
        visiting.Dispose();
        stop.Dispose();
        Directory.Delete(run, recursive: true);
    }

    private const string Begin = """mkfifo "$0/cdp.in" "$0/cdp.out" && exec chromium "$@" 3<>"$0/cdp.in" 4<>"$0/cdp.out" """;

    private static string[] Flags(string run) =>
    [
        "--headless", "--remote-debugging-pipe", $"--user-data-dir={run}/profile", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-gpu", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        "--allow-loopback-in-peer-connection", "--autoplay-policy=no-user-gesture-required", "about:blank",
    ];

    // On a busy machine a browser takes longer to start than a page may take for an answer.
    private static async Task<Page?> Attach(DevTools devTools)
    {
        try
        {
            return await Page.Attach(devTools, "about:blank", CancellationToken.None);
        }
        catch (DevToolsException e) when (e.IsTimeout)
        {
            return null;
        }
    }

    // What a script gives is not asked for: some give themselves, which no message can hold.
    private async Task Do(string script) => await page.Evaluate($"void ({script})", stop.Token);

    private static async Task<Setup> SetupOf(string kitSettings, PupilsWay way, string run)
    {
        var kit = Setup.Read(kitSettings).Value ?? throw new ArgumentException($"{kitSettings} has problems", nameof(kitSettings));
        var link = Path.Combine(run, "link");
        await File.WriteAllTextAsync(link, way.Url);
        File.SetUnixFileMode(link, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var meeting = SettingsFile.Read(way.Description, SettingsJson.Default.MeetingDescription, m => m.Problems()).Value!;
        var steps = (meeting.Steps ?? []).Select(s => s.With is null ? s : s with { With = "Eleve" });
        return kit with { Meeting = meeting with { Steps = [.. steps] }, Link = MeetingLink.Read(link, meeting.Hosts).Value! };
    }

    private async Task Follow()
    {
        await foreach (var e in devTools.Events.ReadAllAsync())
        {
            if (e.Method == "Page.frameNavigated")
                page.Replaced();
        }
    }
}
