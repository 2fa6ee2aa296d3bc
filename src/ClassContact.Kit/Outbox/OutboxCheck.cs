using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Outbox;

/// <summary>What is checked of the outbox: only what it knows itself.</summary>
internal static class OutboxCheck
{
    private const string ReplacedReason = "replaced";
    private const string NotSet = "not-set";

    /// <summary>Events can be kept for the helpdesk across a power cut. No class needs it.</summary>
    /// <param name="status">How the outbox is doing; null where there is none.</param>
    public static Check Of(Func<OutboxStatus?> status) => new(
        "outbox", Severity.Informs, Thing.Kit, [OutboxTrouble.CannotWrite, OutboxTrouble.Stalled, ReplacedReason, NotSet],
        _ => Task.FromResult(status() is { } now ? Judge(now) : Finding.Skipped(NotSet)))
    {
        Grace = TimeSpan.FromSeconds(30), // a disk that was busy for a moment is none of the helpdesk's business
    };

    private static Finding Judge(OutboxStatus now)
    {
        Measure[] measures = [new("classcontact.outbox.waiting", now.Waiting, "{event}"), new("classcontact.outbox.dropped", now.Dropped, "{event}")];
        return now.Trouble is { } trouble ? Finding.Fail(trouble, OutboxDisk.Name, [.. measures])
            : now.Replaced is { } damage ? Finding.Warn(ReplacedReason, $"{OutboxDisk.Name}: {damage}", [.. measures])
            : Finding.Pass([.. measures]);
    }
}
