using System.Text.Json.Nodes;
using ClassContact.Kit.Call;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Browser;

// What the browser tells by itself.
internal sealed partial class BrowserSession
{
    private async Task Follow(CancellationToken ct)
    {
        await foreach (var e in devTools.Events.ReadAllAsync(ct))
        {
            switch (e.Method)
            {
                case "Page.frameNavigated" when e.Session == page.Session && !e.Params.GetProperty("frame").TryGetProperty("parentId", out _):
                    page.Replaced();
                    dead = false;
                    ViewsChanged();
                    // Somebody went back in the history, or the like: nothing but the standby page, or the door's, may be open now.
                    if (Visiting is null && e.Params.GetProperty("frame").GetProperty("url").GetString() is var url && url != standby && !(url == door && doing is ShowDoorPage))
                        BackToStandby();
                    break;
                case "Runtime.bindingCalled" when e.Session == page.Session && Visiting is null && e.Params.GetProperty("name").GetString() == Page.Binding:
                    Heard?.Invoke(e.Params.GetProperty("payload").GetString() ?? "");
                    break;
                case "Page.domContentEventFired" when e.Session == page.Session:
                    ViewsChanged();
                    break;
                case "Inspector.targetCrashed" when e.Session == page.Session:
                    Crashed();
                    break;
                case "Page.javascriptDialogOpening" when e.Session == page.Session:
                    _ = Answer(e.Params.GetProperty("type").GetString()!, ct);
                    break;
                case "Target.attachedToTarget" when e.Params.GetProperty("targetInfo") is var info && info.GetProperty("type").GetString() == "page" && !page.Is(info.GetProperty("targetId").GetString()!):
                    _ = Close(info.GetProperty("targetId").GetString()!, ct);
                    break;
                case "Target.detachedFromTarget" when e.Params.GetProperty("sessionId").GetString() == page.Session:
                    throw new DevToolsException("the page was closed");
            }
        }
        throw new DevToolsException("the browser has ended");
    }

    private void Crashed()
    {
        if (crashing is { } ours)
        {
            ours.TrySetResult();
            return;
        }
        log.LogWarning("The page crashed");
        (lost, dead) = (true, true);
        Broken(Cause.PageCrashed);
    }

    // What a meeting needs next is the machine's to decide; the standby page is simply shown again.
    private void Broken(Cause cause)
    {
        if (Visiting is { } attempt)
            tell(new PageFailed(attempt, cause));
        else
            BackToStandby();
    }

    // At standby nobody looks at the page but to show something: then this tells that it hangs. In a meeting the looks do.
    private async Task Silent(CancellationToken ct)
    {
        if (Visiting is not null)
            return;
        await devTools.Call("Browser.getVersion", null, null, ct); // throws when the browser hangs as a whole
        devTools.GaveUp();
        (hangs, lost) = (true, true);
        Broken(Cause.PageHung);
    }

    // Never in place of a command that waits.
    private void BackToStandby()
    {
        Interlocked.CompareExchange(ref next, new ShowStandby(), null);
        called.Writer.TryWrite(true);
    }

    // "Leave this page?" would hold up every navigation for ever; any other dialog would hold up the meeting.
    private Task Answer(string type, CancellationToken ct)
    {
        if (++asked is 1 or 10 or 100 || asked % 1000 == 0) // a page may ask without end
            log.LogInformation("The page asked by a dialog ({Type}), {Count} so far; answered", type, asked);
        return Quietly(page.Call("Page.handleJavaScriptDialog", new() { ["accept"] = type == "beforeunload" }, ct));
    }

    // The kiosk has one page; a meeting that opens another would hide itself behind it.
    private Task Close(string target, CancellationToken ct)
    {
        log.LogInformation("The page opened another one; closed");
        return Quietly(devTools.Call("Target.closeTarget", new JsonObject { ["targetId"] = target }, null, ct));
    }
}
