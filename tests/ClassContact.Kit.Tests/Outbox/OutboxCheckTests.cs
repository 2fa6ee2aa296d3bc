using ClassContact.Kit.Health;
using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Outbox;

public sealed class OutboxCheckTests
{
    [Theory]
    [InlineData(null, null, Verdict.Pass, null, null)]
    [InlineData(OutboxTrouble.CannotWrite, null, Verdict.Fail, "cannot-write", "outbox.db")]
    [InlineData(OutboxTrouble.Stalled, Damage.Torn, Verdict.Fail, "stalled", "outbox.db")]
    [InlineData(null, Damage.Torn, Verdict.Warn, "replaced", "outbox.db: torn")]
    public async Task What_is_wrong_with_the_disk_is_a_verdict_that_names_the_file_and_how_much_waits(string? trouble, string? replaced, Verdict verdict, string? reason, string? found)
    {
        var check = OutboxCheck.Of(() => new(trouble, replaced, Waiting: 12, Dropped: 3));
        var finding = await check.Look(CancellationToken.None);
        Assert.Equal((verdict, reason, found), (finding.Verdict, finding.Reason, finding.Found));
        Assert.Equal([12, 3], finding.Measures.Select(measure => measure.Value));
        Assert.Equal(Severity.Informs, check.Severity); // no class needs it
    }

    [Fact]
    public async Task A_kit_without_a_helpdesk_has_none() =>
        Assert.Equal(Finding.Skipped("not-set").Verdict, (await OutboxCheck.Of(() => null).Look(CancellationToken.None)).Verdict);
}
