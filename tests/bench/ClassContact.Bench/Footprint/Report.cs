using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClassContact.Bench.Footprint;

/// <summary>Everything that was measured in one run.</summary>
internal sealed record Report(Machine Machine, double LoadAfter, Options Options, IReadOnlyList<Cost> Costs, IReadOnlyList<StartTimes> Starts)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Json() => JsonSerializer.Serialize(this, Readable);

    public string Text()
    {
        var text = new StringBuilder();
        Line(text, $"{Machine}, {LoadAfter} after");
        Line(text, $"{Options.Minutes} min, side by side. Memory in MB: RSS after 1 min, most, at the end; PSS and anonymous at the end. CPU in s, without and with the start.");
        Line(text, $"{"",-28}{"RSS 1'",8}{"most",8}{"end",8}{"PSS",8}{"anon",8}{"CPU",8}{"+start",8}{"wakes/s",9}{"threads",9}{"done/s",8}");
        foreach (var c in Costs)
            Line(text, $"{c.Name,-28}{c.RssAtOneMinute,8:0.0}{c.RssMost,8:0.0}{c.RssAtEnd,8:0.0}{c.PssAtEnd,8:0.0}{c.AnonymousAtEnd,8:0.0}{c.CpuSeconds,8:0.00}{c.CpuSeconds + c.CpuSecondsBefore,8:0.00}{c.WakesPerSecond,9:0.00}{c.Threads,9}{c.MessagesPerSecond,8:0.00}");
        foreach (var s in Starts)
            Line(text, $"start to first message acknowledged and passed on, {s.Name}: {s.Median} ms ({s.Least}–{s.Most}, {s.All.Count} starts)");
        Line(text, $"wakes/s: voluntary switches of all threads, looked at every {FootprintBench.Pace.TotalSeconds} s; a thread that ended since the last look, and child processes, are missed.");
        return text.ToString();
    }

    private static void Line(StringBuilder to, FormattableString line) => to.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
