namespace ClassContact.Kit.Outbox;

/// <summary>The events that the outbox tells of itself.</summary>
internal static class Reports
{
    /// <summary>Events were dropped; the cause is why the last of them was.</summary>
    internal const string Dropped = "events-dropped";

    /// <summary>The file was set aside and replaced; the cause is one of <see cref="Damage"/>.</summary>
    internal const string Replaced = "outbox-replaced";

    /// <summary>Cause of a drop: the file is as large as it may be.</summary>
    internal const string Full = "outbox-full";

    /// <summary>Cause of a drop: older than the days that are kept.</summary>
    internal const string Old = "too-old";

    /// <summary>Cause of a drop: the disk takes nothing, and as many wait in memory as may.</summary>
    internal const string NoDisk = "no-disk";

    /// <summary>Cause of a drop: no reader would look at it.</summary>
    internal const string Large = "too-large";

    /// <summary>Cause of a drop: it lay in a file that was damaged.</summary>
    internal const string Lost = "outbox-damaged";
}
