using System.Globalization;

namespace ClassContact.Kit.Screen;

public static partial class Room
{
    private static ScreenHelpdesk Helpdesk(KitFacts facts, DateTimeOffset? wallClock, Words words)
    {
        HelpdeskAnswer? answer = wallClock is { } instant ? facts.Hours.At(instant) : null;
        var title = facts.HelpKey is { } key ? words.Say("helpdesk.title-key", ("key", key)) : words["helpdesk.title"];
        return new(title, words["helpdesk.number"], words["helpdesk.hours"], answer is { } a ? Answers(a, words) : null, answer?.IsOpen);
    }

    /// <summary>Until when the helpdesk answers, or from when.</summary>
    internal static string Answers(HelpdeskAnswer answer, Words words)
    {
        var days = answer.Day.DayNumber - answer.Today.DayNumber;
        return words.Say(
            answer switch
            {
                { IsOpen: true } => "helpdesk.open",
                _ when days == 0 => "helpdesk.opens-today",
                _ when days == 1 => "helpdesk.opens-tomorrow",
                _ when days < 7 => "helpdesk.opens-day", // a week ahead the day's name would mean today
                _ => "helpdesk.opens-date",
            },
            ("time", words.Time(answer.Time)),
            ("day", words.About("day", answer.Day.DayOfWeek)),
            ("date", answer.Day.Day == 1 ? words["date.first"] : answer.Day.Day.ToString(CultureInfo.InvariantCulture)),
            ("month", words[string.Create(CultureInfo.InvariantCulture, $"month.{answer.Day.Month}")]));
    }
}
