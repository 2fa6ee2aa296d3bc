using ClassContact.Messages;

namespace ClassContact.Kit.Help;

/// <summary>The figures of the last minute, so that a call for help can bring them along. In memory, bounded, and gone with the agent.</summary>
public sealed class LastMinute(TimeProvider time)
{
    /// <summary>One every 10 s, and one more; of those that come faster the newest.</summary>
    private const int MostMoments = 7;

    /// <summary>Figures of one moment: with all moments full a document stays below 64 kB, which is all that a reader takes.</summary>
    private const int MostFigures = 64;

    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Queue<(TimeSpan At, IReadOnlyList<Measure> Figures)> moments = new();

    /// <summary>Takes figures in; returns at once.</summary>
    public void Note(Metrics figures)
    {
        lock (gate)
        {
            moments.Enqueue((Now, [.. figures.Figures.Take(MostFigures)]));
            if (moments.Count > MostMoments)
                moments.Dequeue();
        }
    }

    /// <summary>What was noted in the last minute, the oldest first.</summary>
    public IReadOnlyList<HelpFigures> Read()
    {
        var now = Now;
        lock (gate)
            return [.. moments.Where(m => now - m.At <= Span).Select(m => new HelpFigures(Math.Round((now - m.At).TotalSeconds, 1), m.Figures))];
    }

    private TimeSpan Now => time.GetElapsedTime(0);
}
