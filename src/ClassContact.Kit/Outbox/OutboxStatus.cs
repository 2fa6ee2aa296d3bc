namespace ClassContact.Kit.Outbox;

/// <summary>How the outbox is doing.</summary>
/// <param name="Trouble">Why nothing can be kept on the disk, as one of <see cref="OutboxTrouble"/>; null when it can.</param>
/// <param name="Replaced">Why the file was set aside and replaced within the last day of this start, as one of <see cref="Damage"/>; null when it was not.</param>
/// <param name="Waiting">Events that the broker has not acknowledged, those of earlier starts too.</param>
/// <param name="Dropped">Events that were dropped, those of earlier starts too, since the file was made.</param>
public sealed record OutboxStatus(string? Trouble, string? Replaced, int Waiting, long Dropped);

/// <summary>Why nothing can be kept on the disk, as codes.</summary>
public static class OutboxTrouble
{
    /// <summary>The disk is full, read-only, gone, or another program holds the file; the log has the words.</summary>
    public const string CannotWrite = "cannot-write";

    /// <summary>The disk does not answer.</summary>
    public const string Stalled = "stalled";
}

/// <summary>What makes a file no outbox of ours, as codes.</summary>
public static class Damage
{
    /// <summary>Not a database.</summary>
    public const string Garbage = "garbage";

    /// <summary>A database with torn pages.</summary>
    public const string Torn = "torn";

    /// <summary>A database of another program.</summary>
    public const string Foreign = "foreign";

    /// <summary>An outbox of a later version of this program.</summary>
    public const string Later = "later";

    /// <summary>A folder, or something else that is no file.</summary>
    public const string NotAFile = "not-a-file";

    /// <summary>A file that this user may not write.</summary>
    public const string NotOurs = "not-ours";
}

/// <summary>The file is no outbox that can be used.</summary>
internal sealed class DamagedException(string damage) : Exception(damage)
{
    /// <summary>One of <see cref="Damage"/>.</summary>
    internal string Damage { get; } = damage;
}
