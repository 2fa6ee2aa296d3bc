using System.Globalization;
using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Holidays;

/// <summary>The calendar of holidays still reaches into the future: an old file would call every day a school day.</summary>
public static class CalendarCurrent
{
    private const string NotSet = "not-set";
    private const string Ended = "ended";
    private const string Broken = "broken";

    /// <summary>The check.</summary>
    /// <param name="calendar">The kit's calendar; null for a kit without one.</param>
    /// <param name="isBroken">The settings name a calendar that cannot be read.</param>
    /// <param name="time">For today.</param>
    public static Check Check(HolidayCalendar? calendar, bool isBroken, TimeProvider time) => new(
        "calendar-current", Severity.Informs, Thing.Kit, [NotSet, Ended, Broken],
        _ => Task.FromResult(isBroken ? Finding.Fail(Broken) : Look(calendar, time.GetUtcNow())))
    {
        Every = TimeSpan.FromHours(6), // it changes once in years
    };

    private static Finding Look(HolidayCalendar? calendar, DateTimeOffset now)
    {
        if (calendar?.End is not { } end)
            return Finding.Skipped(NotSet);
        var text = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return end < DateOnly.FromDateTime(now.UtcDateTime) ? Finding.Warn(Ended, text) : Finding.Pass(text);
    }
}
