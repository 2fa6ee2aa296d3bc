using ClassContact.Kit.Requests;

namespace ClassContact.Kit.Help;

/// <summary>The help key, decided without a clock, a screen or a broker.</summary>
public static class HelpMachine
{
    /// <summary>A broker that answers does so within a second; a room waits no longer than this for a word.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A second press within this is the same call for help.</summary>
    public static readonly TimeSpan OneCall = TimeSpan.FromMinutes(1);

    /// <summary>How long the room is told that the helpdesk knows.</summary>
    public static readonly TimeSpan ToldKnown = TimeSpan.FromSeconds(30);

    /// <summary>How long the room is told to telephone: long enough to dial.</summary>
    public static readonly TimeSpan ToldNotReached = TimeSpan.FromMinutes(1);

    /// <summary>How long the helpdesk's line stays once it is on the screen.</summary>
    public static readonly TimeSpan AnswerStays = TimeSpan.FromMinutes(1);

    /// <summary>After this nobody in the room remembers the press: that it got through after all is no news any more.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    /// <summary>One step.</summary>
    /// <param name="state">So far.</param>
    /// <param name="e">What happened.</param>
    /// <param name="now">Time since start.</param>
    public static HelpStep Next(HelpState state, HelpEvent e, TimeSpan now)
    {
        var aged = Aged(state, now);
        return e switch
        {
            HelpEvent.Pressed pressed => Press(aged, pressed.CanSend, now),
            HelpEvent.Delivered delivered when aged.Call is { } call && call.At == delivered.PressedAt => new(Deliver(aged, call, now)),
            HelpEvent.Answered answered => Answer(aged, answered.Message, now),
            HelpEvent.Shown shown when aged.Answer is { IsShown: false } answer && answer.Message.Id == shown.Id =>
                new(aged with { Answer = answer with { IsShown = true, Until = now + AnswerStays } }, TellShown: shown.Id),
            _ => new(aged),
        };
    }

    // What was due before this event.
    private static HelpState Aged(HelpState state, TimeSpan now)
    {
        var call = state.Call is { Stage: HelpStage.Sending } waiting && now >= waiting.At + Patience ? NotReached(waiting, waiting.At + Patience) : state.Call;
        return new(call is { Until: { } until } && now >= until ? call with { Until = null } : call, now < state.Answer?.Until ? state.Answer : null);
    }

    // With the helpdesk's line before them, people press to say that they have read it; else a press is answered on the screen, if only by the same again.
    private static HelpStep Press(HelpState state, bool canSend, TimeSpan now)
    {
        if (state.Answer is { IsShown: true })
            return new(state with { Answer = null });
        if (state.Call is { } call && now < call.At + OneCall)
            return new(state with { Call = call.Stage is HelpStage.Sending ? call : call with { Until = now + TellsFor(call.Stage) } });
        var pressed = new HelpCall(now, HelpStage.Sending, null);
        return canSend ? new(state with { Call = pressed }, Sends: true) : new(state with { Call = NotReached(pressed, now) });
    }

    private static HelpState Deliver(HelpState state, HelpCall call, TimeSpan now)
    {
        var isNews = state.Answer is null && now < call.At + Forgotten;
        return state with { Call = call with { Stage = HelpStage.Known, Until = isNews ? now + TellsFor(HelpStage.Known) : null } };
    }

    // It takes the place of "the helpdesk knows", also for afterwards.
    private static HelpStep Answer(HelpState state, HelpdeskMessage message, TimeSpan now) => new(new(
        state.Call is { Stage: not HelpStage.Sending } call ? call with { Until = null } : state.Call,
        new(message, now + AnswerStays, IsShown: false)));

    private static HelpCall NotReached(HelpCall call, TimeSpan since) =>
        call with { Stage = HelpStage.NotReached, Until = since + TellsFor(HelpStage.NotReached) };

    private static TimeSpan TellsFor(HelpStage stage) => stage is HelpStage.Known ? ToldKnown : ToldNotReached;
}
