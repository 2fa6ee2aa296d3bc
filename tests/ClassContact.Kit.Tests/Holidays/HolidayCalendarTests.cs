using System.Runtime.Versioning;
using System.Text;
using ClassContact.Kit.Health;
using ClassContact.Kit.Holidays;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.Settings;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Holidays;

[SupportedOSPlatform("linux")]
public class HolidayCalendarTests
{
    private const string Day = "DTSTART;VALUE=DATE:20261221";

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20261221\nDTEND;VALUE=DATE:20270104", "2026-12-21..2027-01-03")] // the end is no part of it
    [InlineData("DTSTART;VALUE=DATE:20261221", "2026-12-21..2026-12-21")]
    [InlineData("DTSTART;VALUE=DATE:20261221\nDURATION:P14D", "2026-12-21..2027-01-03")]
    [InlineData("dtstart;value=date:20261221\nduration:p2w", "2026-12-21..2027-01-03")]
    [InlineData("DTSTART;X-NOTE=\"a;b:c\";VALUE=DATE:20261221", "2026-12-21..2026-12-21")]
    [InlineData("DTSTART;VALUE=DATE:2026\n 1221\nDTEND;VALUE=DATE:2026\n\t1223", "2026-12-21..2026-12-22")] // folded
    [InlineData("DTSTART;VALUE=DATE:20280229\nDTEND;VALUE=DATE:20280301", "2028-02-29..2028-02-29")]
    [InlineData("DTSTART;VALUE=DATE:20261221\nBEGIN:VALARM\nDTSTART:20200101T000000Z\nEND:VALARM", "2026-12-21..2026-12-21")]
    public void Days_are_read_as_the_standard_means_them(string properties, string days)
    {
        Assert.Equal(days, Days(Calendar(properties)));
        Assert.Equal(days, Days(Calendar(properties).Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(days, Days("\uFEFF" + Calendar(properties)));
    }

    [Fact]
    public void A_name_is_read_with_its_escapes_and_folds() => Assert.Equal(
        "Noël, fête; \\ et\nfin 🎄",
        Read(Calendar($"{Day}\nSUMMARY:Noël\\, fête\\; \\\\ et\\nf\n in 🎄")).Value!.Holidays[0].Name);

    [Fact]
    public void A_tentative_day_counts_and_a_cancelled_one_does_not()
    {
        var calendar = Read(Calendar($"{Day}\nSTATUS:TENTATIVE", "DTSTART;VALUE=DATE:20270101\nSTATUS:CANCELLED")).Value!;
        Assert.True(Assert.Single(calendar.Holidays).IsTentative);
        Assert.True(calendar.IsHoliday(new(2026, 12, 21)));
        Assert.False(calendar.IsHoliday(new(2027, 1, 1)));
    }

    [Fact]
    public void Components_that_are_no_events_are_passed_over() => Assert.Equal(
        "2026-12-21..2026-12-21",
        Days(Calendar(Day).Replace("END:VCALENDAR", "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:20001029T030000\nRRULE:FREQ=YEARLY\nEND:STANDARD\nEND:VTIMEZONE\nEND:VCALENDAR", StringComparison.Ordinal)));

    [Theory]
    [InlineData("DTSTART:20261221T080000Z", "3: DTSTART is no whole day such as 20261102: times are not understood")]
    [InlineData("DTSTART;VALUE=DATE:20270229", "3: DTSTART is no whole day such as 20261102: times are not understood")]
    [InlineData(Day + "\nRRULE:FREQ=YEARLY", "4: RRULE is not understood: write each holiday out as an event of its own")]
    [InlineData(Day + "\nDTEND;VALUE=DATE:20261221", "4: DTEND is not after DTSTART; it is the first day that is no holiday any more")]
    [InlineData(Day + "\nDTEND;VALUE=DATE:20281221", "4: DTEND makes the holiday longer than 366 days")]
    [InlineData(Day + "\nDTEND;VALUE=DATE:20261222\nDURATION:P1D", "5: DURATION stands beside DTEND: one of them is enough")]
    [InlineData(Day + "\nDURATION:PT8H", "4: DURATION is no number of days or weeks such as P14D")]
    [InlineData(Day + "\nDURATION:P99999D", "4: DURATION makes the holiday longer than 366 days")]
    [InlineData(Day + "\nDURATION:-P1D", "4: DURATION is no number of days or weeks such as P14D")]
    [InlineData("DTSTART;VALUE=DATE:99991231\nDURATION:P2D", "4: DURATION makes the holiday longer than 366 days")]
    [InlineData(Day + "\n" + Day, "4: DTSTART stands twice")]
    [InlineData("SUMMARY:x", "2: VEVENT has no DTSTART")]
    [InlineData(Day + "\nnonsense", "4: is no iCalendar line (NAME:value)")]
    public void What_is_not_understood_is_named_with_its_line(string properties, string problem) =>
        Assert.Equal([$"calendar.ics:{problem}"], Problems(Calendar(properties)));

    [Theory]
    [InlineData("<html>", ":1: is no iCalendar line (NAME:value)")]
    [InlineData("A:b", ":1: A stands outside of BEGIN:VCALENDAR and END:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR\n", ": has no holiday in it")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261221", ": ends before END:VEVENT: is it cut off?")]
    [InlineData("BEGIN:VCALENDAR\nEND:VEVENT\n", ":2: END:VEVENT does not end what was begun last")]
    [InlineData("", ": is empty, or no ordinary file")]
    public void What_is_no_calendar_is_told(string text, string problem) => Assert.Equal([$"calendar.ics{problem}"], Problems(text));

    [Fact]
    public void A_hostile_file_neither_hangs_nor_fills_the_screen()
    {
        Assert.Equal(21, Problems("BEGIN:VCALENDAR\n" + string.Concat(Enumerable.Repeat("x\n", 500_000))).Count);
        Assert.Single(Problems(new string('x', 2_000_000)));
        Assert.NotEmpty(Problems(string.Concat(Enumerable.Repeat("BEGIN:A\n", 100_000))));
        Assert.NotEmpty(Problems("BEGIN:VCALENDAR" + string.Concat(Enumerable.Repeat("\n ", 400_000))));
        Assert.Contains(Problems("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:" + new string('9', 500_000)), p => p.Length < 200);
        Assert.Equal(366 * 9000, Read(Calendar([.. Enumerable.Repeat("DTSTART:20260101\nDURATION:P366D", 9000)])).Value!.Holidays.Sum(h => h.Last.DayNumber - h.First.DayNumber + 1));
    }

    [Fact]
    public void Any_cut_of_a_good_file_is_read_or_told()
    {
        var good = Encoding.UTF8.GetBytes(Calendar($"{Day}\nSUMMARY:Noël\\, 🎄"));
        for (var length = 1; length < good.Length - 1; length++)
            Assert.NotEmpty(CalendarProblems(good[..length]));
    }

    [Fact]
    public void The_settings_name_the_problems_of_their_calendar()
    {
        using var folder = new SettingsFolder();
        folder.Write("kit.json", SettingsFolder.KitWith("\"holidays\": \"days.ics\""));
        Assert.Equal(["days.ics: does not exist"], folder.Problems());
        folder.Write("days.ics", Calendar("DTSTART:20261221T080000"));
        Assert.Equal(["days.ics:3: DTSTART is no whole day such as 20261102: times are not understood"], folder.Problems());
        folder.Write("days.ics", Calendar(Day));
        Assert.False(Setup.Read(folder.File("kit.json")).Value!.Hours.At(new(2026, 12, 21, 10, 0, 0, TimeSpan.FromHours(1))).IsOpen);
    }

    [Fact]
    public void Without_a_file_no_holiday_is_known()
    {
        using var folder = new SettingsFolder();
        Assert.True(Setup.Read(folder.File("kit.json")).Value!.Hours.At(new(2026, 12, 21, 10, 0, 0, TimeSpan.FromHours(1))).IsOpen);
    }

    [Theory]
    [InlineData("DTSTART:20261123", Verdict.Pass, null)] // today, by the tests' clock
    [InlineData("DTSTART:20261122", Verdict.Warn, "ended")]
    [InlineData(null, Verdict.Skipped, "not-set")]
    public async Task A_calendar_that_has_ended_is_told(string? properties, Verdict verdict, string? reason)
    {
        var check = CalendarCurrent.Check(properties is null ? null : Read(Calendar(properties)).Value, isBroken: false, new FakeTime());
        var finding = await CheckRun.Once(check, new FakeTime(), e => Assert.Fail(e.ToString()), CancellationToken.None);
        Assert.Equal((verdict, reason), (finding.Verdict, finding.Reason));
        Assert.Equal(properties?.Replace("DTSTART:202611", "2026-11-", StringComparison.Ordinal), finding.Found);
    }

    private static string Calendar(params string[] events) =>
        $"BEGIN:VCALENDAR\n{string.Concat(events.Select(e => $"BEGIN:VEVENT\n{e}\nEND:VEVENT\n"))}END:VCALENDAR\n";

    private static Checked<HolidayCalendar> Read(string text)
    {
        using var folder = new SettingsFolder();
        folder.Write("calendar.ics", text);
        return HolidayCalendar.Read(folder.File("calendar.ics"));
    }

    private static string Days(string text) => string.Join(' ', Read(text).Value!.Holidays.Select(h => $"{h.First:yyyy-MM-dd}..{h.Last:yyyy-MM-dd}"));

    private static List<string> Problems(string text) => CalendarProblems(Encoding.UTF8.GetBytes(text));

    private static List<string> CalendarProblems(byte[] bytes)
    {
        using var folder = new SettingsFolder();
        folder.Write("calendar.ics", bytes);
        return [.. HolidayCalendar.Read(folder.File("calendar.ics")).Problems.Select(p => p.ToString().Replace(folder.Path + "/", "", StringComparison.Ordinal))];
    }
}
