using System.Text.Json;

namespace ClassContact.Agent.Tests.Privacy;

/// <summary>The ways to the fields of a document, as <c>classcontact privacy</c> writes them: <c>receipt.joined</c>, <c>checks[].code</c>.</summary>
internal static class JsonPaths
{
    public static IEnumerable<string> Of(string document)
    {
        using var json = JsonDocument.Parse(document);
        return [.. Below("", json.RootElement).Distinct()];
    }

    private static IEnumerable<string> Below(string way, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(field =>
            Below(way.Length == 0 ? field.Name : $"{way}.{field.Name}", field.Value).Prepend(way.Length == 0 ? field.Name : $"{way}.{field.Name}")),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(element => Below($"{way}[]", element)),
        _ => [],
    };
}
