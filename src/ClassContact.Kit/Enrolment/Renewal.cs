using ClassContact.Kit.Network;

namespace ClassContact.Kit.Enrolment;

/// <summary>What a certificate's dates ask for.</summary>
internal enum RenewalDue
{
    /// <summary>Two thirds of its life are not over yet.</summary>
    NotYet,

    /// <summary>They are: also after weeks of holidays.</summary>
    Due,

    /// <summary>Its life is over by this kit's clock. The service's clock decides, so the kit asks all the same.</summary>
    Expired,

    /// <summary>It begins later: this kit's clock is behind, and nothing can be said.</summary>
    ClockBehind,
}

/// <summary>When a kit renews, and how long it waits between two looks.</summary>
internal static class Renewal
{
    /// <summary>A kit looks once a day.</summary>
    internal static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    /// <summary>After a failure, and while the clock is wrong: a school's network may be open for one lesson only.</summary>
    internal static readonly TimeSpan Again = TimeSpan.FromHours(1);

    /// <summary>The first look comes within this: after the holidays all kits are switched on at the same minute.</summary>
    internal static readonly TimeSpan First = TimeSpan.FromMinutes(5);

    /// <summary>So often a kit that waits looks at the time of day: it may have slept.</summary>
    internal static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    /// <summary>What is left of the life when the first look does not wait.</summary>
    private static readonly TimeSpan Urgent = TimeSpan.FromDays(1);

    /// <summary>Judges the dates.</summary>
    internal static RenewalDue Of(Validity valid, DateTimeOffset now) =>
        now < valid.From ? RenewalDue.ClockBehind
        : now >= valid.Until ? RenewalDue.Expired
        : now >= valid.From + ((valid.Until - valid.From) * 2 / 3) ? RenewalDue.Due
        : RenewalDue.NotYet;

    /// <summary>How long to wait for the first look.</summary>
    /// <param name="valid">Null for a kit without a certificate.</param>
    /// <param name="now">By the kit's clock.</param>
    /// <param name="chance">0 to 1, so that kits do not come all at once.</param>
    internal static TimeSpan BeforeFirst(Validity? valid, DateTimeOffset now, double chance) =>
        valid is not null && now >= valid.From && valid.Until - now < Urgent ? TimeSpan.Zero : First * chance;

    /// <summary>How long to wait for the next look.</summary>
    /// <param name="isWell">The last one left nothing to be done.</param>
    /// <param name="chance">0 to 1: a tenth more or less.</param>
    internal static TimeSpan Between(bool isWell, double chance) => (isWell ? Daily : Again) * (0.9 + (0.2 * chance));
}
