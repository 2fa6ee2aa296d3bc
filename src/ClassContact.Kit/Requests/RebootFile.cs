using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Requests;

/// <summary>
/// Asks for a reboot: a file in the runtime folder, for which a path unit waits (<c>packaging/linux/units/classcontact-reboot.path</c>). The agent itself
/// can start nothing as root.
/// </summary>
/// <param name="run">The agent's runtime folder.</param>
/// <param name="time">Of the patience.</param>
/// <param name="log">Gets what went wrong.</param>
public sealed class RebootFile(string run, TimeProvider time, ILogger log)
{
    /// <summary>An agent that still runs after so long is on a computer that does not reboot.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string path = Path.Combine(run, "reboot");

    /// <summary>Returns only when nothing came of it: <c>failed</c> or <c>too-slow</c>.</summary>
    public async Task<string?> Ask(CancellationToken ct)
    {
        try
        {
            await File.WriteAllBytesAsync(path, [], CancellationToken.None);
            log.LogWarning("A reboot was asked for: {File} is there", path);
            await Task.Delay(Patience, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            File.Delete(path); // it must not come when nobody expects it any more
            ct.ThrowIfCancellationRequested();
            return "too-slow";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("{File}: a reboot cannot be asked for: {Reason}", path, e.Message);
            return "failed";
        }
    }
}
