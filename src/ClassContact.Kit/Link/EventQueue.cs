using ClassContact.Messages;

namespace ClassContact.Kit.Link;

/// <summary>Events on their way to the broker, in their order, in memory. When too many wait the oldest goes: the newest tell more about now.</summary>
internal sealed class EventQueue(int capacity)
{
    private readonly Lock gate = new();
    private readonly Queue<KitEvent> waiting = new();
    private KitEvent? first; // taken, perhaps sent, not acknowledged: never dropped
    private long seq;
    private long dropped;

    internal int Count
    {
        get
        {
            lock (gate)
                return waiting.Count + (first is null ? 0 : 1);
        }
    }

    internal long Dropped
    {
        get
        {
            lock (gate)
                return dropped;
        }
    }

    /// <summary>Numbers an event and puts it last.</summary>
    internal void Put(string name, DateTimeOffset when, string? cause, LaunchReceipt? receipt, LessonRecord? lesson = null)
    {
        lock (gate)
        {
            if (waiting.Count >= capacity)
            {
                waiting.Dequeue();
                dropped++;
            }
            waiting.Enqueue(new(++seq, name, when, cause, receipt, lesson));
        }
    }

    /// <summary>The event to send: the same one until <see cref="Acknowledged"/>; null when none waits.</summary>
    internal KitEvent? First()
    {
        lock (gate)
            return first ??= waiting.TryDequeue(out var next) ? next : null;
    }

    /// <summary>The broker has the first event.</summary>
    internal void Acknowledged()
    {
        lock (gate)
            first = null;
    }
}
