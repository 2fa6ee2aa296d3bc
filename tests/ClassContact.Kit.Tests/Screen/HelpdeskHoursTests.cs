using System.Globalization;
using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;
using Xunit;

namespace ClassContact.Kit.Tests.Screen;

public sealed class HelpdeskHoursTests
{
    [Theory]
    [InlineData("2026-11-23 08:29", "Fermé : on vous répond dès 8 h 30")] // a Monday
    [InlineData("2026-11-23 08:30", "On vous répond jusqu’à 16 h")]
    [InlineData("2026-11-23 15:59", "On vous répond jusqu’à 16 h")]
    [InlineData("2026-11-23 16:00", "Fermé : on vous répond demain à 8 h 30")]
    [InlineData("2026-11-25 12:29", "On vous répond jusqu’à 12 h 30")] // a Wednesday
    [InlineData("2026-11-25 12:30", "Fermé : on vous répond demain à 8 h 30")]
    [InlineData("2026-11-27 17:00", "Fermé : on vous répond lundi à 8 h 30")] // a Friday
    [InlineData("2026-11-28 09:00", "Fermé : on vous répond lundi à 8 h 30")]
    [InlineData("2026-11-29 09:00", "Fermé : on vous répond demain à 8 h 30")]
    public void The_hours_are_those_of_Brussels_in_winter(string local, string says) => Assert.Equal(says, Says(At(local, 1)));

    [Theory]
    [InlineData("2026-03-27 08:30", 1, true)] // the Friday before the clocks go forward
    [InlineData("2026-03-30 08:30", 2, true)] // the Monday after
    [InlineData("2026-03-30 08:29", 2, false)]
    [InlineData("2026-10-23 15:59", 2, true)] // the Friday before they go back
    [InlineData("2026-10-26 15:59", 1, true)]
    [InlineData("2026-10-26 16:00", 1, false)]
    public void The_hours_follow_summer_time(string local, int offset, bool open) =>
        Assert.Equal(open, HelpdeskHours.EveryWeek.At(At(local, offset)).IsOpen);

    [Fact]
    public void The_kits_own_time_zone_does_not_matter() =>
        Assert.Equal("On vous répond jusqu’à 16 h", Says(At("2026-11-23 22:30", 14.5 - 0.5)));

    [Fact]
    public void Holidays_are_closed_and_the_next_opening_has_its_date()
    {
        var christmas = new HelpdeskHours(day => day >= new DateOnly(2026, 12, 21) && day <= new DateOnly(2027, 1, 1));
        Assert.Equal("Fermé : on vous répond le lundi 4 janvier à 8 h 30", Says(At("2026-12-18 16:00", 1), christmas));
        Assert.Equal("Fermé : on vous répond le lundi 4 janvier à 8 h 30", Says(At("2026-12-28 10:00", 1), christmas));
        Assert.Equal("Fermé : on vous répond lundi à 8 h 30", Says(At("2026-12-30 10:00", 1), christmas));
    }

    [Fact]
    public void Holidays_without_end_neither_hang_the_screen_nor_name_a_weekend()
    {
        var closed = new HelpdeskHours(_ => true);
        Assert.All(Enumerable.Range(0, 14), day => Assert.StartsWith("Fermé : on vous répond le ", Says(At("2026-12-18 10:00", 1).AddDays(day), closed), StringComparison.Ordinal));
    }

    [Fact]
    public void Without_time_zones_on_the_system_the_rule_of_the_Union_stands_in()
    {
        var (rule, system) = (HelpdeskHours.CentralEuropean(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels"));
        var start = new DateTimeOffset(2026, 1, 1, 0, 30, 0, TimeSpan.Zero);
        Assert.All(Enumerable.Range(0, 10 * 366 * 24).Select(hour => start.AddHours(hour)), instant =>
            Assert.True(rule.GetUtcOffset(instant) == system.GetUtcOffset(instant), $"{instant}"));
    }

    private static DateTimeOffset At(string local, double offset) =>
        new(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(offset));

    private static string Says(DateTimeOffset instant, HelpdeskHours? hours = null) =>
        Room.Standby(new CallState.Standby(), Situations.TheKit with { Hours = hours ?? HelpdeskHours.EveryWeek }, Situations.Now, instant, Words.Of("fr"))
            .Helpdesk.Now!.Replace('\u00a0', ' ');

    [Theory]
    [InlineData("2026-11-22T22:59:59Z", "2026-11-22")]
    [InlineData("2026-11-22T23:00:00Z", "2026-11-23")]
    [InlineData("2026-07-01T22:00:00Z", "2026-07-02")]
    public void The_day_is_that_of_Brussels(string instant, string day) =>
        Assert.Equal(DateOnly.Parse(day, null), HelpdeskHours.DayOf(DateTimeOffset.Parse(instant, null)));
}
