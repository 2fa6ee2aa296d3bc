using ClassContact.Messages;

namespace ClassContact.Kit.Outbox;

/// <summary>Counts what was dropped, and says when that is to be told. For several threads.</summary>
internal sealed class Drops
{
    private readonly Lock gate = new();
    private long total;
    private long earlier;
    private long reported;
    private string why = Reports.Full;

    /// <summary>Dropped so far, in earlier starts too.</summary>
    internal long Total => Interlocked.Read(ref total);

    /// <summary>Dropped in this start.</summary>
    internal long Here => Total - Interlocked.Read(ref earlier);

    internal void Add(long count, string cause)
    {
        if (count <= 0)
            return;
        lock (gate)
            (total, why) = (total + count, cause);
    }

    /// <summary>What the file says of earlier starts.</summary>
    internal void Found(long dropped, long told)
    {
        lock (gate)
            (total, earlier, reported) = (total + dropped, dropped, reported + told);
    }

    /// <summary>What is to be told now, as an event that has no number yet; null when there is nothing new.</summary>
    internal KitEvent? Report(DateTimeOffset now)
    {
        lock (gate)
        {
            if (total <= reported)
                return null;
            var report = new KitEvent(0, Reports.Dropped, now, why, Dropped: new(total - reported, total));
            reported = total;
            return report;
        }
    }
}
