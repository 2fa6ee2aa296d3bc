using static ClassContact.Mqtt.Tests.Central.Probe;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>What an account of the helpdesk may write and read, and what not.</summary>
public sealed class HelpdeskRightsTests(CentralBroker broker) : IClassFixture<CentralBroker>
{
    [Fact]
    public async Task An_account_reads_all_kits_and_asks_things_of_them()
    {
        await using var anna = await broker.OpenAccount();
        await anna.Subscribe(Everything);
        await using var kit = await broker.OpenKit("kit-7");
        await kit.Subscribe(Tree("kit-7", "request/+"));
        await kit.Publish(Text(Tree("kit-7", "presence"), "online", retained: true));
        Assert.Equal((Tree("kit-7", "presence"), "online"), await anna.NextText());
        await anna.Publish(Text(Tree("kit-7", "request/show-message"), "Bonjour"));
        Assert.Equal((Tree("kit-7", "request/show-message"), "Bonjour"), await kit.NextText());
        await kit.Publish(new(Tree("kit-7", "presence"), default, Retained: true)); // the other tests read everything, too
    }

    [Theory]
    [InlineData("classcontact/v1/kit-7/presence")]
    [InlineData("classcontact/v1/kit-7/about")]
    [InlineData("classcontact/v1/kit-7/health")]
    [InlineData("classcontact/v1/kit-7/call")]
    [InlineData("classcontact/v1/kit-7/selftest")]
    [InlineData("classcontact/v1/kit-7/metrics")]
    [InlineData("classcontact/v1/kit-7/event")]
    [InlineData("classcontact/v1/kit-7/reply/a1")]
    [InlineData("classcontact/v1/kit-7/request")]
    [InlineData("classcontact/v1/kit-7/request/show-message/more")]
    [InlineData("classcontact/v1/helpdesk-anna/presence")]
    [InlineData("classcontact/v2/kit-7/request/show-message")]
    [InlineData("helpdesk")]
    [InlineData("$SYS/x")]
    [InlineData("$CONTROL/dynamic-security/v1")]
    public async Task An_account_writes_nothing_in_the_name_of_a_kit(string topic)
    {
        await using var ben = await broker.OpenAccount("ben");
        await ben.Subscribe(Everything);
        await using var anna = await broker.OpenAccount();
        await anna.MayNotWrite(topic);
        await anna.MayNotWrite(topic, retained: true);
        await anna.Publish(Text(Tree("kit-7", "request/show-message"), "allowed"));
        Assert.Equal("allowed", (await ben.NextText()).Text);
    }

    [Fact]
    public async Task An_account_with_a_kits_client_id_puts_out_no_kit()
    {
        await using var kit = await broker.OpenKit("kit-7");
        await using var anna = await broker.OpenAccount(clientId: "kit-7");
        await anna.Subscribe(Tree("kit-7", "event"));
        await kit.Publish(Text(Tree("kit-7", "event"), "still here"));
        Assert.Equal("still here", (await anna.NextText()).Text);
        Assert.False(kit.Lost.IsCompleted);
    }

    [Fact]
    public async Task A_second_connection_of_an_account_puts_out_its_first_and_no_other_account()
    {
        await using var ben = await broker.OpenAccount("ben");
        await using var watch = await broker.OpenAccount();
        await using var again = await broker.OpenAccount();
        await watch.Lost.WaitAsync(Patience);
        await again.Publish(Text(Tree("kit-7", "request/show-message"), "x"));
        Assert.False(again.Lost.IsCompleted || ben.Lost.IsCompleted);
    }

    [Fact]
    public async Task A_will_of_an_account_cannot_speak_for_a_kit()
    {
        await using var ben = await broker.OpenAccount("ben");
        await ben.Subscribe(Everything);
        foreach (var topic in new[] { Tree("kit-7", "presence"), Tree("kit-7", "request/show-message") })
            await (await RawClient.Open(await broker.Account("anna"), broker.HelpdeskPort, topic[^6..], will: Text(topic, "last words"))).DisposeAsync();
        Assert.Equal((Tree("kit-7", "request/show-message"), "last words"), await ben.NextText());
    }
}
