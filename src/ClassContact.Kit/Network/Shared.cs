namespace ClassContact.Kit.Network;

/// <summary>One look that several checks judge, so that a round of them costs one connection. Who comes while it is on waits for it.</summary>
/// <param name="look">Looks. When the one who asked is cancelled the next one looks again.</param>
/// <param name="time">Of its age.</param>
#pragma warning disable CA1001 // a semaphore that nobody waits for by its handle holds nothing
internal sealed class Shared<T>(Func<CancellationToken, Task<T>> look, TimeProvider time)
    where T : class
#pragma warning restore CA1001
{
    // Long enough for the checks of one round, and too short for a network to be mended in between.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim gate = new(1);
    private (T Seen, long At)? last;

    /// <summary>What was seen at most 3 s ago, or is seen now.</summary>
    internal async Task<T> Look(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (last is not { } known || time.GetElapsedTime(known.At) > Fresh)
            {
                last = null;
                var seen = await look(ct);
                last = known = (seen, time.GetTimestamp());
            }
            return known.Seen;
        }
        finally
        {
            gate.Release();
        }
    }
}
