using System.Collections.Immutable;
using System.Text;
using ClassContact.Kit.Settings;

namespace ClassContact.Kit.Holidays;

/// <summary>
/// Reads the part of iCalendar (RFC 5545) that a list of holidays needs: events that last whole days. Other components are passed over.
/// </summary>
internal sealed class CalendarText
{
    /// <summary>A person mends no more at once, and a hostile file could have a hundred thousand.</summary>
    private const int MostProblems = 20;

    private readonly string path;
    private readonly List<Problem> problems = [];
    private readonly ImmutableArray<Holiday>.Builder holidays = ImmutableArray.CreateBuilder<Holiday>();
    private readonly Stack<string> open = new();
    private HolidayEvent? reading;

    private CalendarText(string path) => this.path = path;

    /// <summary>The holidays, or everything that is wrong with the file.</summary>
    public static Checked<HolidayCalendar> Read(string path, byte[] utf8)
    {
        var reader = new CalendarText(path);
        foreach (var line in ContentLine.Of(Encoding.UTF8.GetString(utf8)).TakeWhile(_ => reader.problems.Count < MostProblems))
            reader.Take(line);
        reader.Finish();
        return reader.problems.Count > 0 ? new(null, reader.problems) : new(new(reader.holidays.ToImmutable()), []);
    }

    private void Take(ContentLine line)
    {
        switch (line.Name)
        {
            case "BEGIN":
                Begin(line);
                break;
            case "END":
                End(line);
                break;
            case "":
                Add(line.Line, "", "is no iCalendar line (NAME:value)");
                break;
            default:
                if (open.Count == 0)
                    Add(line.Line, line.Name, "stands outside of BEGIN:VCALENDAR and END:VCALENDAR");
                else if (open.Peek() == "VEVENT")
                    reading?.Take(line);
                break;
        }
    }

    private void Begin(ContentLine line)
    {
        var component = line.Value.Trim().ToUpperInvariant();
        if (open.Count == 0 && component != "VCALENDAR")
            Add(line.Line, $"BEGIN:{component}", "stands where BEGIN:VCALENDAR should");
        open.Push(component);
        if (component == "VEVENT" && open.Count == 2)
            reading = new(line.Line);
    }

    private void End(ContentLine line)
    {
        var component = line.Value.Trim().ToUpperInvariant();
        if (open.Count == 0 || open.Pop() != component)
        {
            Add(line.Line, $"END:{component}", "does not end what was begun last");
            return;
        }
        if (component == "VEVENT" && open.Count == 1)
        {
            if (reading!.Holiday((at, field, text) => Add(at, field, text)) is { } holiday)
                holidays.Add(holiday);
            reading = null;
        }
    }

    private void Finish()
    {
        if (problems.Count >= MostProblems)
            Add(null, "", $"has more problems than these {MostProblems}: is it a calendar of holidays?");
        else if (open.Count > 0)
            Add(null, "", $"ends before END:{open.Peek()}: is it cut off?");
        else if (problems.Count == 0 && holidays.Count == 0)
            Add(null, "", "has no holiday in it");
    }

    private void Add(int? line, string field, string text) => problems.Add(new(path, line, Short(field), text));

    private static string Short(string field) => field.Length <= 40 ? field : field[..40] + "…";
}
