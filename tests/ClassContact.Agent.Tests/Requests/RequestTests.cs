using ClassContact.Agent.Tests.Link;
using ClassContact.Classroom;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Xunit;
using static ClassContact.Agent.Tests.Link.LinkUnderTest;

namespace ClassContact.Agent.Tests.Requests;

/// <summary>Requests over a real Mosquitto.</summary>
[Trait("Kit", "none")]
public sealed class RequestTests
{
    /// <summary>Makes a broker log subscriptions, too.</summary>
    internal const string Told = "log_type all";

    private static readonly DateTimeOffset Soon = DateTimeOffset.UtcNow.AddMinutes(2);

    [Fact]
    public async Task A_message_is_accepted_then_done_once_it_was_shown_and_the_same_again_is_not_shown_again()
    {
        await using var broker = await Broker.Start(null, Told);
        await using var link = new LinkUnderTest(To(broker));
        await using var desk = await Asking.Open(broker);
        await desk.Ask("a", "Bonjour");
        Assert.Equal(Outcome.Accepted, (await desk.Reply()).Outcome);
        Assert.Equal("Bonjour", Assert.Single(link.Messages).Text);
        link.Desk.Shown("a");
        Assert.Equal(new Reply("a", "show-message", Outcome.Done), await desk.Reply());
        await desk.Ask("a", "Bonjour");
        Assert.Equal(Outcome.Done, (await desk.Reply()).Outcome);
        Assert.Single(link.Messages);
        Assert.DoesNotContain(link.Lines, line => line.Contains("Bonjour", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broker_that_was_gone_changes_nothing_and_the_same_again_is_still_known()
    {
        await using var broker = await Broker.Start(null, Told);
        await using var link = new LinkUnderTest(To(broker));
        await using (var before = await Asking.Open(broker))
        {
            await before.Ask("a", "Bonjour");
            Assert.Equal(Outcome.Accepted, (await before.Reply()).Outcome);
        }
        await broker.Kill();
        await broker.Start();
        await using var desk = await Asking.Open(broker, subscriptions: 2);
        await desk.Ask("a", "Bonjour");
        await desk.Reply();
        await desk.Ask("b", "Encore");
        await desk.Reply();
        Assert.Equal(["a", "b"], link.Messages.Select(m => m.Id));
    }

    [Fact]
    public async Task What_is_not_to_be_done_is_refused_and_what_was_kept_or_is_garbage_is_ignored()
    {
        await using var broker = await Broker.Start(null, Told);
        await using (var early = await Asking.Open(broker, subscriptions: 0))
            await early.Send("show-message", Request("kept", "Bonjour"), retained: true);
        await using var link = new LinkUnderTest(To(broker));
        await using var desk = await Asking.Open(broker);
        await desk.Send("show-message", new byte[100_000]);
        await desk.Send("show-message", "garbage"u8.ToArray());
        await desk.Send("show-message", []);
        await desk.Send("reboot", Request("a", "x"));
        await desk.Send("show-message", Request("b", "two\nlines"));
        await desk.Send("show-message", Request("c", "x", DateTimeOffset.UtcNow.AddMinutes(-1)));
        var replies = new[] { await desk.Reply(), await desk.Reply(), await desk.Reply() };
        Assert.Equal([("a", "not-allowed"), ("b", "not-plain"), ("c", "expired")], replies.Select(r => (r.Id, r.Reason)));
        Assert.Empty(link.Messages);
        Assert.Contains(link.Lines, line => line.Contains("retained", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_diagnosis_is_kept_by_the_broker_before_it_is_told_as_done_and_said_again_to_a_broker_that_lost_it()
    {
        await using var broker = await Broker.Start(null, Told);
        await using var link = new LinkUnderTest(To(broker));
        await using var desk = await Asking.Open(broker);
        await desk.Send(RequestName.RunDiagnosis, Wire.WriteRequest(new Request(Stamp.Version, "a", Soon)));
        Assert.Equal(Outcome.Accepted, (await desk.Reply()).Outcome);
        Assert.Equal(new Reply("a", RequestName.RunDiagnosis, Outcome.Done), await desk.Reply());
        Assert.True((await Desk.Kept<Selftest>(broker, Channel.Selftest)).Body.Ready);
        await broker.Kill();
        await broker.Start();
        Assert.True((await Desk.Kept<Selftest>(broker, Channel.Selftest)).Body.Ready);
    }

    [Fact]
    public async Task A_flood_slows_nothing_that_the_kit_has_to_say()
    {
        await using var broker = await Broker.Start(null, Told);
        await using var link = new LinkUnderTest(To(broker));
        await using var desk = await Asking.Open(broker);
        await using var events = await Desk.Open(broker, Channel.Event);
        for (var n = 0; n < 3000; n++)
            await desk.Send("show-message", Request($"id-{n}", "Bonjour"));
        link.Worker.Tell("agent-started");
        Assert.Equal("agent-started", (await events.Next<KitEvent>()).Document.Body.Name);
        await WaitFor.That("five of them to be shown", () => link.Messages.Count == 5);
        Assert.True(link.Worker.Status.IsConnected);
        Assert.InRange(link.Lines.Count(line => line.Contains("A request", StringComparison.Ordinal)), 1, 5);
    }

    [Fact]
    public async Task A_broker_that_lets_a_kit_hear_nothing_is_told_in_the_log_and_the_link_goes_on()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("acl"), "topic write #\ntopic read classcontact/v1/+/presence\n");
        await using var broker = await Broker.Start(null, $"acl_file {folder.File("acl")}");
        await using var link = new LinkUnderTest(To(broker));
        await link.IsConnected();
        link.Worker.Tell("agent-started");
        await WaitFor.That("the event to be taken", () => link.Worker.Status is { Waiting: 0, IsConnected: true });
    }

    [Fact]
    public async Task That_the_broker_has_an_event_is_told_once_and_not_before()
    {
        await using var broker = await Broker.Start();
        await broker.Kill();
        await using var link = new LinkUnderTest(To(broker));
        var acknowledged = 0;
        link.Worker.Tell("agent-started");
        link.Worker.Tell("help", help: new(CallPhase.Standby, DateTimeOffset.UnixEpoch, [], [], []), acknowledged: () => Interlocked.Increment(ref acknowledged));
        link.Worker.Tell("agent-stopping");
        await WaitFor.That("a try", () => link.Lines.Any(line => line.Contains("No link", StringComparison.Ordinal)));
        Assert.Equal(0, acknowledged);
        await broker.Start();
        await WaitFor.That("all to be told", () => link.Worker.Status.Waiting == 0);
        Assert.Equal(1, acknowledged);
    }

    /// <summary>Waits until the kit has subscribed so many times.</summary>
    internal static Task Hears(Broker broker, int subscriptions = 1) =>
        WaitFor.That("the kit to hear requests", () => broker.Log.Split("Sending SUBACK to kit-1").Length > subscriptions);

    private static byte[] Request(string id, string text, DateTimeOffset? expires = null) =>
        Wire.WriteRequest(new Request(Stamp.Version, id, expires ?? Soon), new ShowMessage(text));

    /// <summary>The helpdesk's side, by hand.</summary>
    private sealed class Asking : IAsyncDisposable
    {
        private readonly IMqttConnection connection;

        private Asking(IMqttConnection connection) => this.connection = connection;

        internal static async Task<Asking> Open(Broker broker, int subscriptions = 1)
        {
            var asking = new Asking(await MqttLibrary.Open(To(broker), $"ask-{Guid.NewGuid():N}"[..12], null, TimeProvider.System, CancellationToken.None));
            await asking.connection.Subscribe(Topic.OfKit(LinkUnderTest.Kit, Channel.Reply), CancellationToken.None);
            await Hears(broker, subscriptions);
            return asking;
        }

        internal Task Ask(string id, string text) => Send("show-message", Request(id, text));

        internal Task Send(string name, byte[] payload, bool retained = false) =>
            connection.Publish(new(new Topic(LinkUnderTest.Kit, Channel.Request, name).ToString(), payload, retained), CancellationToken.None);

        internal async Task<Reply> Reply() =>
            Wire.Read<Reply>((await connection.Received.ReadAsync().AsTask().WaitAsync(WaitFor.Generous)).Payload.Span)!.Body;

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
