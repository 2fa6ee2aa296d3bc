using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClassContact.Kit.Browser;

/// <summary>The kiosk's one page, attached.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Page
{
    /// <summary>The function by which a script of ours says something, in our own world alone.</summary>
    internal const string Binding = "classcontactSay";

    private readonly DevTools devTools;
    private readonly string target;
    private static readonly Uri Nowhere = new("about:blank");
    private static readonly TimeSpan CrashAnswer = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private string? frame;
    private Task hooking = Task.CompletedTask; // the last change of it
    private string? hook; // the script of every next document, as the browser names it
    private bool hookMutes;
    private volatile bool muted;
    private Task<int>? ownWorld; // of the current document; two loops ask for it

    private Page(DevTools devTools, string session, string target) => (this.devTools, Session, this.target) = (devTools, session, target);

    /// <summary>The page's session; its events carry it.</summary>
    public string Session { get; }

    /// <summary>
    /// Attaches to the page. Only through the root's auto-attach: switching it off first drops the sessions that a killed predecessor left, which
    /// would otherwise each be sent every event, in the browser's memory and without limit.
    /// </summary>
    /// <exception cref="DevToolsException">The browser does not answer, or shows no page.</exception>
    /// <param name="devTools">The browser.</param>
    /// <param name="refuge">A page that always loads: a page that crashed or hangs while nobody watched is led there.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Page> Attach(DevTools devTools, string refuge, CancellationToken ct)
    {
        await devTools.Call("Target.setAutoAttach", AutoAttach(false), null, ct);
        await devTools.Call("Target.setAutoAttach", AutoAttach(true), null, ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(devTools.Deadline);
        try
        {
            await foreach (var e in devTools.Events.ReadAllAsync(limit.Token))
            {
                if (e.Method != "Target.attachedToTarget" || e.Params.GetProperty("targetInfo") is var info && info.GetProperty("type").GetString() != "page")
                    continue;
                if (info.GetProperty("url").GetString()!.StartsWith("http", StringComparison.Ordinal))
                    devTools.Settled(); // a meeting: whoever opened it has seen this browser at work, and somebody may be waiting
                var page = new Page(devTools, e.Params.GetProperty("sessionId").GetString()!, info.GetProperty("targetId").GetString()!);
                await page.PrepareOrRevive(refuge, ct);
                return page;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
        }
        throw new DevToolsException("the browser shows no page", isTimeout: true);
    }

    /// <summary>Asks the page's session.</summary>
    public Task<JsonElement> Call(string method, JsonObject? parameters, CancellationToken ct) => devTools.Call(method, parameters, Session, ct);

    /// <summary>
    /// Leads the page to an address; null when it came, otherwise Chromium's own word such as <c>net::ERR_CONNECTION_REFUSED</c>. The answer comes
    /// only once the address's server has answered, and until then the page answers nothing else; a navigation that is given up has to be stopped.
    /// </summary>
    public async Task<string?> Navigate(string address, TimeSpan deadline, CancellationToken ct)
    {
        try
        {
            var answer = await devTools.Call("Page.navigate", new() { ["url"] = address }, Session, ct, deadline);
            return answer.TryGetProperty("errorText", out var error) ? error.GetString() : null;
        }
        catch (DevToolsException e) when (e.IsTimeout)
        {
            await StopLoading(ct);
            return "net::ERR_TIMED_OUT";
        }
    }

    /// <summary>Gives up a navigation under way, whoever began it: otherwise it would arrive whenever its server answers.</summary>
    public Task StopLoading(CancellationToken ct) => Call("Page.stopLoading", null, ct);

    /// <summary>
    /// The address of what the page shows: as secret as the meeting's link. A page whose very first load was stopped has none, and shows nothing for ever:
    /// the agent meets it wherever a browser starts slowly.
    /// </summary>
    public async Task<Uri> Location(CancellationToken ct)
    {
        var tree = await Call("Page.getFrameTree", null, ct);
        var url = tree.GetProperty("frameTree").GetProperty("frame").GetProperty("url").GetString();
        return Uri.TryCreate(url, UriKind.Absolute, out var address) ? address : Nowhere;
    }

    /// <summary>The value of an expression in the page's own world.</summary>
    public Task<JsonElement> Evaluate(string expression, CancellationToken ct) => Evaluate(expression, null, ct);

    /// <summary>The value of an expression in a world of our own: the same page, none of its scripts. A world ends with its document.</summary>
    /// <param name="expression">What to evaluate.</param>
    /// <param name="begin">Evaluated first in a new world.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<JsonElement> EvaluateApart(string expression, string begin, CancellationToken ct)
    {
        Task<int> world;
        lock (gate)
            world = ownWorld ??= MakeWorld(begin);
        try
        {
            return await Evaluate(expression, await world.WaitAsync(ct), ct);
        }
        catch (DevToolsException)
        {
            Replaced(); // perhaps it went with its document before we were told
            throw;
        }
    }

    // For both loops, so neither of them may cancel it; its calls have deadlines.
    private async Task<int> MakeWorld(string begin)
    {
        var world = await Call("Page.createIsolatedWorld", new() { ["frameId"] = frame, ["worldName"] = "classcontact" }, CancellationToken.None);
        var id = world.GetProperty("executionContextId").GetInt32();
        // Named by its number the binding is in this world alone, and works without the Runtime domain (Chromium 156); by the world's name it would not.
        await Call("Runtime.addBinding", new() { ["name"] = Binding, ["executionContextId"] = id }, CancellationToken.None);
        await Evaluate(begin, id, CancellationToken.None);
        return id;
    }

    /// <summary>Whether our sound is to be held back.</summary>
    public bool IsMuted => muted;

    /// <summary>From now on our sound is to be held back, or not; done by <see cref="CarryOutMute"/> and in every document that is opened.</summary>
    public void WantMuted(bool on) => muted = on;

    /// <summary>Holds our sound back in the page that is there, or lets it go, and in every one to come. Not to be cancelled: half of it could be heard.</summary>
    public async Task CarryOutMute()
    {
        await HookNext();
        await Evaluate($"window[Symbol.for('classcontact')]?.mute({Script.Bool(muted)}), 0", CancellationToken.None);
    }

    /// <summary>Makes the script of every next document hold the sound back, or not, as is wanted now.</summary>
    public Task HookNext()
    {
        lock (gate)
            return hooking = HookAfter(hooking);
    }

    private async Task HookAfter(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var (old, mutes) = (hook, muted);
        if (old is not null && hookMutes == mutes)
            return;
        var added = await Call("Page.addScriptToEvaluateOnNewDocument", new() { ["source"] = Script.Hook(mutes) }, CancellationToken.None);
        (hook, hookMutes) = (added.GetProperty("identifier").GetString(), mutes);
        if (old is not null)
            await Call("Page.removeScriptToEvaluateOnNewDocument", new() { ["identifier"] = old }, CancellationToken.None); // if it stays, the later one has the last word
    }

    /// <summary>The document was replaced: its worlds are gone.</summary>
    public void Replaced()
    {
        lock (gate)
            ownWorld = null;
    }

    /// <summary>Ends a page that hangs, so that the next navigation gets a fresh one.</summary>
    public async Task Crash(CancellationToken ct)
    {
        try
        {
            await devTools.Call("Page.crash", null, Session, ct, CrashAnswer);
        }
        catch (DevToolsException)
        {
            // A crashed page has no answer to give.
        }
    }

    /// <summary>The last resort, for a page that nothing else moves: the kiosk starts a new browser within seconds.</summary>
    public async Task CloseBrowser(CancellationToken ct)
    {
        try
        {
            await devTools.Call("Browser.close", null, null, ct);
        }
        catch (DevToolsException)
        {
            // It may be gone before it answers.
        }
    }

    /// <inheritdoc cref="DevTools.Settled"/>
    public void Settled() => devTools.Settled();

    /// <summary>True for the page that this is about.</summary>
    public bool Is(string targetId) => targetId == target;

    private static JsonObject AutoAttach(bool on) => new() { ["autoAttach"] = on, ["waitForDebuggerOnStart"] = false, ["flatten"] = true };

    // A renderer that is dead or hangs answers nothing, or no to everything; a navigation gives the same session a new one.
    private async Task PrepareOrRevive(string refuge, CancellationToken ct)
    {
        if (await IsPrepared(ct))
            return;
        await devTools.Call("Browser.getVersion", null, null, ct); // throws when it is the browser that hangs, or has ended
        devTools.GaveUp();
        await Crash(ct);
        if (await IsLedTo(refuge, ct) && await IsPrepared(ct))
            return;
        await CloseBrowser(ct);
        throw new DevToolsException("a page that nothing moves: the browser is closed");
    }

    private async Task<bool> IsPrepared(CancellationToken ct)
    {
        try
        {
            await Prepare(ct);
            return true;
        }
        catch (DevToolsException)
        {
            return false;
        }
    }

    private async Task<bool> IsLedTo(string refuge, CancellationToken ct)
    {
        try
        {
            return await Navigate(refuge, devTools.PageStarts, ct) is null;
        }
        catch (DevToolsException)
        {
            return false;
        }
    }

    private async Task Prepare(CancellationToken ct)
    {
        await Call("Page.enable", null, ct);
        await Call("Inspector.enable", null, ct);
        await devTools.Call("Browser.setDownloadBehavior", new() { ["behavior"] = "deny" }, null, ct);
        await HookNext();
        var tree = await Call("Page.getFrameTree", null, ct);
        frame = tree.GetProperty("frameTree").GetProperty("frame").GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> Evaluate(string expression, int? world, CancellationToken ct)
    {
        var ask = new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true, ["userGesture"] = true, ["includeCommandLineAPI"] = true };
        if (world is { } id)
            ask["contextId"] = id;
        var answer = await Call("Runtime.evaluate", ask, ct);
        if (answer.TryGetProperty("exceptionDetails", out _))
            throw new DevToolsException("a script failed on the page"); // its own words might quote the address
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }
}
