using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClassContact.Kit.Settings;
using ClassContact.Messages;

namespace ClassContact.Agent.Rehearse;

/// <summary>A rehearsal for a program.</summary>
/// <param name="V">Version of this shape; within it fields are only added.</param>
/// <param name="Kit">The kit's name.</param>
/// <param name="Meeting">The name of the meeting's description.</param>
/// <param name="At">When it began, UTC by the kit's clock.</param>
/// <param name="Good">Nothing failed: exit code 0.</param>
/// <param name="Points">In the order in which they were reached; the first that failed is the one to mend.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record RehearseDocument(int V, string Kit, string Meeting, DateTimeOffset At, bool Good, IReadOnlyList<PointDocument> Points, string? Remedy)
{
    /// <summary>Of a rehearsal.</summary>
    public static RehearseDocument Of(Rehearsal rehearsal, Setup setup, DateTimeOffset at, bool good) => new(
        1, setup.Kit.Kit, setup.Meeting.Name, at, good, [.. rehearsal.Points.Select(PointDocument.Of)], RehearseText.Remedy(rehearsal, setup));

    /// <summary>Indented: a person reads it too.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, new RehearseJson(new JsonSerializerOptions(RehearseJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // selectors hold > and ': no browser reads this
    }).RehearseDocument);
}

/// <summary>One point of it.</summary>
/// <param name="Point">Which.</param>
/// <param name="Result">How it went.</param>
/// <param name="Milliseconds">Since the point before.</param>
/// <param name="Found">What was found, never an address.</param>
/// <param name="Number">A step's number, from 1.</param>
/// <param name="Selector">A step's selector.</param>
internal sealed record PointDocument(Point Point, Result Result, int Milliseconds, string? Found, int? Number, string? Selector)
{
    /// <summary>One point.</summary>
    public static PointDocument Of(RehearsalPoint point) =>
        new(point.Point, point.Result, (int)point.Took.TotalMilliseconds, point.Found, point.Number, point.Step?.Selector);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters = [typeof(WordConverter<Point>), typeof(WordConverter<Result>)])]
[JsonSerializable(typeof(RehearseDocument))]
internal sealed partial class RehearseJson : JsonSerializerContext;
