using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ClassContact.Agent.Privacy;

/// <summary>The contract of the wire, <c>configs/asyncapi.yaml</c>, as it was when this was built: the one place where channels and fields are described.</summary>
internal static class WireContract
{
    /// <summary>The whole of it, as JSON.</summary>
    /// <exception cref="YamlException">It is no YAML: a test finds that before anybody does.</exception>
    public static JsonElement Read()
    {
        using var file = typeof(WireContract).Assembly.GetManifestResourceStream("asyncapi.yaml")!;
        using var text = new StreamReader(file);
        var yaml = new YamlStream();
        yaml.Load(text);
        return JsonElement.Parse(JsonOf(yaml.Documents[0].RootNode)!.ToJsonString());
    }

    private static JsonNode? JsonOf(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(field => KeyValuePair.Create(((YamlScalarNode)field.Key).Value!, JsonOf(field.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(JsonOf)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),
    };

    // The core schema of YAML 1.2, as far as JSON has it.
    private static JsonValue? Plain(string text) => text switch
    {
        "" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
