using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClassContact.Agent.Words;
using ClassContact.Messages;

namespace ClassContact.Agent.Privacy;

/// <summary>Everything that leaves a kit.</summary>
/// <param name="V">Version of this shape; within it fields are only added.</param>
/// <param name="Agent">Version of this program.</param>
/// <param name="Mqtt">What goes to the helpdesk's broker.</param>
/// <param name="Others">What else leaves the kit.</param>
/// <param name="Never">What never does.</param>
internal sealed record PrivacyDocument(
    int V, string Agent, IReadOnlyList<PrivacyChannel> Mqtt, IReadOnlyList<OtherTraffic> Others, IReadOnlyList<string> Never)
{
    // In the order in which a kit meets them.
    private static readonly string[] OtherNames = ["meeting", "broker", "enrolment", "bundle", "dns", "meeting-connection", "http", "stun", "probe", "system"];
    private static readonly string[] NeverNames = ["recording", "names", "addresses", "link", "keys", "listening"];

    /// <summary>Of this version of the software.</summary>
    public static PrivacyDocument Current { get; } = new(
        1, Product.Version,
        [.. Contract.Read().Select(PrivacyChannel.Of)],
        [.. OtherNames.Select(OtherTraffic.Of)],
        [.. NeverNames.Select(name => CliWords.Say($"privacy.never.{name}"))]);

    /// <summary>Indented: a person reads it too.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, new PrivacyJson(new JsonSerializerOptions(PrivacyJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // "É", not "\u00C9": no browser reads this
    }).PrivacyDocument);
}

/// <summary>One channel of the wire.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="Topic">Its topic, with <c>{kit}</c> for the kit's name.</param>
/// <param name="Retained">Whether the broker keeps the newest document.</param>
/// <param name="Description">What it is, and when it is sent.</param>
/// <param name="Why">What the helpdesk needs it for.</param>
/// <param name="Fields">Everything that its documents may hold.</param>
/// <param name="Example">A document with all of it.</param>
internal sealed record PrivacyChannel(
    Channel Channel, string Topic, bool Retained, string Description, string Why, IReadOnlyList<ContractField> Fields, JsonElement Example)
{
    /// <summary>A channel of the contract with its purpose and an example.</summary>
    public static PrivacyChannel Of(ContractChannel channel) => new(
        channel.Channel, channel.Topic, channel.Retained, channel.Description, CliWords.Of("privacy.why", channel.Channel), channel.Fields,
        channel.Example);
}

/// <summary>Something beside the broker that leaves the kit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="To">Where to.</param>
/// <param name="When">When.</param>
/// <param name="Carries">What is in it.</param>
/// <param name="Why">What for.</param>
internal sealed record OtherTraffic(string Name, string To, string When, string Carries, string Why)
{
    /// <summary>As the words say it.</summary>
    public static OtherTraffic Of(string name) =>
        new(name, CliWords.Say($"privacy.{name}.to"), CliWords.Say($"privacy.{name}.when"), CliWords.Say($"privacy.{name}.carries"), CliWords.Say($"privacy.{name}.why"));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, Converters = [typeof(WordConverter<Channel>)])]
[JsonSerializable(typeof(PrivacyDocument))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
