using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Network;

/// <summary>Judges a certificate by its dates.</summary>
internal static class Dates
{
    internal const string Expired = "expired";
    internal const string NotYetValid = "not-yet-valid";
    internal const string ExpiresSoon = "expires-soon";

    /// <summary>Judges.</summary>
    /// <param name="valid">From when until when.</param>
    /// <param name="now">By the kit's clock.</param>
    /// <param name="warnAt">So long before the end there is a warning; less for what lives less than four times as long.</param>
    /// <param name="measure">The name of what is left, in days.</param>
    internal static Finding Judge(Validity valid, DateTimeOffset now, TimeSpan warnAt, string measure)
    {
        var limit = valid.Warning(warnAt);
        var left = new Measure(measure, Math.Round((valid.Until - now).TotalDays, 2), "d", Math.Round(limit.TotalDays, 2));
        return now < valid.From ? Finding.Fail(NotYetValid, null, left)
            : now > valid.Until ? Finding.Fail(Expired, null, left)
            : valid.Until - now < limit ? Finding.Warn(ExpiresSoon, null, left)
            : Finding.Pass(left);
    }
}
