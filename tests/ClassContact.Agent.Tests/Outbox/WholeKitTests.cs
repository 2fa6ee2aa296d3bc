using System.Text;
using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Agent.Tests.Outbox;

/// <summary>The outbox in a whole kit, with room for 1 MB.</summary>
public sealed class WholeKitTests : KitTests
{
    private static readonly OutboxSettings Small = new(Megabytes: 1);

    private IReadOnlyList<KitEvent> Events =>
    [
        .. from line in Kit.Heard
           where line.Contains("/event ", StringComparison.Ordinal)
           select Wire.Read<KitEvent>(Encoding.UTF8.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]))!.Body,
    ];

    private protected override void Change(JsonObject settings) => settings["outbox"] = new JsonObject { ["megabytes"] = Small.Megabytes };

    [Fact]
    public async Task What_waited_when_the_agent_ended_is_told_in_order_by_the_next_start_as_of_before_and_so_is_what_was_dropped()
    {
        await WaitFor.That("the first start's event", () => Events.Any(e => e.Name == "agent-started"));
        await Kit.Agent.Kill();
        var (waiting, dropped) = Fill();
        Kit.Agent.StartAgain();
        var report = await WaitFor.That("the report", () => Events.FirstOrDefault(e => e.Name == "events-dropped"), e => e is not null);
        Assert.Equal(("outbox-full", new EventsDropped(dropped, dropped)), (report!.Cause, report.Dropped!));
        var all = Events.DistinctBy(e => (e.Journal, e.Seq)).ToList();
        Assert.Equal(all.Select(e => e.Seq).Order(), all.Select(e => e.Seq));
        Assert.Equal(waiting, all.Count(e => e is { Name: "call-started", Historical: true }));
        Assert.Equal(2, all.Count(e => e.Name == "agent-started"));

        var broker = (await Kit.Agent.Status())!.Value.GetProperty("broker");
        Assert.Equal(dropped, broker.GetProperty("eventsDropped").GetInt64());
    }

    // As the agent does while no broker can be reached.
    private (int Waiting, long Dropped) Fill()
    {
        var outbox = new OutboxWorker(Path.Combine(Kit.Folder, "agent", "data"), Small, TimeProvider.System, NullLogger.Instance);
        for (var n = 0; n < 600; n++)
            outbox.Tell(new(0, "call-started", DateTimeOffset.UnixEpoch, new('x', 2000)));
        outbox.Dispose();
        return (outbox.Count, outbox.Dropped);
    }
}
