using Xunit;

namespace ClassContact.Messages.Tests;

public sealed class TopicTests
{
    private static readonly string Longest = new('a', 63);

    public static TheoryData<string, Channel> Every()
    {
        var data = new TheoryData<string, Channel>();
        foreach (var kit in new[] { "k1", "0-", "waterloo-12", Longest })
            foreach (var channel in Enum.GetValues<Channel>())
                data.Add(kit, channel);
        return data;
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void What_is_written_is_read_back(string kit, Channel channel)
    {
        var topic = Of(kit, channel, "show-message");
        Assert.True(Topic.TryParse(topic.ToString(), out var read));
        Assert.Equal(topic, read);
        Assert.StartsWith($"classcontact/v1/{kit}/", topic.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_subscription_to_every_kit_takes_in_each(string kit, Channel channel) =>
        Assert.Equal(Topic.OfEveryKit(channel), Of(kit, channel, "+").ToString().Replace($"/{kit}/", "/+/", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Every))]
    public void A_subscription_to_a_kit_takes_in_all_of_a_channel(string kit, Channel channel) =>
        Assert.Equal(Topic.OfKit(KitId.Parse(kit), channel), Of(kit, channel, "+").ToString());

    private static Topic Of(string kit, Channel channel, string leaf) => new(KitId.Parse(kit), channel, channel is Channel.Request or Channel.Reply ? leaf : null);

    [Fact]
    public void Only_state_is_kept() =>
        Assert.Equal([Channel.Event, Channel.Metrics, Channel.Request, Channel.Reply], Enum.GetValues<Channel>().Where(channel => !new Topic(KitId.Parse("k1"), channel).IsRetained));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("///")]
    [InlineData("presence")]
    [InlineData("homie/v1/kit-1/presence")]
    [InlineData("ClassContact/v1/kit-1/presence")]
    [InlineData("classcontact/v2/kit-1/presence")]
    [InlineData("classcontact/V1/kit-1/presence")]
    [InlineData("classcontact/v1/kit-1")]
    [InlineData("classcontact/v1/kit-1/")]
    [InlineData("classcontact/v1/kit-1/presence/")]
    [InlineData("classcontact/v1/kit-1/presence/x")]
    [InlineData("/classcontact/v1/kit-1/presence")]
    [InlineData("classcontact//kit-1/presence")]
    [InlineData("classcontact/v1//presence")]
    [InlineData("classcontact/v1/kit-1/Presence")]
    [InlineData("classcontact/v1/kit-1/weather")]
    [InlineData("classcontact/v1/kit-1/0")]
    [InlineData("classcontact/v1/kit-1/presence ")]
    [InlineData("classcontact/v1/kit-1/presence\n")]
    [InlineData("classcontact/v1/kit-1\n/presence")]
    [InlineData("classcontact/v1/+/presence")]
    [InlineData("classcontact/v1/kit-1/+")]
    [InlineData("classcontact/v1/#")]
    [InlineData("classcontact/v1/kit-1/request")]
    [InlineData("classcontact/v1/kit-1/request/")]
    [InlineData("classcontact/v1/kit-1/request/+")]
    [InlineData("classcontact/v1/kit-1/request/Show-Message")]
    [InlineData("classcontact/v1/kit-1/request/show-message/x")]
    [InlineData("classcontact/v1/kit-1/request/show-message\n")]
    [InlineData("classcontact/v1/kit-1/reply/-a")]
    [InlineData("classcontact/v1/kit-1/reply/é")]
    [InlineData("#")]
    [InlineData("$SYS/broker/uptime")]
    [InlineData("classcontact/v1/écolé/presence")]
    [InlineData("classcontact/v1/kit\u200b1/presence")]
    [InlineData("classcontact/v1/kıt-1/presence")]
    [InlineData("classcontact/v1/Kit-1/presence")]
    [InlineData("classcontact/v1/-kit/presence")]
    [InlineData("classcontact/v1/k/presence")]
    [InlineData("classcontact/v1/kit_1/presence")]
    public void Any_other_topic_is_not_ours(string text) => Assert.False(Topic.TryParse(text, out _));

    [Fact]
    public void A_name_of_64_characters_is_refused()
    {
        Assert.False(KitId.TryParse(Longest + "a", out _));
        Assert.False(Topic.TryParse($"classcontact/v1/{Longest}a/presence", out _));
    }

    [Fact]
    public void A_name_that_breaks_the_rule_is_named_with_the_rule() =>
        Assert.Equal($"'Kit' is not a kit's name ({KitId.Rule})", Assert.Throws<FormatException>(() => KitId.Parse("Kit")).Message);
}
