using System.Globalization;
using ClassContact.Agent.Watch;
using ClassContact.Agent.Words;
using ClassContact.Messages;
using Spectre.Console;

namespace ClassContact.Agent.Lessons;

/// <summary>Lessons as a table, the newest first. Each colour only repeats what a word and a mark say already.</summary>
internal static class LessonTable
{
    private const int LongestValue = 60;

    private static readonly string[] Minutes = ["total", "open", "pupil", "ours", "far-side", "network", "meeting"];

    /// <summary>The table.</summary>
    internal static Table Of(IReadOnlyList<LessonRecord> lessons)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(Column("start"));
        foreach (var name in Minutes)
            table.AddColumn(Column(name).RightAligned());
        table.AddColumn(new TableColumn(new Text(CliWords.Say("lessons.column.verdict"))));
        foreach (var lesson in lessons)
            table.AddRow([new Text(lesson.Start.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)), .. MinutesOf(lesson), Verdict(lesson)]);
        return table;
    }

    private static TableColumn Column(string name) => new(new Text(CliWords.Say($"lessons.column.{name}"))) { NoWrap = true };

    private static IEnumerable<Text> MinutesOf(LessonRecord lesson) =>
        new[] { lesson.Minutes.Total, lesson.Minutes.Open, lesson.Minutes.WithPupil, lesson.Lost.Ours, lesson.Lost.FarSide, lesson.Lost.Network, lesson.Lost.Meeting }
            .Select(minutes => new Text(minutes.ToString("0.0", CultureInfo.InvariantCulture), minutes > 0 ? Style.Plain : Color.Grey));

    private static Rows Verdict(LessonRecord lesson)
    {
        var verdict = CliWords.Of("lesson", lesson.Verdict);
        var text = lesson.Verdict is LessonVerdict.Good ? verdict : CliWords.Say("lessons.reason", ("verdict", verdict), ("reason", Printable.Of(lesson.Reason, LongestValue)));
        var changes = (lesson.Changed ?? []).Select(change => new Text(
            CliWords.Say(
                "lessons.changed", ("what", Printable.Of(change.What, LongestValue)), ("was", Printable.Of(change.Was, LongestValue)), ("now", Printable.Of(change.Now, LongestValue))),
            Color.Grey));
        return new([new Text(text, StyleOf(lesson.Verdict)), .. changes]);
    }

    private static Style StyleOf(LessonVerdict verdict) => new(verdict switch
    {
        LessonVerdict.Good => Color.Green,
        LessonVerdict.Disturbed => Color.Yellow,
        LessonVerdict.Failed => Color.Red,
        _ => Color.Grey,
    });
}
