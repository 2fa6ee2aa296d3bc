using System.Collections.Frozen;
using System.Collections.Immutable;
using ClassContact.Kit.Settings;

namespace ClassContact.Kit.Holidays;

/// <summary>The school holidays that a kit knows.</summary>
public sealed class HolidayCalendar
{
    private readonly FrozenSet<DateOnly> days;

    internal HolidayCalendar(ImmutableArray<Holiday> holidays)
    {
        Holidays = holidays;
        days = holidays.SelectMany(h => Enumerable.Range(0, h.Last.DayNumber - h.First.DayNumber + 1).Select(h.First.AddDays)).ToFrozenSet();
        End = holidays.IsEmpty ? null : holidays.Max(h => h.Last);
    }

    /// <summary>Knows of no holiday.</summary>
    public static HolidayCalendar None { get; } = new([]);

    /// <summary>As they stand in the file; they may overlap.</summary>
    public ImmutableArray<Holiday> Holidays { get; }

    /// <summary>The last holiday known; after it nobody knows. Null for a calendar without any.</summary>
    public DateOnly? End { get; }

    /// <summary>Whether schools are closed on a day. Weekends are holidays only where one spans them.</summary>
    public bool IsHoliday(DateOnly day) => days.Contains(day);

    /// <summary>Reads an iCalendar file of all-day events; whatever in it could change a day and is not understood is a problem.</summary>
    public static Checked<HolidayCalendar> Read(string path)
    {
        var text = SettingsText.Read(path);
        return text.Value is { } utf8 ? CalendarText.Read(path, utf8) : new(null, text.Problems);
    }
}
