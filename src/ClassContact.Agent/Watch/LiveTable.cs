using ClassContact.Agent.Words;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ClassContact.Agent.Watch;

/// <summary>The table on a terminal, drawn again at each change and each second.</summary>
internal sealed class LiveTable(KitFeed feed, string broker, IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    /// <summary>A reader's eye needs no more, and a thousand kits that reconnect at once would otherwise draw a thousand tables.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Draws until cancelled; the last table stays on the screen.</summary>
    internal Task Show(CancellationToken ct) => console.Live(Picture())
        .Overflow(VerticalOverflow.Ellipsis).Cropping(VerticalOverflowCropping.Bottom) // trouble stands first
        .StartAsync(screen => Draw(screen, ct));

    private async Task Draw(LiveDisplayContext screen, CancellationToken ct)
    {
        var width = console.Profile.Width;
        while (!ct.IsCancellationRequested)
        {
            if (width != console.Profile.Width)
                console.Clear(); // the lines of the old table were broken anew
            width = console.Profile.Width;
            screen.UpdateTarget(Picture());
            await Task.Delay(Pause, time, ct);
            await ChangeOrSecond(ct);
        }
    }

    private async Task ChangeOrSecond(CancellationToken ct)
    {
        using var second = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var timer = time.CreateTimer(_ => second.Cancel(), null, Refresh, Timeout.InfiniteTimeSpan);
        try
        {
            await feed.Changed(second.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // A second has passed.
        }
    }

    private Rows Picture()
    {
        var view = feed.Current;
        var rows = KitRow.All(view.Seen, feed.Now, time);
        var lines = new List<IRenderable> { KitTable.Title(rows, broker) };
        if (!view.IsConnected)
            lines.Add(LinkLine(view));
        lines.AddRange(HelpCalls.Lines(view.Seen, feed.Now, time).Select(line => new Text(line, new(Color.Red, decoration: Decoration.Bold | Decoration.Invert))));
        lines.Add(rows.Count > 0 ? KitTable.Of(rows, console.Profile.Width) : new Text(CliWords.Say("watch.none")));
        if (KitTable.Unreadable(view.Seen.Unreadable) is { } unreadable)
            lines.Add(unreadable);
        return new Rows(lines);
    }

    private Text LinkLine(KitFeed.View view) => view.Trouble is null
        ? new(CliWords.Say("watch.connecting"))
        : new(
            CliWords.Say("watch.disconnected", ("age", KitRow.Ago(feed.Now - view.Since)), ("reason", Printable.Of(view.Trouble, 200))),
            new(Color.Red, decoration: Decoration.Bold));
}
