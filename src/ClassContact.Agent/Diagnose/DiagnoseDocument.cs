using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Agent.Diagnose;

/// <summary>A diagnosis for a program.</summary>
/// <param name="V">Version of this shape; within it fields are only added.</param>
/// <param name="Kit">The kit's name.</param>
/// <param name="At">When it began, UTC by the kit's clock.</param>
/// <param name="Clock">Whether <paramref name="At"/> can be trusted.</param>
/// <param name="Agent">Version of this program.</param>
/// <param name="Os">The operating system, as it names itself.</param>
/// <param name="Browser">Product and version, where an agent runs that knows.</param>
/// <param name="Ready">Nothing that stops a call failed, and none of it went unseen: exit code 0.</param>
/// <param name="Counts">How many checks had which verdict.</param>
/// <param name="Checks">In the list's order.</param>
internal sealed record DiagnoseDocument(
    int V, string Kit, DateTimeOffset At, ClockState Clock, string Agent, string Os, string? Browser, bool Ready,
    IReadOnlyDictionary<string, int> Counts, IReadOnlyList<CheckDocument> Checks)
{
    /// <summary>Indented: a person reads it too.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, new DiagnoseJson(new JsonSerializerOptions(DiagnoseJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // "à", not "\u00E0": no browser reads this
    }).DiagnoseDocument);
}

/// <summary>One check of it.</summary>
/// <param name="Code">Which check.</param>
/// <param name="Title">In the language asked for, as are the other texts.</param>
/// <param name="Thing">What it is about.</param>
/// <param name="Severity">What a fault of it means.</param>
/// <param name="Verdict">What it found.</param>
/// <param name="Reason">Why, as a code; null for a pass.</param>
/// <param name="Found">What was found.</param>
/// <param name="BecauseOf">Code of the check whose fault explains this one.</param>
/// <param name="What">What is wrong, or why it was not looked at.</param>
/// <param name="Remedy">What to do about it.</param>
/// <param name="Milliseconds">How long it looked.</param>
/// <param name="Measures">What was measured, with limits.</param>
internal sealed record CheckDocument(
    string Code, string Title, Thing Thing, Severity Severity, Verdict Verdict, string? Reason, string? Found, string? BecauseOf,
    string? What, string? Remedy, int Milliseconds, IReadOnlyList<Measure> Measures)
{
    /// <summary>One result.</summary>
    public static CheckDocument Of(CheckResult result, DiagnosisWords words) => new(
        result.Check.Code, words.Title(result.Check), result.Check.Thing, result.Check.Severity, result.Finding.Verdict, result.Finding.Reason,
        result.Finding.Found, result.BecauseOf, words.What(result), words.Remedy(result), (int)result.Took.TotalMilliseconds, result.Finding.Measures);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters = [typeof(WordConverter<ClockState>), typeof(WordConverter<Verdict>), typeof(WordConverter<Severity>), typeof(WordConverter<Thing>)])]
[JsonSerializable(typeof(DiagnoseDocument))]
internal sealed partial class DiagnoseJson : JsonSerializerContext;
