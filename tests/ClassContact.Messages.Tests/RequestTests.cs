using System.Text;
using Xunit;

namespace ClassContact.Messages.Tests;

public sealed class RequestTests
{
    [Fact]
    public void A_request_is_read_back_with_its_envelope_and_its_text()
    {
        var payload = Wire.WriteRequest(Samples.Request, new ShowMessage("Bonjour « à tous » \"\\"));
        Assert.Equal(Samples.Request, Wire.ReadRequest(payload));
        Assert.Equal("Bonjour « à tous » \"\\", Wire.ReadBody<ShowMessage>(payload)?.Text);
    }

    [Fact]
    public void An_envelope_of_a_later_version_is_read_so_that_it_can_be_replied_to() =>
        Assert.Equal(2, Wire.ReadRequest("""{"v":2,"id":"a","expires":"2026-11-23T08:30:00Z","more":{}}"""u8)?.V);

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"v":1,"id":"a"}""")]
    [InlineData("""{"v":1,"id":null,"expires":"2026-11-23T08:30:00Z"}""")]
    [InlineData("""{"v":1,"id":"","expires":"2026-11-23T08:30:00Z"}""")]
    [InlineData("""{"v":1,"id":"../a","expires":"2026-11-23T08:30:00Z"}""")]
    [InlineData("""{"v":1,"id":"a/#","expires":"2026-11-23T08:30:00Z"}""")]
    [InlineData("""{"v":1,"id":"\ud800","expires":"2026-11-23T08:30:00Z"}""")]
    [InlineData("""{"v":1e99,"id":"a","expires":"2026-11-23T08:30:00Z"}""")]
    [InlineData("""{"v":1,"id":"a","expires":"soon"}""")]
    public void What_nobody_could_reply_to_is_no_request(string payload) => Assert.Null(Wire.ReadRequest(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void A_request_without_fields_of_its_own_is_its_envelope() => Assert.Equal(Samples.Request, Wire.ReadRequest(Wire.WriteRequest(Samples.Request)));

    [Theory]
    [InlineData("debug", 1, true)]
    [InlineData("error", 1440, true)]
    [InlineData("error", 0, false)]
    [InlineData("error", 1441, false)]
    [InlineData("Debug", 10, false)]
    [InlineData("trace", 10, false)]
    public void A_level_is_one_of_four_and_lasts_a_minute_to_a_day(string level, int minutes, bool isGood) => Assert.Equal(isGood, new SetLogLevel(level, minutes).IsGood());

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"text":null}""")]
    [InlineData("""{"text":7}""")]
    [InlineData("""{"text":"\ud800"}""")]
    public void A_message_without_a_text_is_none(string payload) => Assert.Null(Wire.ReadBody<ShowMessage>(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void A_call_for_help_with_a_hole_is_not_read()
    {
        var good = Encoding.UTF8.GetString(Wire.Write(Samples.Stamp(), new KitEvent(1, "help", Samples.Monday, Help: new(CallPhase.Standby, Samples.Monday, [], [], []))));
        Assert.NotNull(Wire.Read<KitEvent>(Encoding.UTF8.GetBytes(good)));
        foreach (var list in new[] { "missing", "faults", "figures" })
            Assert.Null(Wire.Read<KitEvent>(Encoding.UTF8.GetBytes(good.Replace($"\"{list}\":[]", $"\"{list}\":[null]", StringComparison.Ordinal))));
        Assert.Null(Wire.Read<KitEvent>(Encoding.UTF8.GetBytes(good.Replace("\"figures\":[]", "\"figures\":[{\"ago\":1e999,\"figures\":[]}]", StringComparison.Ordinal))));
    }
}
