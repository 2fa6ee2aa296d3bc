using System.Globalization;

namespace ClassContact.Kit.Holidays;

/// <summary>A VEVENT while it is read.</summary>
/// <param name="line">Where it begins, from 1.</param>
internal sealed class HolidayEvent(int line)
{
    /// <summary>A holiday that is longer is a slip of the pen.</summary>
    private const int LongestDays = 366;

    // What would repeat or move a day; we write each one out.
    private static readonly string[] Repeating = ["RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID"];

    private readonly Dictionary<string, ContentLine> once = [];
    private readonly List<(int Line, string Field, string Text)> problems = [];

    /// <summary>Takes one of its properties; those that change no day are passed over.</summary>
    public void Take(ContentLine property)
    {
        if (Repeating.Contains(property.Name))
            Add(property, "is not understood: write each holiday out as an event of its own");
        else if (property.Name is "DTSTART" or "DTEND" or "DURATION" or "SUMMARY" or "STATUS" && !once.TryAdd(property.Name, property))
            Add(property, "stands twice");
    }

    /// <summary>The holiday; null for one that is cancelled, or that has problems, which are told.</summary>
    /// <param name="tell">Takes a line, a property's name and what is wrong with it.</param>
    public Holiday? Holiday(Action<int, string, string> tell)
    {
        var first = once.TryGetValue("DTSTART", out var start) ? Day(start) : null;
        if (start.Name is null)
            problems.Add((line, "VEVENT", "has no DTSTART"));
        var last = first is { } day ? Last(day) : null;
        foreach (var (at, field, text) in problems)
            tell(at, field, text);
        var status = once.TryGetValue("STATUS", out var s) ? s.Value.Trim().ToUpperInvariant() : "";
        if (problems.Count > 0 || last is null || status == "CANCELLED")
            return null;
        return new(first!.Value, last.Value, once.TryGetValue("SUMMARY", out var name) ? name.Text() : "", status == "TENTATIVE");
    }

    private DateOnly? Last(DateOnly first)
    {
        var days = 1; // RFC 5545, 3.6.1: a day without an end lasts that day
        if (once.TryGetValue("DTEND", out var end))
        {
            if (Day(end) is not { } after)
                return null;
            days = after.DayNumber - first.DayNumber; // 3.8.2.2: the end is the first day that is not part of it
            if (once.TryGetValue("DURATION", out var both))
                Add(both, "stands beside DTEND: one of them is enough");
        }
        else if (once.TryGetValue("DURATION", out end))
        {
            days = Duration(end);
        }
        if (days is >= 1 and <= LongestDays && first.DayNumber + days - 1 <= DateOnly.MaxValue.DayNumber)
            return first.AddDays(days - 1);
        if (end.Name is not null && problems.Count == 0)
            Add(end, days < 1 ? "is not after DTSTART; it is the first day that is no holiday any more" : $"makes the holiday longer than {LongestDays} days");
        return null;
    }

    private DateOnly? Day(ContentLine property)
    {
        if (DateOnly.TryParseExact(property.Value.Trim(), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Add(property, "is no whole day such as 20261102: times are not understood");
        return null;
    }

    // 3.3.6, only the forms that have whole days: P14D, P2W.
    private int Duration(ContentLine property)
    {
        var text = property.Value.Trim().TrimStart('+').ToUpperInvariant();
        if (text.StartsWith('P') && text.Length is > 2 and < 8 && text[^1] is 'D' or 'W'
            && int.TryParse(text[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return text[^1] == 'W' ? count * 7 : count;
        Add(property, "is no number of days or weeks such as P14D");
        return 0;
    }

    private void Add(ContentLine property, string text) => problems.Add((property.Line, property.Name, text));
}
