using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClassContact.Messages.Tests;

/// <summary>
/// The keywords of JSON Schema that the contract uses, and no others: one that it does not know is a failure, never ignored.
/// A package for this exists, but not everywhere with what it needs.
/// </summary>
internal sealed class SchemaCheck(JsonElement root)
{
    /// <summary>Every place where the document breaks the schema; none when it is valid.</summary>
    internal IEnumerable<string> Problems(JsonElement schema, JsonElement value, string at = "$") =>
        schema.EnumerateObject().SelectMany(keyword => Apply(keyword.Name, keyword.Value, schema, value, at));

    internal JsonElement Find(string reference) =>
        reference.Split('/').Skip(1).Aggregate(root, (element, step) => element.GetProperty(step));

    private IEnumerable<string> Apply(string keyword, JsonElement rule, JsonElement schema, JsonElement value, string at) => keyword switch
    {
        "description" or "default" => [],
        "$ref" => Problems(Find(rule.GetString()!), value, at),
        "allOf" => rule.EnumerateArray().SelectMany(part => Problems(part, value, at)),
        "type" => IsOf(rule.GetString()!, value) ? [] : [$"{at} is a {value.ValueKind}, not {rule}"],
        "const" => JsonElement.DeepEquals(rule, value) ? [] : [$"{at} is {value}, not {rule}"],
        "enum" => rule.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)) ? [] : [$"{at} is {value}, not one of {rule}"],
        "pattern" => Regex.IsMatch(value.GetString()!, rule.GetString()!) ? [] : [$"{at} is {value}, not like {rule}"],
        "maxLength" => value.GetString()!.EnumerateRunes().Count() <= rule.GetInt32() ? [] : [$"{at} is longer than {rule}"],
        "minimum" => value.GetDouble() >= rule.GetDouble() ? [] : [$"{at} is {value}, below {rule}"],
        "maximum" => value.GetDouble() <= rule.GetDouble() ? [] : [$"{at} is {value}, above {rule}"],
        "format" => IsDateTime(rule, value) ? [] : [$"{at} is {value}, not a {rule}"],
        "items" => value.EnumerateArray().SelectMany((item, index) => Problems(rule, item, $"{at}[{index}]")),
        "required" => rule.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{at}.{name} is missing"),
        "properties" => rule.EnumerateObject().SelectMany(property =>
            value.TryGetProperty(property.Name, out var field) ? Problems(property.Value, field, $"{at}.{property.Name}") : []),
        "additionalProperties" => rule.GetBoolean() ? [] : value.EnumerateObject()
            .Where(field => !schema.GetProperty("properties").TryGetProperty(field.Name, out _)).Select(field => $"{at}.{field.Name} is unknown"),
        _ => throw new NotSupportedException($"{at}: the keyword '{keyword}'"),
    };

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"the type '{type}'"),
    };

    // RFC 3339, which wants seconds and an offset.
    private static bool IsDateTime(JsonElement rule, JsonElement value) =>
        rule.GetString() == "date-time"
        && Regex.IsMatch(value.GetString()!, @"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\z")
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
