using Polly;
using Polly.Retry;

namespace ClassContact.Mqtt;

/// <summary>
/// Keeps a connection to the broker for ever: open, run the session until the connection is lost, dispose, wait, again. The wait is uniform in
/// 0 … 1, 2, 4 … 60 s, and begins anew, with 0 … 5 s, after a connection that lived 60 s: shorter ones look like a broker that takes us and throws us out again
/// (two kits of one name, a broker that dies of its load), and those must not be hammered.
/// </summary>
/// <param name="open">Makes a connection, with a last will of its own.</param>
/// <param name="session">What to do while it lives. Its token is cancelled when the connection is lost. If it returns or throws by itself, the
/// connection is closed and another is made.</param>
/// <param name="onTrouble">Told once per attempt why it ended.</param>
/// <param name="time">The clock of the waits.</param>
public sealed class BrokerLoop(
    Func<CancellationToken, Task<IMqttConnection>> open, Func<IMqttConnection, CancellationToken, Task> session, Action<string> onTrouble, TimeProvider time)
{
    private int failures;
    private bool hasLived;

    /// <summary>Returns only when cancelled, the connection then closed with a goodbye.</summary>
    public async Task Run(CancellationToken ct)
    {
        var forEver = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue, // Polly's word for no limit
                ShouldHandle = _ => PredicateResult.True(),
                DelayGenerator = _ => new(Wait()),
                OnRetry = attempt =>
                {
                    if (!ct.IsCancellationRequested)
                        onTrouble(attempt.Outcome.Exception?.Message ?? "the session ended");
                    return default;
                },
            })
            .Build();
        try
        {
            await forEver.ExecuteAsync(async stop => await Attempt(stop), ct);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // Cancelled: whatever the attempt died of meanwhile interests nobody.
        }
    }

    private TimeSpan Wait()
    {
        var (before, isFirst, chance) = (failures++, hasLived, Random.Shared.NextDouble());
        hasLived = false;
        return isFirst ? Backoff.AfterLife * chance : Backoff.Delay(before, chance);
    }

    private async Task Attempt(CancellationToken stop)
    {
        await using var connection = await open(stop);
        var start = time.GetTimestamp();
        using var alive = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var cancelling = connection.Lost.ContinueWith(_ => alive.Cancel(), alive.Token, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await session(connection, alive.Token);
        }
        catch (Exception e) when (connection.Lost.IsCompleted && (e is OperationCanceledException or MqttException))
        {
            // The loss is the cause; what the session says is only its consequence.
        }
        finally
        {
            await alive.CancelAsync();
            await cancelling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (time.GetElapsedTime(start) >= Backoff.Longest)
                (failures, hasLived) = (0, true);
        }
        if (connection.Lost.IsCompleted)
            throw new MqttException($"connection lost: {await connection.Lost}");
    }
}
