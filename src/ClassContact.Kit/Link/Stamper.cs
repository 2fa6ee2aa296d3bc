using System.Security.Cryptography;
using ClassContact.Messages;

namespace ClassContact.Kit.Link;

/// <summary>Makes the stamps of one start of the agent.</summary>
internal sealed class Stamper(TimeProvider time, Func<ClockState> clock)
{
    private readonly string boot = NewId();
    private readonly long start = time.GetTimestamp();

    internal TimeSpan Uptime => time.GetElapsedTime(start);

    internal Stamp Now(string session) => new(Stamp.Version, time.GetUtcNow(), Math.Round(Uptime.TotalSeconds, 3), clock(), boot, session);

    /// <summary>64 random bits: a helpdesk of a thousand kits meets the same one twice in no lifetime.</summary>
    internal static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
