using System.Text.Json;
using ClassContact.Agent.Privacy;
using ClassContact.Messages;
using Spectre.Console;
using Xunit;

namespace ClassContact.Agent.Tests.Privacy;

public sealed class PrivacyTests
{
    private static readonly PrivacyDocument Current = PrivacyDocument.Current;

    [Fact]
    public void Every_channel_of_the_contract_is_listed_as_it_is_retained() => Assert.All(Current.Mqtt, channel =>
    {
        Assert.Equal(Topic.OfKit(KitId.Parse("kit"), channel.Channel), channel.Topic.Replace("{kit}", "kit", StringComparison.Ordinal).Replace("{id}", "+", StringComparison.Ordinal));
        Assert.Equal(new Topic(KitId.Parse("kit"), channel.Channel).IsRetained, channel.Retained);
        Assert.NotEmpty(channel.Description);
        Assert.NotEmpty(channel.Why);
    });

    [Fact]
    public void Every_channel_is_listed_but_that_on_which_the_kit_is_asked() =>
        Assert.Equal(Enum.GetValues<Channel>().Except([Channel.Request]), Current.Mqtt.Select(channel => channel.Channel).Order());

    [Fact]
    public void An_example_has_every_field_that_is_listed_and_no_other() => Assert.All(Current.Mqtt, channel =>
        Assert.Equal(channel.Fields.Select(f => f.Path).Order(), JsonPaths.Of(channel.Example.GetRawText()).Order()));

    [Fact]
    public void Every_field_says_what_it_is() => Assert.All(Current.Mqtt, channel => Assert.All(channel.Fields, field =>
    {
        Assert.NotEmpty(field.Type);
        Assert.NotEmpty(field.Description);
    }));

    [Fact]
    public void The_text_names_every_field_and_every_other_way_out_and_the_document_is_the_same()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 200;
        console.Write(PrivacyText.Of(Current));
        var json = JsonDocument.Parse(Current.ToJson()).RootElement;
        foreach (var channel in json.GetProperty("mqtt").EnumerateArray())
            Assert.All(channel.GetProperty("fields").EnumerateArray(), field => Assert.Contains($"  {field.GetProperty("path").GetString()} ", output.ToString(), StringComparison.Ordinal));
        Assert.All(json.GetProperty("others").EnumerateArray(), other => Assert.Contains(other.GetProperty("carries").GetString()![..30], output.ToString(), StringComparison.Ordinal));
        Assert.All(json.GetProperty("never").EnumerateArray(), never => Assert.Contains(never.GetString()![..30], output.ToString(), StringComparison.Ordinal));
    }
}
