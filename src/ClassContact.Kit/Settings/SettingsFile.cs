using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClassContact.Kit.Settings;

/// <summary>Reads a JSON file that a person wrote into a record, and names everything that is wrong with it at once.</summary>
internal static class SettingsFile
{
    /// <param name="path">The file.</param>
    /// <param name="type">Source-generated metadata: the shape that the file must have.</param>
    /// <param name="problems">What the shape cannot say: each text begins with the field it is about.</param>
    public static Checked<T> Read<T>(string path, JsonTypeInfo<T> type, Func<T, IEnumerable<string>> problems)
        where T : class
    {
        var text = SettingsText.Read(path);
        if (text.Value is not { } utf8)
            return new(null, text.Problems);
        try
        {
            return Checked(path, utf8, type, problems);
        }
        catch (JsonException e)
        {
            // The text of the file stays out of the message: a link may have been pasted into the wrong file.
            return new(null, [new(path, (int?)e.LineNumber + 1, "", "is not JSON here (a comma, a quote or a bracket is missing or too many)")]);
        }
    }

    private static Checked<T> Checked<T>(string path, byte[] utf8, JsonTypeInfo<T> type, Func<T, IEnumerable<string>> problems)
        where T : class
    {
        var json = LinedJson.Parse(utf8);
        var found = SettingsShape.Problems(json, type).Select(p => new Problem(path, p.Line, p.Field, p.Text)).ToList();
        if (found.Count > 0)
            return new(null, found);
        var value = JsonSerializer.Deserialize(utf8, type)!;
        foreach (var text in problems(value))
        {
            var (field, rest) = text.IndexOf(' ') is var i and > 0 ? (text[..i], text[(i + 1)..]) : (text, "");
            found.Add(new(path, json.Nearest(field).Line, field, rest));
        }
        return new(value, found);
    }
}
