using System.Diagnostics;

namespace ClassContact.Bench.Footprint;

/// <summary>What one process cost while it was watched. Memory in MB.</summary>
/// <param name="Name">Who.</param>
/// <param name="RssAtOneMinute">Resident, after a minute.</param>
/// <param name="PssAtOneMinute">Its share, after a minute.</param>
/// <param name="RssMost">The most seen.</param>
/// <param name="RssAtEnd">At the end.</param>
/// <param name="PssAtEnd">Its share, at the end.</param>
/// <param name="AnonymousAtEnd">What no file backs, at the end.</param>
/// <param name="CpuSeconds">While it was watched.</param>
/// <param name="CpuSecondsBefore">From its start until then.</param>
/// <param name="WakesPerSecond">How often its threads were woken.</param>
/// <param name="Threads">At the end.</param>
/// <param name="MessagesPerSecond">Published, answered or scraped.</param>
internal sealed record Cost(
    string Name, double RssAtOneMinute, double PssAtOneMinute, double RssMost, double RssAtEnd, double PssAtEnd, double AnonymousAtEnd,
    double CpuSeconds, double CpuSecondsBefore, double WakesPerSecond, int Threads, double MessagesPerSecond);

/// <summary>One process under watch, and how much it did.</summary>
/// <param name="name">Who.</param>
/// <param name="process">Its id.</param>
/// <param name="done">How many messages it has published or answered so far.</param>
internal sealed class Watched(string name, int process, Func<long> done)
{
    private readonly List<(TimeSpan At, Reading Reading)> readings = [];
    // A thread that ends takes its count along: what was last seen of it stays. Lost is what it did after that.
    private readonly Dictionary<int, long> switches = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private long switchesBefore;
    private long doneBefore;

    public void Look()
    {
        var now = Reading.Of(process);
        foreach (var (thread, count) in now.Switches)
            switches[thread] = count;
        if (readings.Count == 0)
            (switchesBefore, doneBefore) = (switches.Values.Sum(), done());
        readings.Add((watch.Elapsed, now));
    }

    public Cost Cost()
    {
        var (start, first) = readings[0];
        var (end, last) = readings[^1];
        var minute = readings.MinBy(r => (r.At - start - TimeSpan.FromMinutes(1)).Duration()).Reading;
        var seconds = (end - start).TotalSeconds;
        return new(
            name, Megabytes(minute.Rss), Megabytes(minute.Pss), Megabytes(readings.Max(r => r.Reading.Rss)), Megabytes(last.Rss), Megabytes(last.Pss),
            Megabytes(last.Anonymous), Math.Round(last.CpuSeconds - first.CpuSeconds, 2), Math.Round(first.CpuSeconds, 2),
            Math.Round((switches.Values.Sum() - switchesBefore) / seconds, 2), last.Threads, Math.Round((done() - doneBefore) / seconds, 2));
    }

    private static double Megabytes(long kilobytes) => Math.Round(kilobytes / 1024.0, 1);
}
