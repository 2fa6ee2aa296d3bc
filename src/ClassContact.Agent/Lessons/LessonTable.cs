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

    // All that fits beside a verdict into 80 columns.
    private static readonly string[] Minutes = ["total", "open", "pupil"];

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
        new[] { lesson.Minutes.Total, lesson.Minutes.Open, lesson.Minutes.WithPupil }
            .Select(minutes => new Text(Told(minutes), minutes > 0 ? Style.Plain : Color.Grey));

    private static IEnumerable<Text> LostOf(LessonRecord lesson) =>
        from lost in new[] { ("ours", lesson.Lost.Ours), ("far-side", lesson.Lost.FarSide), ("network", lesson.Lost.Network), ("meeting", lesson.Lost.Meeting), ("unwatched", lesson.Minutes.Unwatched) }
        where lost.Item2 >= 0.05
        select new Text(CliWords.Say($"lessons.lost.{lost.Item1}", ("minutes", Told(lost.Item2))));

    private static string Told(double minutes) => minutes.ToString("0.0", CultureInfo.InvariantCulture);

    private static Rows Verdict(LessonRecord lesson)
    {
        var verdict = CliWords.Of("lesson", lesson.Verdict);
        var text = lesson.Verdict is LessonVerdict.Good ? verdict : CliWords.Say("lessons.reason", ("verdict", verdict), ("reason", Printable.Of(lesson.Reason, LongestValue)));
        var changes = (lesson.Changed ?? []).Select(change => new Text(
            CliWords.Say(
                "lessons.changed", ("what", Printable.Of(change.What, LongestValue)), ("was", Printable.Of(change.Was, LongestValue)), ("now", Printable.Of(change.Now, LongestValue))),
            Color.Grey));
        return new([new Text(text, StyleOf(lesson.Verdict)), .. LostOf(lesson), .. changes]);
    }

    private static Style StyleOf(LessonVerdict verdict) => new(verdict switch
    {
        LessonVerdict.Good => Color.Green,
        LessonVerdict.Disturbed => Color.Yellow,
        LessonVerdict.Failed => Color.Red,
        _ => Color.Grey,
    });
}
