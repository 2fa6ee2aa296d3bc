using ClassContact.Kit.Screen;

namespace ClassContact.Kit.Help;

/// <summary>The one line about help that the room is to read now, on the standby page as over the meeting.</summary>
/// <param name="Mood">Its colour.</param>
/// <param name="Text">One line.</param>
/// <param name="AnswerId">Of the helpdesk's own line; null for the kit's. Say <see cref="HelpLine.Shown"/> once it is on the screen.</param>
public sealed record HelpNotice(Mood Mood, string Text, string? AnswerId = null)
{
    /// <summary>What to say; null for nothing.</summary>
    /// <param name="state">Of the help key.</param>
    /// <param name="hours">When the helpdesk answers.</param>
    /// <param name="now">Time since start, as in the state.</param>
    /// <param name="wallClock">The time of day; null while the kit's clock is not to be trusted.</param>
    /// <param name="words">The language.</param>
    public static HelpNotice? Of(HelpState state, HelpdeskHours hours, TimeSpan now, DateTimeOffset? wallClock, Words words)
    {
        if (state.Answer is { } answer && now < answer.Until)
            return new(Mood.Attention, words.Say("help.answer", ("text", answer.Message.Text)), answer.Message.Id);
        return state.Call switch
        {
            { Stage: HelpStage.Sending } => new(Mood.Working, words["help.sending"]),
            { Stage: HelpStage.Known, Until: { } until } when now < until => new(Mood.Ready, Known(hours, wallClock, words)),
            { Stage: HelpStage.NotReached, Until: { } until } when now < until => new(Mood.Trouble, NotReached(hours, wallClock, words)),
            _ => null,
        };
    }

    private static string NotReached(HelpdeskHours hours, DateTimeOffset? wallClock, Words words) =>
        wallClock is { } instant && hours.At(instant) is { IsOpen: false } closed
            ? words.Say("help.not-reached-closed", ("number", words["helpdesk.number"]), ("when", Room.Answers(closed, words)))
            : words.Say("help.not-reached", ("number", words["helpdesk.number"]));

    private static string Known(HelpdeskHours hours, DateTimeOffset? wallClock, Words words)
    {
        if (wallClock is not { } instant)
            return words.Say("help.known-no-clock", ("hours", words["helpdesk.hours"]));
        var answer = hours.At(instant);
        return answer.IsOpen ? words["help.known-open"] : words.Say("help.known-closed", ("when", Room.Answers(answer, words)));
    }
}
