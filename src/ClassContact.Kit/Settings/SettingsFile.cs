using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ClassContact.Kit.Settings;

/// <summary>Reads a JSON file that a person wrote into a record, and names everything that is wrong with it at once.</summary>
internal static class SettingsFile
{
    /// <summary>A file of settings is a few kB; what is far longer is some other file.</summary>
    private const int LongestFile = 1024 * 1024;

    /// <param name="path">The file.</param>
    /// <param name="type">Source-generated metadata: the shape that the file must have.</param>
    /// <param name="problems">What the shape cannot say: each text begins with the field it is about.</param>
    public static Checked<T> Read<T>(string path, JsonTypeInfo<T> type, Func<T, IEnumerable<string>> problems)
        where T : class
    {
        byte[] utf8;
        try
        {
            if (Directory.Exists(path))
                return Bad<T>(path, null, "is a folder, not a file");
            if (new FileInfo(path) is { Exists: true, Length: 0 })
                return Bad<T>(path, null, "is empty, or no ordinary file"); // a pipe or a device would be read for ever
            if (new FileInfo(path).Length > LongestFile)
                return Bad<T>(path, null, $"is longer than {LongestFile} bytes: this is no settings file");
            utf8 = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Bad<T>(path, null, e switch
            {
                FileNotFoundException or DirectoryNotFoundException or ArgumentException => "does not exist",
                UnauthorizedAccessException => "may not be read by this user",
                _ => $"cannot be read: {e.Message}",
            });
        }
        try
        {
            if (utf8.AsSpan().StartsWith("\uFEFF"u8))
                utf8 = utf8[3..];
            if (!Utf8.IsValid(utf8))
                return Bad<T>(path, LineOfNoUtf8(utf8), "is not UTF-8 text here: save the file as UTF-8");
            return Checked(path, utf8, type, problems);
        }
        catch (JsonException e)
        {
            // The text of the file stays out of the message: a link may have been pasted into the wrong file.
            return Bad<T>(path, (int?)e.LineNumber + 1, "is not JSON here (a comma, a quote or a bracket is missing or too many)");
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

    private static int LineOfNoUtf8(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        while (Rune.DecodeFromUtf8(bytes, out var rune, out var length) is OperationStatus.Done)
        {
            line += rune.Value == '\n' ? 1 : 0;
            bytes = bytes[length..];
        }
        return line;
    }

    private static Checked<T> Bad<T>(string path, int? line, string text)
        where T : class => new(null, [new(path, line, "", text)]);
}
