using System.Globalization;
using System.Text.Json;
using ClassContact.Kit.Health;
using ClassContact.Kit.Screen;
using ClassContact.Messages;

namespace ClassContact.Kit.Diagnosis;

/// <summary>A diagnosis in the words of one language. Where a check lacks some, its codes stand in: a diagnosis stands on little.</summary>
public sealed class DiagnosisWords(Words words)
{
    // In this order a summary counts; only what was looked at and is good counts as passed.
    private static readonly Verdict[] Order =
        [Verdict.Pass, Verdict.Warn, Verdict.Fail, Verdict.Error, Verdict.CannotTell, Verdict.NeedsPerson, Verdict.Skipped];

    /// <summary>A sentence of the table itself.</summary>
    public string this[string key] => words[$"diagnose.{key}"];

    /// <summary>A sentence of the table itself, with its placeholders filled.</summary>
    public string Say(string key, params ReadOnlySpan<(string Name, string Value)> fills) => words.Say($"diagnose.{key}", fills);

    /// <summary>What a check looks at.</summary>
    public string Title(Check check) => words.Find($"check.{check.Code}.title") ?? check.Code;

    /// <summary>A mark and a word: <c>✓ bon</c>.</summary>
    public string Of(Verdict verdict) => words[$"diagnose.verdict.{Kebab(verdict)}"];

    /// <summary>What is wrong, or why it was not looked at; null for a pass.</summary>
    public string? What(CheckResult result) => About(result, "what");

    /// <summary>What to do about it; null for what is no fault.</summary>
    public string? Remedy(CheckResult result) => result.IsFault ? About(result, "do") : null;

    /// <summary>"12 réussis, 1 à surveiller, 1 en défaut, 3 non vérifiés"; what is not there is not counted.</summary>
    public string Summary(IReadOnlyCollection<CheckResult> results) => string.Join(", ",
        from verdict in Order
        let count = results.Count(r => r.Finding.Verdict == verdict)
        where count > 0
        select Say($"count.{Kebab(verdict)}.{(count == 1 ? "one" : "many")}", ("count", count.ToString(CultureInfo.InvariantCulture))));

    /// <summary>A figure with its name, its unit and its limit: <c>écart: 42 ms (limite 300 ms)</c>. Where there are no words for it, it goes by its name.</summary>
    public string Of(Measure measure) => Say(
        "measured",
        ("name", Name(measure.Name)), ("value", Value(measure)));

    private string Name(string name) => words.Find($"diagnose.measure.{name}")
        ?? (name.EndsWith(".duration", StringComparison.Ordinal) ? this["measure.duration"] : name.Replace("classcontact.", "", StringComparison.Ordinal));

    private string Value(Measure measure)
    {
        var value = Number(measure.Value, measure.Unit);
        return measure.Limit is { } limit ? Say("limit", ("value", value), ("limit", Number(limit, measure.Unit))) : value;
    }

    private string Number(double value, string unit)
    {
        (value, unit) = unit switch
        {
            "1" => (value * 100, "%"),
            "By" => Math.Abs(value) switch { >= 1e9 => (value / 1e9, "GBy"), >= 1e6 => (value / 1e6, "MBy"), >= 1e3 => (value / 1e3, "kBy"), _ => (value, unit) },
            _ => (value, unit.StartsWith('{') ? "" : unit),
        };
        var number = (Math.Abs(value) >= 100 ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("0.##", CultureInfo.InvariantCulture))
            .Replace(".", this["decimal"], StringComparison.Ordinal);
        return unit.Length == 0 ? number : $"{number}\u00a0{words.Find($"diagnose.unit.{unit}") ?? unit}";
    }

    private string? About(CheckResult result, string aspect) => result.Finding.Reason switch
    {
        null => null,
        (CheckRun.TooSlow or CheckRun.Broke or UnseenException.NotAllowed) and var reason => this[$"{reason}.{aspect}"],
        var reason => words.Find($"check.{result.Check.Code}.{reason}.{aspect}") ?? reason,
    };

    private static string Kebab(Verdict verdict) => JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString());
}
