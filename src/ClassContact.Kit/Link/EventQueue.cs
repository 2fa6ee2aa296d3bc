using ClassContact.Messages;

namespace ClassContact.Kit.Link;

/// <summary>Events on their way to the broker, in their order, in memory. When too many wait the oldest goes: the newest tell more about now.</summary>
internal sealed class EventQueue(int capacity)
{
    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = new();
    private Waiting? first; // taken, perhaps sent, not acknowledged: never dropped
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
    /// <param name="happened">Its number does not matter.</param>
    /// <param name="acknowledged">Called once the broker has it; never for one that is dropped.</param>
    internal void Put(KitEvent happened, Action? acknowledged = null)
    {
        lock (gate)
        {
            if (waiting.Count >= capacity)
            {
                waiting.Dequeue();
                dropped++;
            }
            waiting.Enqueue(new(happened with { Seq = ++seq }, acknowledged));
        }
    }

    /// <summary>The event to send: the same one until <see cref="Acknowledged"/>; null when none waits.</summary>
    internal KitEvent? First()
    {
        lock (gate)
            return (first ??= waiting.TryDequeue(out var next) ? next : null)?.Event;
    }

    /// <summary>The broker has the first event.</summary>
    internal void Acknowledged()
    {
        Action? acknowledged;
        lock (gate)
            (acknowledged, first) = (first?.Acknowledged, null);
        acknowledged?.Invoke();
    }

    private sealed record Waiting(KitEvent Event, Action? Acknowledged);
}
