using ClassContact.Agent.Watch;
using ClassContact.Kit.Diagnosis;
using ClassContact.Messages;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ClassContact.Agent.Diagnose;

/// <summary>A diagnosis as a table. Each colour only repeats what a word and a mark say already.</summary>
internal sealed class DiagnoseTable(DiagnosisWords words)
{
    /// <summary>From this width on what was found has a column of its own; on a narrower terminal it stands below what was measured.</summary>
    private const int Wide = 110;

    /// <summary>A device may call itself what it likes.</summary>
    private const int LongestFound = 120;

    /// <summary>The table.</summary>
    public IRenderable Of(IReadOnlyList<CheckResult> results, int width)
    {
        var wide = width >= Wide;
        var table = new Table { Border = TableBorder.Simple, Expand = true };
        foreach (var name in wide ? new[] { "verdict", "check", "measured", "found" } : ["verdict", "check", "measured"])
            table.AddColumn(new TableColumn(new Text(words[$"column.{name}"], new(decoration: Decoration.Bold))) { NoWrap = name == "verdict" });
        foreach (var result in results)
        {
            var style = StyleOf(result);
            var (measured, found) = (Measured(result), new Text(Printable.Of(result.Finding.Found, LongestFound)));
            IRenderable[] cells = [new Text(words.Of(result.Finding.Verdict), style), About(result, results, style)];
            table.AddRow(wide ? [.. cells, measured, found] : [.. cells, result.Finding.Found is null ? measured : new Rows(measured, found)]);
        }
        return table;
    }

    private Rows About(CheckResult result, IReadOnlyList<CheckResult> results, Style style)
    {
        var lines = new List<IRenderable> { new Text(words.Title(result.Check), result.IsFault ? new(style.Foreground, decoration: Decoration.Bold) : style) };
        if (words.What(result) is { } what)
            lines.Add(new Text(what, result.IsFault ? Style.Plain : style));
        if (result.BecauseOf is { } code)
            lines.Add(new Text(words.Say("because", ("title", words.Title(results.First(r => r.Check.Code == code).Check))), Color.Grey));
        else if (words.Remedy(result) is { } remedy)
            lines.Add(new Text($"→ {remedy}"));
        return new Rows(lines);
    }

    private Rows Measured(CheckResult result) =>
        new(result.Finding.Measures.Select(m => new Text($"{words.Name(m)}: {words.Value(m)}")));

    private static Style StyleOf(CheckResult result) => new(result.Finding.Verdict switch
    {
        Verdict.Pass => Color.Green,
        Verdict.Fail or Verdict.Error => Color.Red,
        Verdict.Skipped => Color.Grey,
        _ => Color.Yellow,
    });
}
