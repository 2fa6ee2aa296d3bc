using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassContact.Classroom;

/// <summary>
/// The pupil at home: a second, headless Chromium with Chromium's fake camera and microphone. It joins by the same description of the meeting as the kit.
/// </summary>
public sealed class Pupil : IAsyncDisposable
{
    private readonly ChildProcess browser;
    private readonly DevTools devTools;
    private readonly Page page;
    private readonly Setup setup;
    private readonly string run;
    private readonly CancellationTokenSource stop = new();

    private Pupil(ChildProcess browser, DevTools devTools, Page page, Setup setup, string run) =>
        (this.browser, this.devTools, this.page, this.setup, this.run) = (browser, devTools, page, setup, run);

    /// <summary>Starts a browser for the pupil and joins the meeting of a kit's settings.</summary>
    /// <exception cref="TimeoutException">The pupil did not get in within 30 s.</exception>
    public static async Task<Pupil> Join(string folder, string kitSettings)
    {
        var setup = Setup.Read(kitSettings).Value ?? throw new ArgumentException($"{kitSettings} has problems", nameof(kitSettings));
        setup = setup with { Meeting = setup.Meeting with { Steps = [.. setup.Meeting.Steps!.Select(s => s.With is null ? s : s with { With = "Eleve" })] } };
        var run = Directory.CreateTempSubdirectory("pupil-").FullName;
        var browser = ChildProcess.Start("pupil", folder, "bash", ["-c", Begin, run, .. Flags(run)]);
        var devTools = await WaitFor.That("the pupil's browser", () => DevTools.TryOpen(run, TimeProvider.System), d => d is not null);
        var page = await Page.Attach(devTools!, "about:blank", CancellationToken.None);
        var pupil = new Pupil(browser, devTools!, page, setup, run);
        await pupil.Enter();
        return pupil;
    }

    /// <summary>Packets of others' sound and picture that have come so far.</summary>
    public async Task<long> Received() => (await Look.At(page, setup.Meeting, stop.Token)).Received;

    /// <summary>Clicks something on the pupil's page, such as Janus's <c>#mute</c>.</summary>
    public Task Click(string selector) => page.Evaluate($"document.querySelector('{selector}').click()", stop.Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await devTools.DisposeAsync();
        await browser.DisposeAsync();
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

    private async Task Enter()
    {
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var visit = new MeetingVisit(page, setup, new("pupil", 1), Seen, TimeProvider.System, NullLogger.Instance);
        _ = visit.Open(stop.Token); // goes on looking until the pupil leaves
        _ = Follow();
        await joined.Task.WaitAsync(WaitFor.Generous);

        void Seen(CallEvent e)
        {
            if (e is MilestoneReached { Milestone: Milestone.Joined })
                joined.TrySetResult();
            else if (e is PageFailed failed)
                joined.TrySetException(new InvalidOperationException($"the pupil did not get in: {failed.Cause}"));
        }
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
