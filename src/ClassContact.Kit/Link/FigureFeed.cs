using ClassContact.Messages;

namespace ClassContact.Kit.Link;

/// <summary>Figures for the helpdesk at their pace, whatever becomes of connections: read when they are sent, never kept for later.</summary>
/// <param name="read">Reads them; quick, and never touches a device.</param>
/// <param name="every">How often; a tenth more or less, so that a thousand kits do not speak at once.</param>
/// <param name="time">Times it.</param>
public sealed class FigureFeed(Func<Metrics> read, TimeSpan every, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Func<Metrics> all = read;
    private readonly long start = time.GetTimestamp();
    private TimeSpan? hurried;
    private TimeSpan due = Jittered(every);
    private TimeSpan? said;

    /// <summary>Reads those that are said more often while it hurries; all of them unless told otherwise.</summary>
    public Func<Metrics> Hurried { private get; init; } = read;

    /// <summary>How long until the next; zero when they are due.</summary>
    internal TimeSpan Wait
    {
        get
        {
            lock (gate)
                return due - Age is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    /// <summary>More often from now on, as while a call is on; never less often than usual. Null: as usual again.</summary>
    /// <returns>Whether that is something new.</returns>
    internal bool Hurry(TimeSpan? pace)
    {
        lock (gate)
        {
            if (pace == hurried)
                return false;
            hurried = pace;
            due = Age + Jittered(Now);
            return true;
        }
    }

    internal Metrics Next()
    {
        bool isAll;
        lock (gate)
        {
            due = Age + Jittered(Now);
            isAll = !(hurried < every) || said is not { } last || Age - last >= every;
            said = isAll ? Age : said;
        }
        return isAll ? all() : Hurried();
    }

    private TimeSpan Age => time.GetElapsedTime(start);

    private TimeSpan Now => hurried < every ? hurried.Value : every;

    private static TimeSpan Jittered(TimeSpan time) => time * (0.9 + (0.2 * Random.Shared.NextDouble()));
}
