using System.Runtime.Versioning;
using System.Text.Json;
using System.Threading.Channels;
using ClassContact.Kit.Door;
using ClassContact.Kit.Screen;

namespace ClassContact.Kit.Browser;

/// <summary>Keeps what the room sees up to date: the standby page's view, or the lines over the meeting.</summary>
/// <param name="page">The page.</param>
/// <param name="standby">The standby page's address.</param>
/// <param name="views">What the room should see now.</param>
/// <param name="time">Of the repeating.</param>
[SupportedOSPlatform("linux")]
internal sealed class Showing(Page page, string standby, Func<Views> views, TimeProvider time)
{
    /// <summary>The page and the overlay take 30 s of silence for a dead agent.</summary>
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(10);

    // A bell needs to ring only once.
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly string door = ScreenFiles.DoorBeside(standby);

    internal void ViewsChanged() => changed.Writer.TryWrite(true);

    /// <summary>Works until cancelled.</summary>
    /// <param name="silent">Called when the page took nothing in time; may throw, which ends this.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task Run(Func<CancellationToken, Task> silent, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await Show(views(), ct);
            }
            catch (DevToolsException e)
            {
                if (e.IsTimeout) // otherwise the page is just being replaced, and its next document rings the bell
                    await silent(ct);
            }
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var bell = changed.Reader.WaitToReadAsync(limit.Token).AsTask();
            await Task.WhenAny(bell, Task.Delay(Repeat, time, limit.Token));
            await limit.CancelAsync();
            ct.ThrowIfCancellationRequested();
            changed.Reader.TryRead(out _);
        }
    }

    private async Task Show(Views now, CancellationToken ct)
    {
        var location = await page.Location(ct);
        if (location.AbsoluteUri == standby)
        {
            await page.Evaluate($"show({JsonSerializer.Serialize(now.Standby, ScreenJson.Default.ScreenView)})", ct);
            await Door($"listen({JsonSerializer.Serialize(now.Chord, DoorJson.Default.IReadOnlyListString)})", ct);
        }
        else if (location.AbsoluteUri == door)
        {
            if (now.Door() is not { } view)
                return;
            await Door($"show({JsonSerializer.Serialize(view, DoorJson.Default.DoorView)})", ct);
            now.DoorShown?.Invoke(view);
            return;
        }
        else if (location.Scheme is "http" or "https")
            await page.EvaluateApart($"location.protocol.startsWith('http') && classcontactOverlay({(now.Overlay is { } o ? JsonSerializer.Serialize(o, ScreenJson.Default.OverlayView) : "null")})", ScreenFiles.Overlay, ct);
        else
            return;
        now.Shown?.Invoke();
    }

    // A document that came meanwhile has another script in its world, or none.
    private Task<JsonElement> Door(string call, CancellationToken ct) =>
        page.EvaluateApart($"location.protocol === 'file:' && (globalThis.classcontactDoor?.{call}, 0)", ScreenFiles.Door, ct);
}
