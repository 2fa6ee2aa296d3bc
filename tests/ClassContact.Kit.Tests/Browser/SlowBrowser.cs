using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;

namespace ClassContact.Kit.Tests.Browser;

/// <summary>
/// A fake: the DevTools of a browser that answers when the test wants, for none that is real can be had as slow as a computer whose disk is busy. It holds the
/// pipes as a real one does.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class SlowBrowser : IDisposable
{
    /// <summary>What Chromium's own process answers while the page's hangs.</summary>
    private static readonly HashSet<string> AnsweredForThePage = ["Page.stopLoading", "Page.navigate", "Page.crash", "Page.resetNavigationHistory"];

    private readonly FileStream asked;
    private readonly FileStream answers;
    private readonly ConcurrentQueue<string> methods = [];
    private readonly ConcurrentQueue<JsonObject> held = [];
    private readonly Lock gate = new();
    private string address;
    private bool isSilent;
    private volatile bool isOver;

    /// <param name="folder">The kiosk's.</param>
    /// <param name="address">What its page shows; empty before anything was loaded.</param>
    public SlowBrowser(string folder, string address)
    {
        this.address = address;
        var (to, from) = (Path.Combine(folder, "cdp.in"), Path.Combine(folder, "cdp.out"));
        Process.Start("mkfifo", [to, from]).WaitForExit();
        asked = new(to, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        answers = new(from, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        new Thread(Listen) { IsBackground = true }.Start();
    }

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyCollection<string> Asked => methods;

    /// <summary>Its page does not answer any more, or again; what it was asked meanwhile is answered then.</summary>
    public bool IsSilent
    {
        get => isSilent;
        set
        {
            lock (gate)
            {
                isSilent = value;
                while (!value && held.TryDequeue(out var question)) Answer(question);
            }
        }
    }

    public void Dispose()
    {
        isOver = true;
        asked.Write([0]); // the reader looks up, and finds that it is over
        asked.Dispose();
        answers.Dispose();
    }

    private void Listen()
    {
        var (bytes, text) = (new byte[64 * 1024], "");
        try
        {
            while (asked.Read(bytes) is > 0 and var count)
            {
                if (isOver) return;
                var parts = (text + Encoding.UTF8.GetString(bytes, 0, count)).Split('\0');
                text = parts[^1];
                foreach (var part in parts[..^1].Where(p => p.Length > 0)) Take(JsonNode.Parse(part)!.AsObject());
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Take(JsonObject question)
    {
        methods.Enqueue((string)question["method"]!);
        lock (gate)
        {
            if (isSilent && question.ContainsKey("sessionId") && !AnsweredForThePage.Contains(methods.Last())) held.Enqueue(question);
            else Answer(question);
        }
    }

    private void Answer(JsonObject question)
    {
        var method = (string)question["method"]!;
        if (method == "Page.navigate") address = (string)question["params"]!["url"]!;
        if (method == "Page.crash") Crashes();
        Write(new() { ["id"] = (int)question["id"]!, ["result"] = Result(method) });
        if (method == "Target.setAutoAttach" && (bool)question["params"]!["autoAttach"]!)
            Tell("Target.attachedToTarget", new() { ["sessionId"] = "s", ["targetInfo"] = new JsonObject { ["targetId"] = "t", ["type"] = "page", ["url"] = address } });
    }

    // What it was asked is never answered; the next navigation starts another.
    private void Crashes()
    {
        held.Clear();
        isSilent = false;
        Tell("Inspector.targetCrashed", [], "s");
    }

    private JsonObject Result(string method) => method switch
    {
        "Page.getFrameTree" => new() { ["frameTree"] = new JsonObject { ["frame"] = new JsonObject { ["id"] = "f", ["url"] = address } } },
        "Page.addScriptToEvaluateOnNewDocument" => new() { ["identifier"] = "1" },
        "Page.createIsolatedWorld" => new() { ["executionContextId"] = 1 },
        "Browser.getVersion" => new() { ["product"] = "Chrome/1" },
        "Runtime.evaluate" => new() { ["result"] = new JsonObject { ["value"] = true } },
        _ => [],
    };

    private void Tell(string method, JsonObject parameters, string? session = null)
    {
        var message = new JsonObject { ["method"] = method, ["params"] = parameters };
        if (session is not null) message["sessionId"] = session;
        Write(message);
    }

    private void Write(JsonObject message) => answers.Write(Encoding.UTF8.GetBytes(message.ToJsonString() + '\0'));
}
