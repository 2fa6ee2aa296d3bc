using System.Globalization;
using ClassContact.Agent.Words;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ClassContact.Agent.Watch;

/// <summary>Kits as a table. Each colour only repeats what a word or a mark says already.</summary>
internal static class KitTable
{
    /// <summary>From this width on all have columns of their own; on a narrower terminal the place stands below the kit, and the time below the call.</summary>
    private const int Wide = 110;

    /// <summary>Characters of a kit's name, or of a school with its room, beyond which it is cut.</summary>
    private const int WideColumn = 34;
    private const int NarrowColumn = 26;

    internal static IRenderable Of(IReadOnlyList<KitRow> rows, int width)
    {
        var table = new Table { Border = TableBorder.Simple, Expand = true };
        foreach (var name in width >= Wide ? new[] { "kit", "where", "presence", "call", "since", "health", "note" } : ["kit", "presence", "call", "health", "note"])
            table.AddColumn(new TableColumn(new Text(CliWords.Say($"watch.column.{name}"), new(decoration: Decoration.Bold))) { NoWrap = name != "note" });
        foreach (var row in rows)
            table.AddRow(width >= Wide ? WideCells(row) : NarrowCells(row));
        return table;
    }

    /// <summary>"12 kits at broker.example.org:8883, 1 with trouble".</summary>
    internal static IRenderable Title(IReadOnlyList<KitRow> rows, string broker) => new Text(
        CliWords.Say(
            "watch.title",
            ("kits", Number(rows.Count)),
            ("broker", broker),
            ("trouble", Number(rows.Count(row => row.Concern is Concern.Trouble)))),
        new(decoration: Decoration.Bold));

    /// <summary>How many messages are not shown; null for none.</summary>
    internal static IRenderable? Unreadable(int count) =>
        count == 0 ? null : new Text(CliWords.Say("watch.unreadable", ("count", Number(count))), Color.Yellow);

    private static IEnumerable<IRenderable> WideCells(KitRow row) =>
    [
        new Text(Printable.Of(row.Kit, WideColumn)), new Text(Printable.Of(row.Where, WideColumn)),
        new Text(row.Presence, StyleOf(row)), new Text(row.Call, StyleOf(row)), new Text(row.Since), new Text(row.Health, StyleOf(row)), new Text(row.Note, StyleOf(row)),
    ];

    private static IEnumerable<IRenderable> NarrowCells(KitRow row) =>
    [
        Below(new(Printable.Of(row.Kit, NarrowColumn)), Printable.Of(row.Where, NarrowColumn)),
        new Text(row.Presence, StyleOf(row)), Below(new(row.Call, StyleOf(row)), row.Since), new Text(row.Health, StyleOf(row)), new Text(row.Note, StyleOf(row)),
    ];

    private static IRenderable Below(Text upper, string lower) => lower.Length == 0 ? upper : new Rows(upper, new Text(lower, Color.Grey));

    private static Style StyleOf(KitRow row) => new(row.Concern switch
    {
        Concern.Trouble => Color.Red,
        Concern.Doubt or Concern.Degraded => Color.Yellow,
        Concern.InClass => Color.Green,
        Concern.Away => Color.Grey,
        _ => Color.Default,
    });

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
