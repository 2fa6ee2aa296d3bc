using System.Collections.Immutable;
using System.Text.Json;
using ClassContact.Messages;

namespace ClassContact.Agent.Privacy;

/// <summary>A field of a document.</summary>
/// <param name="Path">The way to it: <c>receipt.joined</c>, <c>checks[].code</c>.</param>
/// <param name="Type">As JSON Schema calls it.</param>
/// <param name="Description">What it says.</param>
internal sealed record ContractField(string Path, string Type, string Description);

/// <summary>A channel of the contract.</summary>
/// <param name="Channel">Which one.</param>
/// <param name="Topic">Its topic, with <c>{kit}</c> for the kit's name.</param>
/// <param name="Retained">Whether the broker keeps the newest document.</param>
/// <param name="Description">What it is, and when it is sent.</param>
/// <param name="Fields">Everything that its documents may hold.</param>
/// <param name="Example">A document with all of it.</param>
internal sealed record ContractChannel(Channel Channel, string Topic, bool Retained, string Description, ImmutableArray<ContractField> Fields, JsonElement Example);

/// <summary>The contract of the wire, as a reader of it wants to see it.</summary>
internal sealed class Contract
{
    private readonly JsonElement root;

    private Contract(JsonElement root) => this.root = root;

    /// <summary>Every channel on which a kit tells something, in the contract's order.</summary>
    /// <exception cref="InvalidDataException">The contract and the code do not fit: a test finds that before anybody does.</exception>
    public static ImmutableArray<ContractChannel> Read()
    {
        var contract = new Contract(WireContract.Read());
        return [.. contract.root.GetProperty("channels").EnumerateObject().Where(contract.IsSent).Select(contract.ChannelOf)];
    }

    private bool IsSent(JsonProperty channel) => Text(root.GetProperty("operations").GetProperty(channel.Name), "action") == "send";

    private ContractChannel ChannelOf(JsonProperty channel)
    {
        var address = Text(channel.Value, "address");
        if (!Topic.TryParse(address.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), out var topic)) // a parameter's name is a level, too
            throw new InvalidDataException($"the contract's {address} is no channel");
        var operation = root.GetProperty("operations").GetProperty(channel.Name).GetProperty("bindings").GetProperty("mqtt");
        var message = root.GetProperty("components").GetProperty("messages").GetProperty(channel.Name);
        return new(
            topic.Channel, address, operation.GetProperty("retain").GetBoolean(), Text(channel.Value, "description"), [.. Fields("", message.GetProperty("payload"))],
            message.GetProperty("examples")[0].GetProperty("payload"));
    }

    private IEnumerable<ContractField> Fields(string way, JsonElement schema)
    {
        schema = Resolved(schema);
        if (schema.TryGetProperty("allOf", out var parts))
            return parts.EnumerateArray().SelectMany(part => Fields(way, part));
        return schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().SelectMany(p => Field(way.Length == 0 ? p.Name : $"{way}.{p.Name}", p.Value))
            : [];
    }

    private IEnumerable<ContractField> Field(string way, JsonElement schema)
    {
        var resolved = Resolved(schema);
        yield return new(way, Text(resolved, "type"), Text(schema, "description") is { Length: > 0 } own ? own : Text(resolved, "description"));
        var below = resolved.TryGetProperty("items", out var items) ? Fields($"{way}[]", items) : Fields(way, resolved);
        foreach (var field in below)
            yield return field;
    }

    private JsonElement Resolved(JsonElement schema)
    {
        if (!schema.TryGetProperty("$ref", out var reference))
            return schema;
        return reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(root, (at, name) => at.GetProperty(name));
    }

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var text) ? text.GetString()! : "";
}
