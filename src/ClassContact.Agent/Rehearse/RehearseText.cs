using System.Globalization;
using ClassContact.Agent.Watch;
using ClassContact.Agent.Words;
using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Rehearse;

/// <summary>A rehearsal in words.</summary>
internal static class RehearseText
{
    /// <summary>A selector of one's own file may be long.</summary>
    private const int Shown = 120;

    /// <summary>One point, on one line: <c>ok      0.12 s  step 2: click #register</c>.</summary>
    public static string Line(RehearsalPoint point)
    {
        var title = point.Step is { } step
            ? CliWords.Say("rehearse.point.step", ("number", $"{point.Number}"), ("what", What(step)))
            : CliWords.Of("rehearse.point", point.Point);
        var found = point.Found is null ? "" : $" ({Printable.Of(point.Found, Shown)})";
        return string.Create(CultureInfo.InvariantCulture, $"{CliWords.Of("rehearse.result", point.Result),-12}{point.Took.TotalSeconds,6:0.00} s  {title}{found}");
    }

    /// <summary>What the technician does next, by the first point that failed; null when none did.</summary>
    /// <param name="rehearsal">What was seen.</param>
    /// <param name="setup">Names the file to change.</param>
    public static string? Remedy(Rehearsal rehearsal, Setup setup) => rehearsal.Points.FirstOrDefault(p => p.Result is Result.Failed) switch
    {
        null => null,
        { Point: Point.Step, Step: { } step, Number: var number } => CliWords.Say(
            "rehearse.remedy.step", ("number", $"{number}"), ("count", $"{setup.Meeting.Steps!.Count}"), ("what", What(step)), ("file", setup.Kit.Meeting.Description)),
        { Point: Point.Joined } when setup.Meeting.Joined is { } joined => CliWords.Say(
            "rehearse.remedy.joined", ("selector", Printable.Of(joined, Shown)), ("file", setup.Kit.Meeting.Description)),
        { Point: Point.Joined } => CliWords.Say("rehearse.remedy.no-tracks"),
        { Point: Point.Page, Found: { } found } when found.StartsWith("HTTP ", StringComparison.Ordinal) => CliWords.Say("rehearse.remedy.page-error", ("status", found)),
        { Point: Point.Selector } point => CliWords.Say("rehearse.remedy.selector", ("field", point.Found!), ("file", setup.Kit.Meeting.Description)),
        { Point: Point.Host } => CliWords.Say("rehearse.remedy.host", ("file", setup.Kit.Meeting.Description)),
        { Point: var point } => CliWords.Of("rehearse.remedy", point),
    };

    private static string What(MeetingStep step) =>
        $"{(step.WaitFor is not null ? "waitFor" : step.Click is not null ? "click" : "fill")} {Printable.Of(step.Selector, Shown)}";
}
