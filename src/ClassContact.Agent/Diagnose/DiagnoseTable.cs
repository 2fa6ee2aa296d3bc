using ClassContact.Agent.Watch;
using ClassContact.Kit.Diagnosis;
using ClassContact.Messages;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ClassContact.Agent.Diagnose;

/// <summary>A diagnosis as a table. Each colour only repeats what a word and a mark say already.</summary>
internal sealed class DiagnoseTable(DiagnosisWords words)
{
    /// <summary>From this width on figures have a column of their own; on a narrower terminal they stand below the title.</summary>
    private const int Wide = 110;

    /// <summary>A device may call itself what it likes.</summary>
    private const int LongestFound = 120;

    /// <summary>The table.</summary>
    public IRenderable Of(IReadOnlyList<CheckResult> results, int width)
    {
        var wide = width >= Wide;
        var table = new Table { Border = TableBorder.Simple };
        foreach (var name in wide ? new[] { "verdict", "check", "measured" } : ["verdict", "check"])
            table.AddColumn(new TableColumn(new Text(words[$"column.{name}"], new(decoration: Decoration.Bold))) { NoWrap = name == "verdict" });
        foreach (var result in results)
        {
            var verdict = new Text(words.Of(result.Finding.Verdict), StyleOf(result));
            if (wide)
                table.AddRow(verdict, new Rows([Title(result), .. About(result, results)]), new Rows(Measured(result)));
            else
                table.AddRow(verdict, new Rows([Title(result), .. Measured(result), .. About(result, results)]));
        }
        return table;
    }

    private Text Title(CheckResult result) =>
        new(words.Title(result.Check), result.IsFault ? new(StyleOf(result).Foreground, decoration: Decoration.Bold) : StyleOf(result));

    private IEnumerable<IRenderable> About(CheckResult result, IReadOnlyList<CheckResult> results)
    {
        if (words.What(result) is { } what)
            yield return new Text(what, result.IsFault ? Style.Plain : StyleOf(result));
        if (result.BecauseOf is { } code)
            yield return new Text(words.Say("because", ("title", words.Title(results.First(r => r.Check.Code == code).Check))), Color.Grey);
        else if (words.Remedy(result) is { } remedy)
            yield return new Text($"→ {remedy}");
    }

    private IEnumerable<IRenderable> Measured(CheckResult result)
    {
        foreach (var measure in result.Finding.Measures)
            yield return new Text(words.Of(measure), Color.Grey);
        if (result.Finding.Found is { } found)
            yield return new Text(Printable.Of(found, LongestFound), Color.Grey);
    }

    private static Style StyleOf(CheckResult result) => new(result.Finding.Verdict switch
    {
        Verdict.Pass => Color.Green,
        Verdict.Fail or Verdict.Error => Color.Red,
        Verdict.Skipped => Color.Grey,
        _ => Color.Yellow,
    });
}
