using System.Diagnostics;
using ClassContact.Classroom;
using ClassContact.Kit.Link;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Xunit;
using static ClassContact.Agent.Tests.Link.LinkUnderTest;

namespace ClassContact.Agent.Tests.Link;

/// <summary>The kit's link against a real Mosquitto that is stopped, killed and started again.</summary>
[Trait("Kit", "none")]
public sealed class LinkTests
{
    [Fact]
    public async Task A_birth_is_read_back_by_a_second_connection_with_its_special_characters()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(To(broker));
        link.Worker.Show(Call(CallPhase.Open));
        var presence = await Desk.Kept<Presence>(broker, Channel.Presence);
        var about = await Desk.Kept<About>(broker, Channel.About);
        var call = await Desk.Kept<CallStatus>(broker, Channel.Call);
        Assert.Equal(new Presence(PresenceState.Online), presence.Body);
        Assert.Equal((link.About.School, link.About.Room), (about.Body.School, about.Body.Room));
        Assert.Equal(CallPhase.Open, call.Body.State);
        Assert.Single(new[] { presence.Stamp, about.Stamp, call.Stamp }.Select(stamp => (stamp.Boot, stamp.Session, stamp.V)).Distinct());
    }

    [Fact]
    public async Task Only_the_newest_call_counts_and_a_change_of_about_is_said_at_once()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(To(broker));
        foreach (var phase in Enum.GetValues<CallPhase>())
            link.Worker.Show(Call(phase));
        await WaitFor.That("the newest call", async () => (await Desk.Kept<CallStatus>(broker, Channel.Call)).Body.State, state => state == CallPhase.Faulted);
        await using var desk = await Desk.Open(broker, Channel.About);
        Assert.Null((await desk.Next<About>()).Document.Body.Browser);
        link.About = link.About with { Browser = "Chromium 156" };
        link.Worker.AboutChanged();
        Assert.Equal("Chromium 156", (await desk.Next<About>()).Document.Body.Browser);
    }

    [Theory]
    [InlineData(ClockState.Synced)]
    [InlineData(ClockState.Unsynced)]
    public async Task The_stamp_tells_whether_the_clock_can_be_trusted(ClockState clock)
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(To(broker), clock);
        Assert.Equal(clock, (await Desk.Kept<Presence>(broker, Channel.Presence)).Stamp.Clock);
    }

    [Fact]
    public void The_system_can_be_asked_about_its_clock() => Assert.True(Enum.IsDefined(SystemClock.Ask()));

    [Fact]
    public async Task Events_told_while_the_broker_was_dead_arrive_in_order_with_the_time_they_happened()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(To(broker));
        await using (var before = await Desk.Open(broker, Channel.Event))
        {
            link.Worker.Tell("agent-started");
            Assert.Equal(1, (await before.Next<KitEvent>()).Document.Body.Seq);
        }
        await broker.Kill();
        for (var n = 2; n <= 200; n++)
            link.Worker.Tell("call-started", $"cause-{n}");
        var told = DateTimeOffset.UtcNow;
        await WaitFor.That("the loss to be seen", () => !link.Worker.Status.IsConnected);
        Assert.Equal(199, link.Worker.Status.Waiting);
        await broker.Start();
        await using var desk = await Desk.Open(broker, Channel.Event);
        for (var n = 2; n <= 200; n++)
        {
            var (read, _) = await desk.Next<KitEvent>();
            Assert.Equal((n, $"cause-{n}"), (read.Body.Seq, read.Body.Cause));
            Assert.True(read.Body.When <= told && read.Stamp.At > told, $"happened {read.Body.When:O}, told {told:O}, sent {read.Stamp.At:O}");
        }
        await WaitFor.That("an empty queue", () => link.Worker.Status.Waiting == 0);
        Assert.Equal(0, link.Worker.Status.Dropped);
    }

    [Fact]
    public async Task A_stopped_broker_is_noticed_and_nothing_is_missing_when_it_goes_on()
    {
        await using var broker = await Broker.Start();
        await using var desk = await Desk.Open(broker, Channel.Event);
        await using var link = new LinkUnderTest(To(broker, answerSeconds: 1));
        await link.IsConnected();
        broker.Stop();
        for (var n = 1; n <= 5; n++)
            link.Worker.Tell("pupil-arrived");
        await WaitFor.That("the silence to be noticed", () => link.Worker.Status.Trouble, trouble => trouble?.Contains("no acknowledgement for 1 s", StringComparison.Ordinal) == true);
        Assert.False(link.Worker.Status.IsConnected);
        broker.Continue();
        var seen = new SortedSet<long>();
        while (seen.Count < 5) // the one that was on its way may come twice
            seen.Add((await desk.Next<KitEvent>()).Document.Body.Seq);
        Assert.Equal([1, 2, 3, 4, 5], seen);
        Assert.Equal(2, link.Heard);
        Assert.Equal(PresenceState.Online, (await KeptPresence(broker)).Body.State);

        static Task<Document<Presence>> KeptPresence(Broker broker) => WaitFor.That(
            "online after the old connection's will", () => Desk.Kept<Presence>(broker, Channel.Presence), read => read.Body.State == PresenceState.Online);
    }

    [Fact]
    public async Task A_stop_tells_what_still_waits_and_says_off_and_no_will_follows()
    {
        await using var broker = await Broker.Start();
        await using var desk = await Desk.Open(broker, Channel.Presence, Channel.Event);
        var link = new LinkUnderTest(To(broker));
        await link.IsConnected();
        var online = await desk.Until(PresenceState.Online);
        link.Worker.Tell("agent-stopping");
        var watch = Stopwatch.StartNew();
        await link.Stop();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        Assert.Equal("agent-stopping", (await desk.Next<KitEvent>()).Document.Body.Name);
        var off = (await desk.Next<Presence>()).Document;
        Assert.Equal((new Presence(PresenceState.Off), online.Stamp.Session), (off.Body, off.Stamp.Session));
        Assert.Equal(PresenceState.Off, (await Desk.Kept<Presence>(broker, Channel.Presence)).Body.State);
    }

    [Fact]
    public async Task A_stop_beside_a_stopped_broker_takes_three_seconds_at_most()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(To(broker));
        await link.IsConnected();
        broker.Stop();
        link.Worker.Tell("agent-stopping");
        var watch = Stopwatch.StartNew();
        await link.Stop();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task A_lost_kit_is_said_lost_by_its_will_with_the_session_that_is_lost()
    {
        await using var broker = await Broker.Start();
        await using var desk = await Desk.Open(broker, Channel.Presence);
        await using var link = new LinkUnderTest(To(broker));
        var online = await desk.Until(PresenceState.Online);
        // Another client of the kit's name puts it out, as a kill does, and the broker says the will.
        await using (await MqttLibrary.Open(To(broker), LinkUnderTest.Kit.ToString(), null, TimeProvider.System, CancellationToken.None))
        {
            var lost = await desk.Until(PresenceState.Lost);
            Assert.True(lost.Body.Will);
            Assert.Equal((online.Stamp.Boot, online.Stamp.Session), (lost.Stamp.Boot, lost.Stamp.Session));
        }
        var back = await desk.Until(PresenceState.Online);
        Assert.Equal(online.Stamp.Boot, back.Stamp.Boot);
        Assert.NotEqual(online.Stamp.Session, back.Stamp.Session);
    }

    [Fact]
    public async Task A_broker_that_refuses_is_logged_once_and_its_reason_is_in_the_status()
    {
        await using var broker = await Broker.Start(null, "allow_anonymous false");
        await using var link = new LinkUnderTest(To(broker));
        var attempts = await WaitFor.That("three refusals", () => broker.Log.Split("not authorised").Length - 1, count => count >= 3);
        Assert.True(attempts >= 3);
        Assert.Single(link.Lines);
        Assert.Contains("Not authorized", link.Worker.Status.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_the_broker_does_not_take_stays_and_the_connection_too()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("acl"), "topic read #\ntopic write classcontact/v1/+/presence\n");
        await using var broker = await Broker.Start(null, $"acl_file {folder.File("acl")}");
        await using var link = new LinkUnderTest(To(broker));
        link.Worker.Tell("agent-started");
        await WaitFor.That("the refusal", () => link.Lines.Any(line => line.Contains("/event: the broker refused", StringComparison.Ordinal)));
        Assert.Equal(1, link.Worker.Status.Waiting);
        Assert.True(link.Worker.Status.IsConnected);
        Assert.Equal(PresenceState.Online, (await Desk.Kept<Presence>(broker, Channel.Presence)).Body.State);
    }

    [Fact]
    public async Task A_log_holds_no_payload()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(To(broker));
        link.Worker.Tell("call-failed", "a-cause-nobody-logs");
        await link.IsConnected();
        await broker.Kill();
        await WaitFor.That("the loss", () => link.Lines.Any(line => line.Contains("No link", StringComparison.Ordinal)));
        Assert.DoesNotContain(link.Lines, line => line.Contains("Marronniers", StringComparison.Ordinal) || line.Contains("a-cause", StringComparison.Ordinal));
    }
}
