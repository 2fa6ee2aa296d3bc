using ClassContact.Agent.Words;
using ClassContact.Messages.Reading;
using ClassContact.Mqtt;
using Spectre.Console;

namespace ClassContact.Agent.Watch;

/// <summary>Carries out one <c>watch</c>.</summary>
internal sealed class WatchRun(WatchOptions options, IAnsiConsole console, TextWriter output, TextWriter error, TimeProvider time)
{
    /// <summary>A broker sends what it has kept within milliseconds of the subscription; this leaves room for a slow line.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>Width of a table that goes into a file or a pipe: one line for each kit.</summary>
    private const int PipeWidth = 160;

    private readonly KitFeed feed = new(options.Broker, options.Kits, time);

    /// <summary>Returns one of <see cref="ExitCode"/>.</summary>
    internal Task<int> Run(CancellationToken ct) => options.Once ? ShowKept(ct) : ShowChanges(ct);

    private async Task<int> ShowKept(CancellationToken ct)
    {
        try
        {
            await feed.ReadKept(options.Limit ?? Quiet, ct);
        }
        catch (MqttException e)
        {
            return Unreachable(e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ExitCode.Failed;
        }
        if (options.Json)
            WriteJson(Kits);
        else
            WriteTable();
        return HasKits ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task<int> ShowChanges(CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var timer = options.Limit is { } limit ? time.CreateTimer(_ => end.Cancel(), null, limit, Timeout.InfiniteTimeSpan) : null;
        var following = feed.Follow(end.Token);
        try
        {
            if (options.Json || !console.Profile.Out.IsTerminal)
                await new ChangeLines(feed, options.Json, output, error, time).Write(end.Token);
            else
                await new LiveTable(feed, options.Broker.Address, console, time).Show(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Ctrl+C, or the time is up.
        }
        await following;
        if (!feed.Current.WasConnected)
            return Unreachable(feed.Current.Trouble ?? options.Broker.Address);
        return HasKits || ct.IsCancellationRequested ? ExitCode.Ok : ExitCode.Failed;
    }

    private IEnumerable<KitSight> Kits => feed.Current.Seen.Kits.Values.Where(kit => !kit.IsEmpty);

    private bool HasKits => Kits.Any();

    private void WriteJson(IEnumerable<KitSight> kits)
    {
        foreach (var kit in kits)
            output.WriteLine(KitLine.From(kit, feed.Now).ToJson());
    }

    private void WriteTable()
    {
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = PipeWidth;
        var rows = KitRow.All(feed.Current.Seen, feed.Now, time);
        console.Write(KitTable.Title(rows, options.Broker.Address));
        console.WriteLine();
        console.Write(rows.Count > 0 ? KitTable.Of(rows, console.Profile.Width) : new Text(CliWords.Say("watch.none")));
        if (rows.Count == 0)
            console.WriteLine();
        if (KitTable.Unreadable(feed.Current.Seen.Unreadable) is { } unreadable)
        {
            console.Write(unreadable);
            console.WriteLine();
        }
    }

    private int Unreachable(string reason)
    {
        error.WriteLine(CliWords.Say("watch.unreachable", ("reason", Printable.Of(reason, 300))));
        return ExitCode.CannotBeReached;
    }
}
