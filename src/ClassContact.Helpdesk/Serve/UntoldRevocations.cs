using ClassContact.Helpdesk.Register;
using ClassContact.Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClassContact.Helpdesk.Serve;

/// <summary>Tells the broker again of revocations that did not reach it: its program failed, or the power did.</summary>
/// <param name="register">Knows them.</param>
/// <param name="time">The clock of the next try.</param>
/// <param name="log">Is told how it went.</param>
internal sealed class UntoldRevocations(KitRegister register, TimeProvider time, ILogger log) : BackgroundService
{
    /// <summary>Soon enough for a stolen kit, and seldom enough for the log.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            foreach (var kit in register.Kits())
                await Look(kit, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Look(KitId kit, CancellationToken ct)
    {
        try
        {
            if (!IsDue(register.Read(kit), time.GetUtcNow()))
                return;
            if (await register.TellBroker(kit, ct) is { } trouble)
                log.LogError("{Kit}: the broker was not told again, so it still lets the kit in: {Reason}", kit, trouble);
            else
                log.LogWarning("{Kit}: the broker was told at last that it is revoked", kit);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            log.LogError("{Kit}: {Reason}", kit, e.Message);
        }
    }

    // Whoever revokes just now is still telling the broker. Age without a sign: a clock may have been set back.
    private static bool IsDue(KitRecord record, DateTimeOffset now) =>
        record.IsUntold(now) && (now - record.UntoldSince!.Value).Duration() > Revocations.ProgramMayTake;
}
