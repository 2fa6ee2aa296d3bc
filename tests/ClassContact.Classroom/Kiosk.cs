using System.Text.Json;
using ClassContact.Classroom.Network;
using ClassContact.Kit.Browser;

namespace ClassContact.Classroom;

/// <summary>
/// The kiosk of a kit: <c>packaging/linux/kiosk-session</c> on a virtual screen, with the virtual speakerphone and Chromium's
/// own fake camera. It starts its browser again when that ends, as systemd does on a kit. Lives inside <c>packaging/linux/sandbox</c>.
/// </summary>
public sealed partial class Kiosk : IAsyncDisposable
{
    private readonly string folder;
    private readonly ChildProcess session;

    private Kiosk(string folder, ChildProcess session, string run) => (this.folder, this.session, Run) = (folder, session, run);

    /// <summary>The folder with <c>cdp.in</c>, <c>cdp.out</c>, the sound server's sockets and the browser's profile.</summary>
    public string Run { get; }

    /// <summary>The process session of all that it started.</summary>
    public int Session => session.Id;

    /// <summary>What session, screen, sound server and browser wrote.</summary>
    public string Log => session.Log;

    /// <summary>
    /// Starts a kiosk that shows <paramref name="standby"/>, a <c>file://</c> address, on a screen of <paramref name="screen"/> pixels,
    /// (or in a window of the display there is), and waits until its browser runs. Pages of <paramref name="origins"/> may open camera and microphone; nothing else of the web
    /// is reachable. The log is kept in <paramref name="folder"/>; its run folder is apart, in memory. With a <paramref name="cable"/> it stands at the kit's end of it.
    /// </summary>
    /// <exception cref="TimeoutException">No browser after 30 s.</exception>
    public static async Task<Kiosk> Start(string folder, string standby, IReadOnlyList<string> origins, string screen = "1366x768", string display = "virtual",
        Cable? cable = null)
    {
        await AllowMeetings(folder, standby, origins);
        var run = Directory.CreateTempSubdirectory("kiosk-").FullName;
        var flags = Path.Combine(folder, "chromium-flags");
        await File.WriteAllTextAsync(flags, "--allow-loopback-in-peer-connection\n");
        var session = ChildProcess.Start("kiosk", folder, Checkout.Packaging("kiosk-session"), ["--respawn"], new Dictionary<string, string?>
        {
            ["CLASSCONTACT_KIOSK_RUN"] = run,
            ["CLASSCONTACT_STANDBY"] = standby,
            ["CLASSCONTACT_DISPLAY"] = display,
            ["CLASSCONTACT_SCREEN"] = screen,
            ["CLASSCONTACT_SPEAKERPHONE"] = "virtual",
            ["CLASSCONTACT_CAMERA"] = "virtual",
            ["CLASSCONTACT_CHROMIUM_FLAGS_FILE"] = flags,
        }, cable);
        var kiosk = new Kiosk(folder, session, run);
        await WaitFor.That("the browser", () => (Id: kiosk.BrowserId(), session), seen => seen.Id is not null);
        return kiosk;
    }

    /// <summary>The browser's process id, or null while there is none.</summary>
    public int? BrowserId()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), out var id) && IsOurBrowser(process)) return id;
        }

        return null;
    }

    /// <summary>Kills the browser, as a crash would; a new one follows about a second later.</summary>
    public void KillBrowser()
    {
        if (BrowserId() is { } id) _ = SignalNative.Send(id, Signal.Kill);
    }

    /// <summary>Sends a signal to the browser's first process, for instance to stop it for a while.</summary>
    public void SendBrowser(Signal signal)
    {
        if (BrowserId() is { } id) _ = SignalNative.Send(id, signal);
    }

    /// <summary>Presses keys on the kiosk's screen, as a keyboard would; <paramref name="keys"/> as xdotool writes them, such as <c>alt+Left</c>.</summary>
    /// <param name="keys">As xdotool writes them.</param>
    /// <param name="clickFirst">Clicks into a corner of the page, which may have lost the keyboard when it crashed.</param>
    public Task Type(string keys, bool clickFirst = false) => XDoTool([.. clickFirst ? ["mousemove", "4", "760", "click", "1"] : Array.Empty<string>(), "key", keys]);

    /// <summary>Holds keys down together for a while.</summary>
    public Task Hold(TimeSpan time, params string[] keys) => XDoTool(
        [.. keys.SelectMany(key => new[] { "keydown", key }), "sleep", time.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture), .. keys.SelectMany(key => new[] { "keyup", key })]);

    /// <summary>Types a text, key by key, and Enter.</summary>
    public Task Enter(string text) => XDoTool(["type", "--delay", "20", text + "\n"]);

    private async Task XDoTool(string[] arguments)
    {
        var display = ":" + (await File.ReadAllTextAsync(Path.Combine(Run, "display"))).Trim();
        await ChildProcess.Run("keys", Run, "xdotool", arguments, new Dictionary<string, string?> { ["DISPLAY"] = display });
    }

    /// <summary>An expression's value on the page, or what it promises, as text. Only while no agent holds the browser: two would take each other's answers.</summary>
    public Task<string> Ask(string expression) =>
        OfThePage(async page => (await page.Evaluate($"Promise.resolve({expression}).then(String)", CancellationToken.None)).GetString()!);

    /// <summary>The lines that the agent has put over the meeting, one under the other; empty when there are none. As for <see cref="Ask"/>, no agent may hold the browser.</summary>
    public Task<string> Overlay() => OfThePage(async page =>
    {
        var all = await page.Call("DOM.getDocument", new() { ["depth"] = -1, ["pierce"] = true }, CancellationToken.None); // into closed shadow roots, too
        return string.Join('\n', Nodes(all.GetProperty("root")).Where(n => Name(n) == "CLASSCONTACT-OVERLAY").SelectMany(Nodes).Where(n => Name(n) == "#text").Select(n => n.GetProperty("nodeValue").GetString()));
    });

    /// <summary>Keeps what the screen shows as a PNG.</summary>
    /// <exception cref="IOException">The screen could not be read.</exception>
    public async Task Screenshot(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        var number = Path.Combine(Run, "display"); // not there in a window: then the display is ours
        var display = File.Exists(number) ? ":" + (await File.ReadAllTextAsync(number)).Trim() : Environment.GetEnvironmentVariable("DISPLAY");
        var code = await ChildProcess.Run("screenshot", Run, "scrot", ["--overwrite", file], new Dictionary<string, string?> { ["DISPLAY"] = display });
        if (code != 0) throw new IOException($"no picture of screen {display}: scrot ended with {code}");
    }

    /// <summary>Ends the session, as the kit's service does when it is stopped; its folder stays to be looked at.</summary>
    public Task End() => session.End();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        Directory.Delete(Run, recursive: true);
    }

    private async Task<string> OfThePage(Func<Page, Task<string>> ask)
    {
        await using var devTools = (await WaitFor.That("a browser", () => DevTools.TryOpen(Run, TimeProvider.System), opened => opened is not null))!; // one that was closed is back after a second
        return await ask(await Page.Attach(devTools, "about:blank", CancellationToken.None));
    }

    private static string? Name(JsonElement node) => node.GetProperty("nodeName").GetString();

    private static IEnumerable<JsonElement> Nodes(JsonElement node)
    {
        var below = new[] { "children", "shadowRoots" }.Where(name => node.TryGetProperty(name, out _)).SelectMany(name => node.GetProperty(name).EnumerateArray());
        return below.SelectMany(Nodes).Prepend(node);
    }

    private static async Task AllowMeetings(string folder, string standby, IReadOnlyList<string> origins)
    {
        const string managed = "/etc/chromium/policies/managed";
        var code = await ChildProcess.Run("policy", folder, Checkout.Packaging("chromium-policy"), ["--to", Path.Combine(managed, "kit.json"), standby, .. origins]);
        if (code != 0) throw new IOException($"{managed} is not ours to write: are we inside packaging/linux/sandbox?");
    }

    // Children of the browser carry --type=. Chromium rewrites its command line with blanks for NULs.
    private bool IsOurBrowser(string process)
    {
        var line = CommandLine(process);
        return line.Split(' ')[0].EndsWith("/chromium", StringComparison.Ordinal)
            && line.Contains($"--user-data-dir={Run}/profile ", StringComparison.Ordinal)
            && !line.Contains(" --type=", StringComparison.Ordinal);
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended while we looked
        }
    }
}
