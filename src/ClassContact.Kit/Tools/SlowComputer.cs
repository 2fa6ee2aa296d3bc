using System.Globalization;

namespace ClassContact.Kit.Tools;

/// <summary>
/// For a computer far slower than any kit, which the kit bench emulates: so many times longer a launch and the browser's answers may take. Set by nobody else;
/// on a kit the deadlines are those that a teacher has.
/// </summary>
internal static class SlowComputer
{
    /// <summary>1 unless <c>CLASSCONTACT_SLOW_COMPUTER</c> says 2 to 20.</summary>
    internal static readonly int Factor = Of(Environment.GetEnvironmentVariable("CLASSCONTACT_SLOW_COMPUTER"));

    /// <summary>The factor that a text means; 1 for nonsense.</summary>
    internal static int Of(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var factor) ? Math.Clamp(factor, 1, 20) : 1;
}
