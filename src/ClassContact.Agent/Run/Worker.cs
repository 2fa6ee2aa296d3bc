namespace ClassContact.Agent.Run;

/// <summary>One loop of the agent. When it cannot go on the whole process ends, and the service manager starts it again.</summary>
internal sealed class Worker(string name, Func<CancellationToken, Task> run, ILogger log, Action failed) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(() => run(stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            log.LogCritical(e, "{Worker} cannot go on", name);
            failed();
            throw;
        }
    }
}
