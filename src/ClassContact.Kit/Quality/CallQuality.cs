using ClassContact.Kit.Call;
using ClassContact.Messages;

namespace ClassContact.Kit.Quality;

/// <summary>
/// How the call of the moment is doing: one sample a second out of what its page is looked at for anyway, the last 10 s kept. May be asked from any
/// thread; nothing of it waits.
/// </summary>
public sealed class CallQuality
{
    /// <summary>Looks come every second, in a call's first seconds more often.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(900);

    /// <summary>What was counted over more than this, because the page was not looked at, says nothing of a second.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Queue<(TimeSpan At, QualitySample Sample)> kept = new();
    private MeetingAttempt attempt;
    private CallCounters? last;
    private TimeSpan lastAt;

    /// <summary>The page of the call was looked at.</summary>
    /// <param name="page">What was seen.</param>
    /// <param name="at">Time since some start, by a clock that nobody sets.</param>
    /// <returns>The sample since the look before; null where there is none yet.</returns>
    public QualitySample? See(PageSeen page, TimeSpan at)
    {
        lock (gate)
        {
            if (page.Attempt.Launch != attempt.Launch)
                kept.Clear();
            if (page.Attempt != attempt || page.Counters is null)
                (attempt, last) = (page.Attempt, null);
            if (last is not null && at - lastAt < Pace)
                return null;
            var sample = last is not null && at - lastAt <= Longest ? QualitySample.Between(last, page.Counters!, at - lastAt) : null;
            (last, lastAt) = (page.Counters, at);
            if (sample is not null)
                kept.Enqueue((at, sample));
            Forget(at);
            return sample;
        }
    }

    /// <summary>There is no call any more.</summary>
    public void Ended()
    {
        lock (gate)
        {
            kept.Clear();
            (attempt, last) = (default, null);
        }
    }

    /// <summary>The figures of the last 10 s; none when there is no call, or nothing is known of it.</summary>
    /// <param name="now">By the clock of <see cref="See"/>.</param>
    public IEnumerable<Measure> Figures(TimeSpan now)
    {
        lock (gate)
        {
            Forget(now);
            return kept.Count == 0 ? [] : QualityFigures.Of(kept.Select(k => k.Sample).Aggregate((all, next) => all.Then(next)));
        }
    }

    private void Forget(TimeSpan now)
    {
        while (kept.TryPeek(out var first) && first.At <= now - QualityFigures.Window)
            kept.Dequeue();
    }
}
