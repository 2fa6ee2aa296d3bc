using ClassContact.Messages;

namespace ClassContact.Kit.Link;

/// <summary>Figures for the helpdesk at their pace, whatever becomes of connections: read when they are sent, never kept for later.</summary>
/// <param name="read">Reads them; quick, and never touches a device.</param>
/// <param name="every">How often; a tenth more or less, so that a thousand kits do not speak at once.</param>
/// <param name="time">Times it.</param>
public sealed class FigureFeed(Func<Metrics> read, TimeSpan every, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private TimeSpan due = Jittered(every);

    /// <summary>How long until the next; zero when they are due.</summary>
    internal TimeSpan Wait => due - time.GetElapsedTime(start) is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    internal Metrics Next()
    {
        due = time.GetElapsedTime(start) + Jittered(every);
        return read();
    }

    private static TimeSpan Jittered(TimeSpan time) => time * (0.9 + (0.2 * Random.Shared.NextDouble()));
}
