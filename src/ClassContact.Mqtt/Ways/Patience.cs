namespace ClassContact.Mqtt.Ways;

/// <summary>An end to waiting, so that silence becomes an answer of its own.</summary>
internal static class Patience
{
    /// <summary>What one step may take: a browser's user has long given up by then.</summary>
    internal static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>Runs <paramref name="work"/>; when it has not ended at the limit it is cancelled, and <paramref name="late"/> is the answer.</summary>
    internal static async Task<T> Within<T>(TimeSpan limit, T late, TimeProvider time, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        using var end = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            return late;
        }
    }
}
