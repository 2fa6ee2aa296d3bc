namespace ClassContact.Mqtt;

/// <summary>How long to wait before the next attempt: uniform in 0 … cap ("full jitter"), so that a whole town's kits do not return in one second.</summary>
internal static class Backoff
{
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>For the first wait after a connection that had lived: then it is likely the broker that went, and all its kits come back to it at once.</summary>
    internal static readonly TimeSpan AfterLife = TimeSpan.FromSeconds(5);

    /// <summary>1, 2, 4 … 60 s for 0, 1, 2 … failures before this one.</summary>
    internal static TimeSpan Cap(int failures) => failures >= 6 ? Longest : TimeSpan.FromSeconds(1 << failures);

    /// <param name="failures">Failures before this one, since the last connection that lived.</param>
    /// <param name="uniform">A random number, 0 ≤ x &lt; 1.</param>
    internal static TimeSpan Delay(int failures, double uniform) => Cap(failures) * uniform;
}
