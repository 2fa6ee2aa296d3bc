using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Bundle;

/// <summary>A line of the journal.</summary>
/// <param name="Stamp">When, which unit, which level: none of it free text.</param>
/// <param name="Message">What was said, on one line.</param>
internal readonly record struct JournalLine(string Stamp, string Message);

/// <summary>What our units have said to the system's journal.</summary>
/// <param name="time">Of the deadline.</param>
[SupportedOSPlatform("linux")]
internal sealed partial class Journal(TimeProvider time)
{
    /// <summary>Of systemd.</summary>
    internal string Program { private get; init; } = "journalctl";

    /// <summary>A slow disk may have to be searched.</summary>
    internal TimeSpan Deadline { private get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The newest lines, the oldest first; or why there are none, as a code. Read on the caller's thread, as what would go on elsewhere, and the programs
    /// started there, would not have its low priority.</summary>
    /// <param name="most">So many bytes of text.</param>
    /// <param name="ct">Ends it.</param>
    internal (IReadOnlyList<JournalLine> Lines, string? Why) Read(int most, CancellationToken ct)
    {
        // A line of ours is some 150 bytes, and four to six times that as JSON with what the journal adds.
        var tool = new Tool(time) { Deadline = Deadline, MostBytes = 6 * most };
        ToolResult said = new ToolResult.TooMuch();
        for (var lines = Math.Clamp(most / 150, 200, 20_000); said is ToolResult.TooMuch && lines >= 20; lines /= 10)
            said = tool.Run(Program,
            [
                "--unit=classcontact-*", $"--lines={lines.ToString(CultureInfo.InvariantCulture)}", "--no-pager", "--quiet", "--output=json",
                "--output-fields=MESSAGE,PRIORITY,_SYSTEMD_UNIT,UNIT",
            ], [], ct).GetAwaiter().GetResult();
        return said switch
        {
            ToolResult.Output { Text: var text } => Newest(text, most) is { Count: > 0 } found ? (found, null) : ([], "empty"), // nothing was said, or this user may not read it
            ToolResult.Missing => ([], "no-journalctl"),
            ToolResult.Failed { ExitCode: 1 } => ([], "empty"), // no unit of that name in it
            ToolResult.TooSlow => ([], "too-slow"),
            ToolResult.TooMuch => ([], "too-much"),
            _ => ([], "failed"),
        };
    }

    private static List<JournalLine> Newest(string text, int most)
    {
        var newest = new List<JournalLine>();
        foreach (var entry in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (Line(entry) is not { } line)
                continue;
            most -= line.Stamp.Length + Encoding.UTF8.GetByteCount(line.Message) + 2;
            if (most < 0)
                break;
            newest.Add(line);
        }
        newest.Reverse();
        return newest;
    }

    // Time, unit, level, text, and nothing else of what the journal keeps.
    private static JournalLine? Line(string entry)
    {
        try
        {
            using var json = JsonDocument.Parse(entry);
            string Field(string name) => json.RootElement.TryGetProperty(name, out var value) ? Text(value) : "";
            var at = long.TryParse(Field("__REALTIME_TIMESTAMP"), CultureInfo.InvariantCulture, out var microseconds)
                ? DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : "?";
            var unit = new[] { Field("_SYSTEMD_UNIT"), Field("UNIT") }.FirstOrDefault(Unit().IsMatch, "?"); // systemd itself speaks of a unit, too
            var level = Field("PRIORITY") is [var digit and >= '0' and <= '7'] ? digit : '?';
            return new($"{at} {unit} <{level}>", Field("MESSAGE").ReplaceLineEndings(" "));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // What is no UTF-8 comes as a list of bytes.
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => Encoding.UTF8.GetString([.. value.EnumerateArray().Select(one => one.TryGetByte(out var b) ? b : (byte)'?')]),
        _ => "",
    };

    [GeneratedRegex(@"\Aclasscontact-[a-z-]+\.(?:service|path|timer|socket|target|slice)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Unit();
}
