using System.Net.Sockets;

namespace ClassContact.Agent.Run;

/// <summary>
/// Tells systemd that the agent is ready, and then that it goes on, as long as every loop that is watched does. A process that merely exists is
/// no agent: when one loop stands still nothing is told, and systemd starts another agent, which finds the class.
/// </summary>
/// <param name="loops">How often each loop has turned, and how long it may take for one turn.</param>
/// <param name="probe">Gives loops that wait for something to do something harmless.</param>
/// <param name="time">Of the pace.</param>
/// <param name="log">Gets the name of a loop that stands still.</param>
internal sealed class Watchdog(IReadOnlyList<Loop> loops, Action probe, TimeProvider time, ILogger log)
{
    private readonly Dictionary<string, (long Turns, long At)> seen = [];

    /// <summary>Tells until cancelled.</summary>
    /// <param name="systemd">Who is told.</param>
    /// <param name="patience">How long systemd waits; null for ever.</param>
    /// <param name="ready">Completes when the agent knows its class.</param>
    /// <param name="ct">Ends it.</param>
    public async Task Run(SystemdSocket systemd, TimeSpan? patience, Task ready, CancellationToken ct)
    {
        await ready.WaitAsync(ct);
        Tell(systemd, "READY=1");
        if (patience is null)
            return;
        while (!ct.IsCancellationRequested)
        {
            probe();
            await Task.Delay(patience.Value / 3, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // half of it is what sd_watchdog_enabled(3) advises at most
            if (ct.IsCancellationRequested)
                return;
            if (Standing() is { } still)
                log.LogCritical("{Loop} stands still: systemd is to start the agent anew", still);
            else
                Tell(systemd, "WATCHDOG=1");
        }
    }

    /// <summary>The first loop that has not turned for longer than it may; null for none.</summary>
    internal string? Standing()
    {
        string? standing = null;
        foreach (var loop in loops)
        {
            var turns = loop.Turns();
            if (!seen.TryGetValue(loop.Name, out var before) || before.Turns != turns)
                seen[loop.Name] = (turns, time.GetTimestamp());
            else if (time.GetElapsedTime(before.At) >= loop.Longest)
                standing ??= loop.Name;
        }
        return standing;
    }

    private void Tell(SystemdSocket systemd, string what)
    {
        try
        {
            systemd.Tell(what);
        }
        catch (SocketException e)
        {
            log.LogError("systemd was not told {What}: {Reason}", what, e.SocketErrorCode);
        }
    }
}

/// <summary>A loop that is watched.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Turns">How often it has turned.</param>
/// <param name="Longest">So long one turn may take.</param>
internal sealed record Loop(string Name, Func<long> Turns, TimeSpan Longest);
