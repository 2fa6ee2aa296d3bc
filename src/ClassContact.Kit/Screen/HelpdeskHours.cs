namespace ClassContact.Kit.Screen;

/// <summary>Whether the helpdesk answers, and until when that holds.</summary>
/// <param name="IsOpen">It answers now.</param>
/// <param name="Today">The day of the question, in Brussels.</param>
/// <param name="Day">The day on which it closes, or opens next.</param>
/// <param name="Time">The time at which it closes, or opens next, in Brussels.</param>
public readonly record struct HelpdeskAnswer(bool IsOpen, DateOnly Today, DateOnly Day, TimeOnly Time);

/// <summary>When the helpdesk answers: "tous les jours scolaires de 8h30 à 16h et le mercredi de 8h30 à 12h30" (ClassContact's own questions and answers for schools, 10).</summary>
/// <param name="isHoliday">The school holidays: a day for which it is true is closed as a weekend is.</param>
public sealed class HelpdeskHours(Func<DateOnly, bool> isHoliday)
{
    /// <summary>Opens on every school day.</summary>
    public static readonly TimeOnly Opens = new(8, 30);

    /// <summary>Closes on school days but Wednesday.</summary>
    public static readonly TimeOnly Closes = new(16, 0);

    /// <summary>Closes on Wednesday, when Belgian schools have the afternoon off.</summary>
    public static readonly TimeOnly ClosesOnWednesday = new(12, 30);

    /// <summary>The longest look ahead; the summer holidays have eight weeks.</summary>
    private const int LongestPause = 100;

    private static readonly TimeZoneInfo Brussels =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Brussels", out var zone) ? zone : CentralEuropean();

    /// <summary>Monday to Friday, every week: no holidays are known.</summary>
    public static HelpdeskHours EveryWeek { get; } = new(_ => false);

    /// <summary>Answers for an instant. Holidays are looked through for a hundred days; after those the next weekday is taken as open.</summary>
    public HelpdeskAnswer At(DateTimeOffset instant)
    {
        var local = InBrussels(instant);
        var (today, time) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
        if (!IsWeekend(today) && !isHoliday(today) && time < ClosingOn(today))
            return time >= Opens ? new(true, today, today, ClosingOn(today)) : new(false, today, today, Opens);
        var day = today.AddDays(1);
        while (IsWeekend(day) || (isHoliday(day) && day.DayNumber - today.DayNumber < LongestPause))
            day = day.AddDays(1);
        return new(false, today, day, Opens);
    }

    /// <summary>The time of day where the schools are.</summary>
    internal static DateTimeOffset InBrussels(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Brussels);

    /// <summary>The day where the schools are.</summary>
    internal static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(InBrussels(instant).DateTime);

    private static TimeOnly ClosingOn(DateOnly day) => day.DayOfWeek == DayOfWeek.Wednesday ? ClosesOnWednesday : Closes;

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>Stands in where the system has no time zones: the rule of directive 2000/84/EC, one hour after UTC, two from the last Sunday of
    /// March to the last of October, each at 01:00 UTC.</summary>
    internal static TimeZoneInfo CentralEuropean()
    {
        var start = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday);
        var end = TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday);
        var summer = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), start, end);
        return TimeZoneInfo.CreateCustomTimeZone("CET", TimeSpan.FromHours(1), "CET", "CET", "CEST", [summer]);
    }
}
