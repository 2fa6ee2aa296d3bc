using ClassContact.Classroom;

namespace ClassContact.Agent.Tests.Requests;

/// <summary>
/// Watches a kiosk for a camera or a microphone that opens: the sound server tells of every stream, however short; the browser's camera process outlives
/// what it was started for by seconds, so it is looked for twice a second.
/// </summary>
internal sealed class DeviceWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ChildProcess ear;
    private readonly Task looking;
    private volatile bool camera;

    internal DeviceWatch(Kiosk kiosk, string folder)
    {
        ear = ChildProcess.Start("streams", folder, "pw-mon", ["-N"], new Dictionary<string, string?> { ["PIPEWIRE_RUNTIME_DIR"] = kiosk.Run });
        looking = Look(kiosk);
    }

    /// <summary>A camera was open at some time since the watch began.</summary>
    internal bool SawCamera => camera;

    /// <summary>A microphone was.</summary>
    internal bool SawMicrophone => ear.Output().Contains("\"Stream/Input/", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        await ear.DisposeAsync();
    }

    private async Task Look(Kiosk kiosk)
    {
        while (true)
        {
            camera |= kiosk.Processes(BrowserPart.Camera).Count > 0;
            await Task.Delay(TimeSpan.FromMilliseconds(500), stop.Token);
        }
    }
}
