namespace ClassContact.Messages.Reading;

/// <summary>How far what is known of a kit can be trusted to be so now.</summary>
public enum Freshness
{
    /// <summary>Nothing was read that tells whether the kit is there.</summary>
    Unknown,

    /// <summary>The kit's presence came while we listened.</summary>
    Live,

    /// <summary>It was kept by the broker, or we have not listened all the time since: true once, nobody knows when.</summary>
    AgeUnknown,

    /// <summary>A kit that says "online" every minute has not said so for <see cref="KitSight.StaleAfter"/>.</summary>
    Stale,
}
