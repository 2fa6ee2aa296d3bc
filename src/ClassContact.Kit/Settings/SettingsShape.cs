using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClassContact.Kit.Settings;

/// <summary>
/// Holds a document against the shape of a record. The deserialiser would stop at the first problem; a person wants them all.
/// </summary>
internal static class SettingsShape
{
    public static IEnumerable<(int Line, string Field, string Text)> Problems(LinedJson json, JsonTypeInfo type, string field = "")
    {
        if (json.Kind is JsonTokenType.Null)
            return [(json.Line, field, "may not be null: leave the line out instead")];
        return type.Kind switch
        {
            JsonTypeInfoKind.Object when json.Kind is JsonTokenType.StartObject => OfObject(json, type, field),
            JsonTypeInfoKind.Object => [(json.Line, field, "must be an object { … }")],
            JsonTypeInfoKind.Enumerable when json.Kind is JsonTokenType.StartArray =>
                json.Elements.SelectMany((e, i) => Problems(e, type.Options.GetTypeInfo(type.ElementType!), $"{field}[{i}]")),
            JsonTypeInfoKind.Enumerable => [(json.Line, field, "must be a list [ … ]")],
            JsonTypeInfoKind.Dictionary when json.Kind is JsonTokenType.StartObject =>
                OfDictionary(json, type, field),
            JsonTypeInfoKind.Dictionary => [(json.Line, field, "must be an object { … }")],
            _ => OfValue(json, Nullable.GetUnderlyingType(type.Type) ?? type.Type, field),
        };
    }

    private static IEnumerable<(int Line, string Field, string Text)> OfObject(LinedJson json, JsonTypeInfo type, string field)
    {
        // What only reads, such as a step's selector, is no setting.
        var settings = type.Properties.Where(p => p.AssociatedParameter is not null).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, line, value) in json.Fields)
        {
            var property = settings.FirstOrDefault(p => p.Name == name);
            if (property is null)
                yield return (line, Way(field, name), $"is not a setting (known here: {string.Join(", ", settings.Select(p => p.Name))})");
            else if (!seen.Add(name))
                yield return (line, Way(field, name), "stands twice");
            else
            {
                foreach (var problem in Problems(value, type.Options.GetTypeInfo(property.PropertyType), Way(field, name)))
                    yield return problem;
            }
        }
        foreach (var property in settings.Where(p => p.IsRequired && !seen.Contains(p.Name)))
            yield return (json.Line, Way(field, property.Name), "is missing");
    }

    private static IEnumerable<(int Line, string Field, string Text)> OfDictionary(LinedJson json, JsonTypeInfo type, string field)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, line, value) in json.Fields)
        {
            if (!seen.Add(name))
                yield return (line, Way(field, name), "stands twice");
            foreach (var problem in Problems(value, type.Options.GetTypeInfo(type.ElementType!), Way(field, name)))
                yield return problem;
        }
    }

    private static IEnumerable<(int Line, string Field, string Text)> OfValue(LinedJson json, Type type, string field)
    {
        var (fits, wanted) = type switch
        {
            _ when type == typeof(bool) => (json.Kind is JsonTokenType.True or JsonTokenType.False, "true or false"),
            _ when type == typeof(int) => (json.Kind is JsonTokenType.Number && json.IsInt32, "a whole number"),
            _ => (json.Kind is JsonTokenType.String, "a text in quotes"),
        };
        return fits ? [] : [(json.Line, field, $"must be {wanted}")];
    }

    private static string Way(string field, string name) => field.Length == 0 ? name : $"{field}.{name}";
}
