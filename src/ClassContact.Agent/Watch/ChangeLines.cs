using System.Globalization;
using ClassContact.Agent.Words;
using ClassContact.Messages;
using ClassContact.Messages.Reading;

namespace ClassContact.Agent.Watch;

/// <summary>A line for each kit that has changed, for a file, a pipe or another program.</summary>
internal sealed class ChangeLines(KitFeed feed, bool json, TextWriter output, TextWriter error, TimeProvider time)
{
    /// <summary>A kit becomes stale without a message.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> written = [];
    private readonly Dictionary<KitId, (string Journal, long Seq)> asked = [];
    private string? toldTrouble;

    /// <summary>Writes until cancelled.</summary>
    internal async Task Write(CancellationToken ct)
    {
        while (true)
        {
            var view = feed.Current;
            TellLink(view);
            foreach (var kit in view.Seen.Kits.Values.Where(kit => !kit.IsEmpty))
            {
                WriteChange(kit);
                WriteHelp(kit);
            }
            await output.FlushAsync(ct);
            await Task.Delay(Look, time, ct);
        }
    }

    private void TellLink(KitFeed.View view)
    {
        var trouble = view.IsConnected ? null : view.Trouble;
        if (trouble != toldTrouble && trouble is not null)
            error.WriteLine(CliWords.Say("watch.unreachable", ("reason", Printable.Of(trouble, 300))));
        toldTrouble = trouble;
    }

    // A presence said again, or an age that has grown, is no change.
    private void WriteChange(KitSight kit)
    {
        var row = KitRow.Of(kit, feed.Now, time);
        var line = KitLine.From(kit, feed.Now);
        var state = json ? (line with { HeardAgo = null, PresenceAt = null, FaultAge = null, HelpAgo = null }).ToJson() : Line(row with { Note = line.Freshness is Freshness.Stale ? "" : KitRow.Of(kit, TimeSpan.Zero, time).Note });
        if (written.GetValueOrDefault(row.Kit) == state)
            return;
        written[row.Kit] = state;
        output.WriteLine(json ? line.ToJson() : $"{time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {Line(row)}");
    }

    // A line of its own; in JSON the kit's line has it.
    private void WriteHelp(KitSight kit)
    {
        if (json || kit.LastHelp is null || KitSight.KeyOf(kit.LastHelp) is var call && asked.GetValueOrDefault(kit.Kit) == call)
            return;
        asked[kit.Kit] = call;
        output.WriteLine(HelpCalls.Line(kit, feed.Now, time));
    }

    private static string Line(KitRow row) => CliWords.Say(
        "watch.line", ("kit", row.Kit), ("presence", row.Presence), ("call", row.Call), ("since", row.Since), ("health", row.Health), ("note", row.Note)).TrimEnd();
}
