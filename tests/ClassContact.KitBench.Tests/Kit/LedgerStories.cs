namespace ClassContact.KitBench.Tests.Kit;

/// <summary>What the helpdesk is told, beside what happened.</summary>
public sealed class LedgerStories(InstalledKit installed) : KitStories(installed)
{
    [Fact]
    public async Task Ten_power_cuts_while_events_are_written_lose_none_that_was_numbered()
    {
        for (var cut = 1; cut <= 10; cut++)
        {
            var before = Helpdesk.Heard.Count;
            for (var press = 0; press < 3; press++) await Machine.Press("F1");
            await Task.Delay(100 * cut, TestContext.Current.CancellationToken); // somewhere within their way to the disk and the broker
            await Machine.CutPower();
            await Machine.PowerOn();
            await Room.PlugInAgain(Part.Keyboard);
            await Helpdesk.Sees("event", ["agent-started"], Patience, before);
        }

        var came = Helpdesk.Events;
        var numbers = came.Select(e => e.Seq).Distinct().Order().ToList();
        Assert.Equal(Enumerable.Range(0, numbers.Count).Select(i => numbers[0] + i), numbers); // none missing
        Assert.Equal(numbers, came.DistinctBy(e => e.Seq).Select(e => e.Seq)); // nor out of order
        Assert.All(came.GroupBy(e => e.Seq), copies => Assert.Single(copies.Select(e => (e.Journal, e.Name)).Distinct()));
        Assert.DoesNotContain(came, e => e.Name is "events-dropped" or "outbox-replaced");
    }
}
