using System.Globalization;
using ClassContact.Agent.Words;
using ClassContact.Messages;
using ClassContact.Messages.Reading;

namespace ClassContact.Agent.Watch;

/// <summary>Calls for help in words for a person; every text is safe to print.</summary>
internal static class HelpCalls
{
    /// <summary>So long a kit that has called stands among those with trouble; the line itself stays as long as <c>watch</c> runs.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(15);

    /// <summary>Lines above the table: more rooms at once than a helpdesk has people.</summary>
    private const int MostLines = 8;

    /// <summary>A line for each kit that has called since <c>watch</c> runs, the newest first.</summary>
    internal static IEnumerable<string> Lines(KitsSeen seen, TimeSpan now, TimeProvider time) => seen.Kits.Values
        .Where(kit => kit.LastHelp is not null).OrderByDescending(kit => kit.HelpCalledAt).Take(MostLines).Select(kit => Line(kit, now, time)!);

    /// <summary>When, which kit, where, and what it brought along; null for a kit that has not called.</summary>
    internal static string? Line(KitSight kit, TimeSpan now, TimeProvider time)
    {
        if (kit.LastHelp?.Body is not { Help: { } help } call)
            return null;
        var about = kit.About?.Body;
        return CliWords.Say(
            "watch.asks",
            ("time", Clock(time.GetLocalNow(), now - kit.HelpCalledAt)),
            ("kit", kit.Kit.ToString()),
            ("where", about is null ? "" : $"{Printable.Of(about.School, 60)}, {Printable.Of(about.Room, 60)}"),
            ("what", string.Join("; ", What(call, help))));
    }

    /// <summary>How long ago, where that is not long; null else.</summary>
    internal static TimeSpan? Age(KitSight kit, TimeSpan now) => kit.LastHelp is not null && now - kit.HelpCalledAt is var age && age < Lately
        ? (age > TimeSpan.Zero ? age : TimeSpan.Zero)
        : null;

    // What waited at the kit for a way to the broker may be of another day.
    private static string Clock(DateTimeOffset now, TimeSpan ago)
    {
        var then = now - ago;
        return then.ToString(then.Date == now.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> What(KitEvent call, HelpReport help)
    {
        yield return CliWords.Of("watch.call", help.Call);
        if (call.Cause is { } cause)
            yield return Printable.Of(cause, 40);
        if (help.Missing.Count > 0)
            yield return CliWords.Say("watch.note.missing", ("what", Printable.Of(string.Join(", ", help.Missing), 40)));
        foreach (var fault in help.Faults.Take(3))
            yield return Printable.Of(fault.Reason is null ? fault.Code : $"{fault.Code}: {fault.Reason}", 60);
    }
}
