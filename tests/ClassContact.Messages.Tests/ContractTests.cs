using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClassContact.Agent.Privacy;
using Xunit;

namespace ClassContact.Messages.Tests;

/// <summary>What our code writes against <c>configs/asyncapi.yaml</c>, both ways: every document is valid, and nothing of the code is missing there.</summary>
public sealed class ContractTests
{
    private static readonly JsonElement Contract = WireContract.Read();
    private static readonly SchemaCheck Check = new(Contract);
    private static readonly JsonElement Schemas = Contract.GetProperty("components").GetProperty("schemas");

    [Fact]
    public void Every_document_that_our_code_writes_is_valid() => Assert.All(Samples.All(), sample => Assert.Empty(Problems(sample.Schema, Json(sample.Document))));

    [Fact]
    public void Every_document_writes_no_field_that_the_contract_does_not_have() => Assert.All(Samples.All(), sample =>
        Assert.Empty(Json(sample.Document).EnumerateObject().Select(field => field.Name).Except(FieldsOf(sample.Schema).Concat(FieldsOf(RequestName.All.Contains(sample.Schema) ? "request" : "stamp")))));

    [Theory]
    [InlineData("presence", """{"v":2}""")]
    [InlineData("presence", """{"at":"2026-11-23 08:30:00"}""")]
    [InlineData("presence", """{"uptime":-1}""")]
    [InlineData("presence", """{"boot":"x"}""")]
    [InlineData("presence", """{"state":"here"}""")]
    [InlineData("presence", """{"will":"yes"}""")]
    [InlineData("about", """{"capabilities":[1]}""")]
    [InlineData("call", """{"cause":"Page not loaded"}""")]
    [InlineData("call", """{"receipt":{}}""")]
    [InlineData("health", """{"state":"fine"}""")]
    [InlineData("health", """{"worst":"Camera"}""")]
    [InlineData("health", """{"checks":[{"code":"a","severity":"informs","verdict":"pass"}]}""")]
    [InlineData("health", """{"checks":[{"code":"a","severity":"informs","verdict":"ok","since":"2026-11-23T08:30:00Z"}]}""")]
    [InlineData("metrics", """{"figures":[{"name":"x","value":"1","unit":"1"}]}""")]
    [InlineData("event", """{"seq":0}""")]
    [InlineData("event", """{"seq":1.5}""")]
    [InlineData("event", """{"lesson":{"id":"a"}}""")]
    [InlineData("event", """{"help":{"call":"standby","since":"2026-11-23T08:30:00Z","missing":[],"faults":[{}],"figures":[]}}""")]
    [InlineData("event", """{"help":{"call":"standby","since":"2026-11-23T08:30:00Z","missing":[],"faults":[],"figures":[{"ago":-1,"figures":[]}]}}""")]
    [InlineData("reply", """{"id":"A/b"}""")]
    [InlineData("reply", """{"outcome":"maybe"}""")]
    [InlineData("show-message", """{"expires":"tomorrow"}""")]
    [InlineData("show-message", """{"text":1}""")]
    [InlineData("set-log-level", """{"level":"verbose"}""")]
    [InlineData("set-log-level", """{"minutes":0}""")]
    [InlineData("set-log-level", """{"minutes":1441}""")]
    [InlineData("reboot", """{"id":"A"}""")]
    [InlineData("selftest", """{"seconds":-1}""")]
    [InlineData("selftest", """{"checks":[{}]}""")]
    public void A_document_that_breaks_the_contract_is_found(string schema, string change)
    {
        var good = Json(Samples.All().First(sample => sample.Schema == schema).Document).EnumerateObject().ToDictionary(field => field.Name, field => field.Value);
        foreach (var field in Json(change).EnumerateObject())
            good[field.Name] = field.Value;
        Assert.NotEmpty(Problems(schema, JsonSerializer.SerializeToElement(good)));
    }

    [Theory]
    [InlineData("stamp", typeof(Stamp))]
    [InlineData("receipt", typeof(LaunchReceipt))]
    [InlineData("presence", typeof(Presence))]
    [InlineData("about", typeof(About))]
    [InlineData("call", typeof(CallStatus))]
    [InlineData("event", typeof(KitEvent))]
    [InlineData("health", typeof(HealthStatus))]
    [InlineData("check", typeof(CheckStatus))]
    [InlineData("measure", typeof(Measure))]
    [InlineData("selftest", typeof(Selftest))]
    [InlineData("metrics", typeof(Metrics))]
    [InlineData("lesson", typeof(LessonRecord))]
    [InlineData("minutes", typeof(LessonMinutes))]
    [InlineData("lost", typeof(LostMinutes))]
    [InlineData("quality", typeof(LessonQuality))]
    [InlineData("range", typeof(QualityRange))]
    [InlineData("change", typeof(LessonChange))]
    [InlineData("help", typeof(HelpReport))]
    [InlineData("events-dropped", typeof(EventsDropped))]
    [InlineData("help-fault", typeof(HelpFault))]
    [InlineData("help-figures", typeof(HelpFigures))]
    [InlineData("request", typeof(Request))]
    [InlineData("show-message", typeof(ShowMessage))]
    [InlineData("set-log-level", typeof(SetLogLevel))]
    [InlineData("reply", typeof(Reply))]
    public void Every_field_of_a_record_stands_in_the_contract_and_none_besides(string schema, Type record) => Assert.Equal(
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(field => JsonNamingPolicy.CamelCase.ConvertName(field.Name)).Order(),
        FieldsOf(schema).Order());

    [Theory]
    [InlineData("stamp", "clock", typeof(ClockState))]
    [InlineData("presence", "state", typeof(PresenceState))]
    [InlineData("call", "state", typeof(CallPhase))]
    [InlineData("health", "state", typeof(KitHealth))]
    [InlineData("help", "call", typeof(CallPhase))]
    [InlineData("reply", "outcome", typeof(Outcome))]
    [InlineData("check", "verdict", typeof(Verdict))]
    [InlineData("check", "severity", typeof(Severity))]
    [InlineData("lesson", "verdict", typeof(LessonVerdict))]
    public void Every_member_of_an_enum_stands_in_the_contract_and_none_besides(string schema, string field, Type words) => Assert.Equal(
        Enum.GetNames(words).Select(JsonNamingPolicy.KebabCaseLower.ConvertName).Order(),
        Own(schema).GetProperty("properties").GetProperty(field).GetProperty("enum").EnumerateArray().Select(word => word.GetString()!).Order());

    [Fact]
    public void Every_channel_stands_in_the_contract_with_its_topic_and_whether_it_is_kept()
    {
        var channels = Contract.GetProperty("channels");
        Assert.Equal(Enum.GetValues<Channel>().Length, channels.EnumerateObject().Count());
        foreach (var channel in Enum.GetValues<Channel>())
        {
            var topic = new Topic(KitId.Parse("kit"), channel);
            var name = JsonNamingPolicy.KebabCaseLower.ConvertName(channel.ToString());
            var address = channels.GetProperty(name).GetProperty("address").GetString()!;
            Assert.Equal(Topic.OfKit(topic.Kit, channel), Regex.Replace(address.Replace("{kit}", "kit", StringComparison.Ordinal), @"\{\w+\}", "+"));
            var mqtt = Contract.GetProperty("operations").GetProperty(name).GetProperty("bindings").GetProperty("mqtt");
            Assert.Equal((1, topic.IsRetained), (mqtt.GetProperty("qos").GetInt32(), mqtt.GetProperty("retain").GetBoolean()));
        }
    }

    [Fact]
    public void Every_message_has_a_valid_example() => Assert.All(Contract.GetProperty("components").GetProperty("messages").EnumerateObject(), message =>
        Assert.Empty(Check.Problems(message.Value.GetProperty("payload"), message.Value.GetProperty("examples")[0].GetProperty("payload"))));

    [Fact]
    public void Every_example_of_what_a_kit_tells_shows_every_field() => Assert.All(Contract.GetProperty("components").GetProperty("messages").EnumerateObject(), message =>
        Assert.Empty(FieldsOf(message.Name).Except(message.Value.GetProperty("examples")[0].GetProperty("payload").EnumerateObject().Select(field => field.Name))));

    [Fact]
    public void Only_requests_come_to_the_kit() => Assert.Equal(
        ["request"], Contract.GetProperty("operations").EnumerateObject().Where(o => o.Value.GetProperty("action").GetString() != "send").Select(o => o.Name));

    [Fact]
    public void Every_request_is_a_message_of_the_contract_with_a_schema_of_its_own()
    {
        var messages = Contract.GetProperty("channels").GetProperty("request").GetProperty("messages").EnumerateObject().Select(message => message.Name);
        Assert.Equal(RequestName.All, messages);
        Assert.All(RequestName.All, name =>
            Assert.Equal($"#/components/schemas/{name}", Contract.GetProperty("components").GetProperty("messages").GetProperty(name).GetProperty("payload").GetProperty("$ref").GetString()));
    }

    [Fact]
    public void A_level_may_last_as_long_as_the_contract_says()
    {
        var fields = Own(RequestName.SetLogLevel).GetProperty("properties");
        Assert.Equal(SetLogLevel.Longest, fields.GetProperty("minutes").GetProperty("maximum").GetInt32());
        Assert.Equal(SetLogLevel.Levels, fields.GetProperty("level").GetProperty("enum").EnumerateArray().Select(level => level.GetString()!));
    }

    [Fact]
    public void A_text_for_the_room_may_be_as_long_as_the_contract_says() =>
        Assert.Equal(ShowMessage.Longest, Own("show-message").GetProperty("properties").GetProperty("text").GetProperty("maxLength").GetInt32());

    [Fact]
    public void Every_reference_leads_somewhere() => Assert.All(References(Contract), reference => Check.Find(reference));

    private static IEnumerable<string> Problems(string schema, JsonElement document) => Check.Problems(Schemas.GetProperty(schema), document);

    private static IEnumerable<string> FieldsOf(string schema) => Own(schema).GetProperty("properties").EnumerateObject().Select(field => field.Name);

    // A document's own half; the other is the stamp.
    private static JsonElement Own(string schema)
    {
        var whole = Schemas.GetProperty(schema);
        var own = whole.TryGetProperty("allOf", out var parts) ? parts.EnumerateArray().Last() : whole;
        return own.TryGetProperty("$ref", out var other) ? Check.Find(other.GetString()!) : own;
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => field.Name == "$ref" ? [field.Value.GetString()!] : References(field.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static JsonElement Json(byte[] document) => JsonDocument.Parse(document).RootElement;

    private static JsonElement Json(string document) => JsonDocument.Parse(document).RootElement;
}
