namespace ClassContact.Kit.Health;

/// <summary>
/// Joins events that come close together, one plug makes twenty, to one wake. Half a second later a plugged camera is usable (0.8–1.3 s
/// from plug to picture were measured on a slow machine); the sound server lists a new device only after that, so there is a second wake.
/// </summary>
internal sealed class HotplugPause : IDisposable
{
    /// <summary>From the first event to the wake.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);

    /// <summary>From the wake to the second one, for what other programs must notice first.</summary>
    public static readonly TimeSpan Later = TimeSpan.FromSeconds(4);

    private const Wakes Twice = Wakes.Device | Wakes.Display;

    private readonly Lock gate = new();
    private readonly Action<Wakes> wake;
    private readonly ITimer soon;
    private readonly ITimer later;
    private Wakes first;
    private Wakes second;

    public HotplugPause(Action<Wakes> wake, TimeProvider time)
    {
        this.wake = wake;
        soon = time.CreateTimer(_ => WakeFirst(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        later = time.CreateTimer(_ => WakeAgain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something happened.</summary>
    public void Add(Wakes wakes)
    {
        lock (gate)
        {
            if (first == Wakes.None && wakes != Wakes.None)
                soon.Change(Soon, Timeout.InfiniteTimeSpan);
            first |= wakes;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        soon.Dispose();
        later.Dispose();
    }

    private void WakeFirst()
    {
        Wakes now;
        lock (gate)
        {
            (now, first) = (first, Wakes.None);
            second |= now & Twice;
            if (second != Wakes.None)
                later.Change(Later, Timeout.InfiniteTimeSpan);
        }
        if (now != Wakes.None)
            wake(now);
    }

    private void WakeAgain()
    {
        Wakes now;
        lock (gate)
            (now, second) = (second, Wakes.None);
        if (now != Wakes.None)
            wake(now);
    }
}
