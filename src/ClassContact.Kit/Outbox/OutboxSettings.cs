namespace ClassContact.Kit.Outbox;

/// <summary>How much is kept for a helpdesk that cannot be reached. Beyond it the lowest priority goes first, of it the oldest, and each drop is counted and told.</summary>
/// <param name="Megabytes">Room for events on the disk, 1 to 10000 MB; what SQLite writes ahead may add 4 MB. 64 MB hold some 100,000 events.</param>
/// <param name="Days">An event older than so many days is dropped, 1 to 3650. Only a clock that a time server keeps counts.</param>
public sealed record OutboxSettings(int Megabytes = 64, int Days = 30)
{
    /// <summary>Everything that the shape alone does not say; each text begins with its field.</summary>
    public IEnumerable<string> Problems()
    {
        if (Megabytes is < 1 or > 10_000)
            yield return $"megabytes {Megabytes} is outside 1..10000";
        if (Days is < 1 or > 3650)
            yield return $"days {Days} is outside 1..3650";
    }
}
