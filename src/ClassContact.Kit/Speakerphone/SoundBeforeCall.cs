using System.Runtime.Versioning;
using ClassContact.Kit.Tools;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Speakerphone;

/// <summary>
/// Before a call the kit's speakerphone becomes the default again, unmuted and audible: the meeting takes the defaults and does not choose. Runs
/// beside the launch and must not be waited for: sound that is set right late still reaches the meeting, whose streams follow the default.
/// </summary>
/// <param name="settings">The speakerphone that the kit was shipped with.</param>
/// <param name="kiosk">The kiosk's runtime folder, with the sound server's socket.</param>
/// <param name="time">Of the deadlines.</param>
/// <param name="log">Told of what was wrong.</param>
[SupportedOSPlatform("linux")]
public sealed class SoundBeforeCall(SpeakerphoneSettings settings, string kiosk, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>It takes no longer. A look and a setting are some 10 ms each (measured); the rest is for a machine that starts a browser's page meanwhile.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2) * SlowComputer.Factor;

    // The session manager moves the default some ms after it was told to. Doubled, so that what cannot be set right costs few looks.
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);

    private readonly SoundServer server = new(kiosk, time);
    private readonly Tool tool = new(time) { Deadline = Patience };

    /// <summary>Looks, and sets right what is wrong; touches nothing that is right. Never throws: what went wrong is in the answer.</summary>
    /// <param name="ct">Gives up, and answers that nothing was wrong.</param>
    public async Task<SoundPrepared> Prepare(CancellationToken ct)
    {
        if (settings.Absent)
            return SoundPrepared.Right;
        var wrong = new List<SoundFault>();
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var token = either.Token;
        var prepared = await Task.Run(() => TryPrepare(wrong, token), CancellationToken.None);
        if (ct.IsCancellationRequested)
            return SoundPrepared.Right;
        if (prepared.Wrong.Count > 0)
            log.LogWarning("Sound before the call was wrong: {Wrong}; left: {Left}", string.Join(", ", prepared.Wrong), string.Join(", ", prepared.Left));
        return prepared;
    }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    private async Task<SoundPrepared> TryPrepare(List<SoundFault> wrong, CancellationToken ct)
    {
        try
        {
            return await Prepare(wrong, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Stopped(wrong, SoundServer.Hangs);
        }
        catch (Exception e)
        {
            log.LogWarning("Sound before the call could not be looked at: {Why}", e.Message);
            return Stopped(wrong, SoundServer.NoAnswer);
        }
    }

    private async Task<SoundPrepared> Prepare(List<SoundFault> wrong, CancellationToken ct)
    {
        var look = await server.Ask(ct);
        if (look.Graph is null)
            return Stopped(wrong, look.Trouble!);
        var plan = SoundPlan.Of(look.Graph, settings);
        wrong.AddRange(plan.Wrong);
        foreach (var step in plan.Steps)
        {
            if (await tool.Run(step.Program, step.Arguments, SoundServer.To(kiosk), ct) is ToolResult.Missing)
                return Stopped(wrong, SoundServer.NoTool);
        }
        return plan.Steps.Length == 0 ? new(wrong, wrong) : await LookAgain(wrong, ct);
    }

    // Until nothing that can be set right is left, or the time is up: then the last look counts.
    private async Task<SoundPrepared> LookAgain(List<SoundFault> wrong, CancellationToken ct)
    {
        IReadOnlyList<SoundFault> left = wrong;
        try
        {
            for (var wait = FirstWait; ; wait *= 2)
            {
                var look = await server.Ask(ct);
                if (look.Graph is null)
                    return Stopped(wrong, look.Trouble!);
                var plan = SoundPlan.Of(look.Graph, settings);
                left = plan.Wrong;
                if (plan.Steps.Length == 0)
                    return new(wrong, left);
                await Task.Delay(wait, time, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return new(wrong, left);
        }
    }

    private static SoundPrepared Stopped(List<SoundFault> wrong, string why)
    {
        var all = wrong.Append(new(SpeakerphoneChecks.Server, why)).ToList();
        return new(all, all);
    }
}
