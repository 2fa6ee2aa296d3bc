using System.Globalization;
using ClassContact.Kit.Holidays;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Tests.House;
using Xunit;

namespace ClassContact.Kit.Tests.Holidays;

/// <summary>The calendar that is shipped.</summary>
public class FwbTests
{
    private static readonly string File = Repository.File("configs/holidays/fwb.ics");
    private static readonly HolidayCalendar Fwb = HolidayCalendar.Read(File).Value!;

    [Fact]
    public void The_calendar_has_no_problem() => Assert.Empty(HolidayCalendar.Read(File).Problems);

    [Fact]
    public void It_is_written_as_the_standard_wants_it()
    {
        var bytes = System.IO.File.ReadAllBytes(File);
        Assert.All(System.Text.Encoding.UTF8.GetString(bytes).Split("\r\n"), line =>
        {
            Assert.DoesNotContain('\n', line);
            Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line);
        });
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2027)]
    public void The_days_that_the_law_fixes_are_holidays_of_each_school_year(int year)
    {
        var easter = Easter(year + 1);
        (DateOnly Day, string Name)[] fixedDays =
        [
            (new(year, 9, 27), "Fête de la Communauté française"), (new(year, 11, 11), "Commémoration du 11 novembre"),
            (easter.AddDays(1), "Lundi de Pâques"), (new(year + 1, 5, 1), "Fête du travail"), (easter.AddDays(39), "Ascension"), (easter.AddDays(50), "Lundi de Pentecôte"),
        ];
        Assert.All(fixedDays, day =>
        {
            Assert.True(Fwb.IsHoliday(day.Day), $"{day}");
            Assert.Contains(new Holiday(day.Day, day.Day, day.Name, false), Fwb.Holidays);
        });
    }

    [Fact]
    public void Easter_is_computed_rightly() => Assert.Equal(
        ["2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16"], // as almanacs have it
        Enumerable.Range(2025, 4).Select(year => Easter(year).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    // The reform of 2022: blocks of two weeks begin on a Monday, summer on a Saturday; a school year begins on a Monday at the end of August.
    [Fact]
    public void Holidays_begin_and_end_on_the_days_that_they_always_do()
    {
        var blocks = Fwb.Holidays.Where(h => h.First != h.Last).ToList();
        Assert.Equal(3 * 4 + 3, blocks.Count);
        Assert.All(blocks, h =>
        {
            var summer = h.Name == "Vacances d’été";
            Assert.Equal(summer ? DayOfWeek.Saturday : DayOfWeek.Monday, h.First.DayOfWeek);
            Assert.Equal(DayOfWeek.Sunday, h.Last.DayOfWeek);
            Assert.Equal(summer ? (h.First.Year == 2027 ? 58 : 51) : 14, h.Last.DayNumber - h.First.DayNumber + 1);
        });
    }

    [Theory]
    [InlineData("2026-08-23", true)]
    [InlineData("2026-08-24", false)] // the first day of the school year: what ends is not part of it
    [InlineData("2026-10-16", false)]
    [InlineData("2026-10-19", true)]
    [InlineData("2026-11-02", true)]
    [InlineData("2026-11-03", false)]
    [InlineData("2026-12-18", false)]
    [InlineData("2026-12-21", true)]
    [InlineData("2027-01-03", true)]
    [InlineData("2027-01-04", false)]
    [InlineData("2028-08-27", true)]
    public void The_first_and_the_last_days_are_right(string day, bool holiday) =>
        Assert.Equal(holiday, Fwb.IsHoliday(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    [Fact]
    public void What_nobody_compared_with_the_official_page_says_so()
    {
        var events = System.IO.File.ReadAllText(File).Replace("\r\n ", "", StringComparison.Ordinal).Split("BEGIN:VEVENT").Skip(1).ToList();
        Assert.Equal(Fwb.Holidays.Length, events.Count);
        Assert.All(events, e =>
        {
            Assert.Contains("\r\nURL:https://", e, StringComparison.Ordinal);
            Assert.Contains("\r\nCOMMENT:", e, StringComparison.Ordinal);
            Assert.Equal(e.Contains("Non vérifié", StringComparison.Ordinal) || e.Contains("Incertain", StringComparison.Ordinal), e.Contains("STATUS:TENTATIVE", StringComparison.Ordinal));
        });
        Assert.All(Fwb.Holidays.Where(h => h.First > new DateOnly(2026, 9, 1) && h.First != h.Last), h => Assert.True(h.IsTentative, $"{h}"));
    }

    [Theory]
    [InlineData("2026-12-18 15:00", true, "2026-12-18")] // the Friday before
    [InlineData("2026-12-18 17:00", false, "2027-01-04")]
    [InlineData("2026-12-28 10:00", false, "2027-01-04")] // a Monday
    [InlineData("2027-07-05 10:00", false, "2027-08-30")]
    [InlineData("2026-11-11 10:00", false, "2026-11-12")]
    public void The_helpdesk_is_closed_on_holidays(string local, bool open, string day)
    {
        var at = new DateTimeOffset(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(local.Contains("-07-", StringComparison.Ordinal) ? 2 : 1));
        var answer = new HelpdeskHours(Fwb.IsHoliday).At(at);
        Assert.Equal((open, day), (answer.IsOpen, answer.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    /// <summary>Gauss's rule as Lichtenberg amended it (Historia Mathematica 24, 1997): another way than the one by which the file was made.</summary>
    private static DateOnly Easter(int x)
    {
        var k = x / 100;
        var (m, s) = (15 + (3 * k + 3) / 4 - (8 * k + 13) / 25, 2 - (3 * k + 3) / 4);
        var a = x % 19;
        var d = (19 * a + m) % 30;
        var r = (d + a / 11) / 29;
        var og = 21 + d - r;
        var sz = 7 - (x + x / 4 + s) % 7;
        return new DateOnly(x, 3, 1).AddDays(og + 7 - (og - sz) % 7 - 1);
    }
}
