namespace ClassContact.KitBench.Tests.Kit;

/// <summary>What the helpdesk is told, beside what happened.</summary>
public sealed class LedgerStories(InstalledKit installed) : KitStories(installed)
{
    [Fact]
    public async Task Ten_power_cuts_while_events_are_written_lose_none_that_was_numbered()
    {
        for (var cut = 1; cut <= 10; cut++)
        {
            var helps = Helps;
            // Help is asked for, the agent stops, the agent starts: three events, of which each cut, somewhat later than the last, finds others on their way.
            await Machine.Press("F1");
            await Machine.Good("systemctl --no-block restart classcontact-agent");
            await Task.Delay(1000 * cut, TestContext.Current.CancellationToken);
            await Machine.CutPower();
            var before = Helpdesk.Heard.Count; // the agent that started before the cut is another
            await Machine.PowerOn();
            await Room.PlugInAgain(Part.Keyboard);
            await Helpdesk.Sees("event", ["agent-started"], Patience, before);
            if (cut >= 4) Assert.Equal(helps + 1, Helps); // what was pressed four seconds or more before its cut was on the disk, and came before what came after
        }

        var came = Helpdesk.Events;
        Console.WriteLine("  " + string.Join(' ', came.CountBy(e => e.Name).Select(kind => $"{kind.Key} {kind.Value}")));
        Assert.Contains(came, e => e.Name == "agent-stopping");
        var numbers = came.Select(e => e.Seq).Distinct().Order().ToList();
        Assert.Equal(Enumerable.Range(0, numbers.Count).Select(i => numbers[0] + i), numbers); // none missing
        Assert.Equal(numbers, came.DistinctBy(e => e.Seq).Select(e => e.Seq)); // nor out of order
        Assert.All(came.GroupBy(e => e.Seq), copies => Assert.Single(copies.Select(e => (e.Journal, e.Name)).Distinct()));
        Assert.DoesNotContain(came, e => e.Name is "events-dropped" or "outbox-replaced");
    }

    private int Helps => Helpdesk.Events.Where(e => e.Name == "help").DistinctBy(e => e.Seq).Count();
}
