using static ClassContact.Mqtt.Tests.Central.Probe;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>What a kit may write and read, and what not. Each test first does what is allowed.</summary>
public sealed class KitRightsTests(CentralBroker broker) : IClassFixture<CentralBroker>
{
    [Theory]
    [InlineData("presence")]
    [InlineData("about")]
    [InlineData("health")]
    [InlineData("call")]
    [InlineData("selftest")]
    [InlineData("metrics")]
    [InlineData("event")]
    [InlineData("reply/a1")]
    public async Task A_kit_writes_its_own_tree_and_nobody_elses(string channel)
    {
        await using var anna = await broker.OpenAccount();
        await anna.Subscribe(Tree("+", channel));
        await using var kit = await broker.OpenKit("kit-7");
        foreach (var retained in new[] { false, true })
        {
            await kit.MayNotWrite(Tree("kit-8", channel), retained);
            await kit.MayNotWrite(Tree("kit-70", channel), retained);
            await kit.MayNotWrite(Tree("kit-7", $"{channel}/more"), retained);
        }
        await kit.Publish(Text(Tree("kit-7", channel), "own"));
        await anna.ReadsNoPoisonUntil("own");
    }

    [Theory]
    [InlineData("classcontact/v1/kit-7/request/show-message")] // to itself
    [InlineData("classcontact/v1/kit-8/request/show-message")]
    [InlineData("classcontact/v1/kit-8/reply/a1")]
    [InlineData("classcontact/v1/kit-7/reply")]
    [InlineData("classcontact/v1/kit-7/other")]
    [InlineData("classcontact/v1/kit-7")]
    [InlineData("classcontact/v2/kit-7/event")]
    [InlineData("kit-7/event")]
    [InlineData("$SYS/broker/version")]
    [InlineData("$CONTROL/dynamic-security/v1")]
    public async Task A_kit_writes_nothing_else(string topic)
    {
        await using var anna = await broker.OpenAccount();
        await anna.Subscribe(Everything);
        await using var kit = await broker.OpenKit("kit-7");
        await kit.MayNotWrite(topic);
        await kit.MayNotWrite(topic, retained: true);
        await kit.Publish(Text(Tree("kit-7", "event"), topic));
        await anna.ReadsNoPoisonUntil(topic);
    }

    [Theory]
    [InlineData("#")]
    [InlineData("+/+/+/#")]
    [InlineData("classcontact/v1/#")]
    [InlineData("classcontact/v1/+/request/+")]
    [InlineData("classcontact/v1/kit-8/#")]
    [InlineData("$share/group/classcontact/v1/#")]
    public async Task A_kit_reads_its_own_requests_and_nothing_else(string filter)
    {
        await using var anna = await broker.OpenAccount();
        await using var other = await broker.OpenKit("kit-8");
        await using var kit = await broker.OpenKit("kit-7");
        await kit.Subscribe(filter);
        await kit.Subscribe(Tree("kit-7", "request/+"));
        await other.Publish(Text(Tree("kit-8", "presence"), "x", retained: true));
        await other.Publish(Text(Tree("kit-8", "event"), "x"));
        await anna.Publish(Text(Tree("kit-8", "request/show-message"), "not for kit-7"));
        await anna.Publish(Text(Tree("kit-7", "request/show-message"), "for kit-7"));
        Assert.Equal((Tree("kit-7", "request/show-message"), "for kit-7"), await kit.NextText());
        await kit.Subscribe(filter); // again: what is retained would come now
        await other.Publish(Text(Tree("kit-8", "event"), "x"));
        while (await ReadOne(kit) is { } message)
            Assert.Equal(Tree("kit-7", "request/show-message"), message.Topic);
    }

    [Theory]
    [InlineData("$SYS/#")]
    [InlineData("$SYS/broker/clients/connected")]
    [InlineData("$CONTROL/#")]
    public async Task The_brokers_own_topics_are_closed(string filter)
    {
        await using var kit = await broker.OpenKit("kit-7");
        await kit.Subscribe(filter);
        await using var anna = await broker.OpenAccount();
        await anna.Subscribe(filter);
        await anna.Publish(Text(Tree("kit-7", "request/show-message"), "x"));
        await kit.HasReadNothing();
        await anna.HasReadNothing();
    }

    [Fact]
    public async Task A_will_is_left_in_the_own_tree_only()
    {
        await using var anna = await broker.OpenAccount();
        await anna.Subscribe(Tree("+", "presence"));
        foreach (var (kit, tree) in new[] { ("kit-8", "kit-7"), ("kit-7", "kit-7") })
            await (await RawClient.Open(await broker.Kit(kit), broker.Port, kit, will: Text(Tree(tree, "presence"), $"will of {kit}"))).DisposeAsync();
        while (await anna.NextText() is var (_, what) && what != "will of kit-7")
            Assert.NotEqual("will of kit-8", what);
    }

    [Fact]
    public async Task Nobody_else_clears_what_a_kit_has_left()
    {
        await using var kit = await broker.OpenKit("kit-5");
        await kit.Publish(Text(Tree("kit-5", "about"), "here", retained: true));
        await using var other = await broker.OpenKit("kit-8");
        Assert.Contains("not authorized", (await Fails(other.Publish(new(Tree("kit-5", "about"), default, Retained: true)))).Message, StringComparison.OrdinalIgnoreCase);
        await using var anna = await broker.OpenAccount();
        Assert.Contains("not authorized", (await Fails(anna.Publish(new(Tree("kit-5", "about"), default, Retained: true)))).Message, StringComparison.OrdinalIgnoreCase);
        await anna.Subscribe(Tree("kit-5", "about"));
        Assert.Equal("here", (await anna.NextText()).Text);
        await kit.Publish(new(Tree("kit-5", "about"), default, Retained: true));
        await using var later = await broker.OpenAccount("ben");
        await later.Subscribe(Tree("kit-5", "about"));
        await later.HasReadNothing();
    }

    [Fact]
    public async Task A_kit_puts_out_nobody_but_itself()
    {
        await using var kit = await broker.OpenKit("kit-7");
        await using var impostor = await broker.Way(await broker.Kit("kit-8")).Open("kit-7");
        await impostor.Publish(Text(Tree("kit-8", "event"), "its own tree, whatever it calls itself"));
        await impostor.MayNotWrite(Tree("kit-7", "event"));
        await kit.Publish(Text(Tree("kit-7", "event"), "still here"));
        Assert.False(kit.Lost.IsCompleted);
        await using var again = await broker.Way(await broker.Kit("kit-7"), broker.HttpsPort).Open("another-name");
        await kit.Lost.WaitAsync(Patience);
        await again.Publish(Text(Tree("kit-7", "event"), "the newest connection counts"));
    }

    /// <summary>No authority of ours signs such a name (<see cref="AuthorityTests"/>); the broker holds all the same.</summary>
    [Theory]
    [InlineData("+", "kit-7/presence", "+/presence", "kit-7/request/a")]
    [InlineData("#", "kit-7/presence", "#/presence", "kit-7/request/a")]
    [InlineData("a/b", "a/b/presence", "a/b/reply/x", "a/b/event")]
    [InlineData("kit-7/reply", "kit-7/reply/event", "kit-7/reply/presence", "kit-7/presence")]
    [InlineData("kit-7/request", "kit-7/request/event", "kit-7/request/selftest", "kit-7/request/reply/x")]
    [InlineData("helpdesk-x", "kit-7/request/show-message", "kit-7/presence", "helpdesk-x/request/a")]
    [InlineData("%u", "kit-7/presence", "kit-7/request/a", "kit-7/reply/a")]
    public async Task A_name_that_should_never_have_been_signed_gains_nothing(string name, params string[] forbidden)
    {
        await using (var plain = await broker.Way(broker.Forged("kit-9")).Open("x"))
            await plain.Publish(Text(Tree("kit-9", "event"), "a forged certificate works as such"));
        await using var forger = await broker.Way(broker.Forged(name)).Open("x");
        foreach (var topic in forbidden.Where(topic => topic.IndexOfAny(['+', '#']) < 0)) // nobody can publish to the others
            await forger.MayNotWrite($"classcontact/v1/{topic}");
        await forger.Subscribe("#");
        await forger.Subscribe("classcontact/v1/+/request/+");
        await using var anna = await broker.OpenAccount();
        await using var kit = await broker.OpenKit("kit-7");
        await kit.Subscribe(Tree("kit-7", "request/+"));
        await anna.Publish(Text(Tree("kit-7", "request/show-message"), "for kit-7"));
        Assert.Equal("for kit-7", (await kit.NextText()).Text);
        await forger.HasReadNothing();
    }

    private static async Task<MqttMessage?> ReadOne(IMqttConnection connection)
    {
        await connection.Subscribe("barrier");
        return connection.Received.TryRead(out var message) ? message : null;
    }
}
