using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClassContact.Helpdesk.Bundles;

/// <summary>Sees to it that no bundle is kept for longer than it may be, also where no kit sends another.</summary>
/// <param name="shelf">The bundles.</param>
/// <param name="time">The clock of the next look.</param>
/// <param name="log">Gets what cannot be deleted.</param>
internal sealed class OldBundles(BundleShelf shelf, TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) // not at once: a computer that has just started may have the wrong date
        {
            try
            {
                shelf.ForgetOld();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.LogError("Old bundles cannot be deleted: {Reason}", e.Message);
            }
        }
    }
}
