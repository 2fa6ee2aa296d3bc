using ClassContact.Kit.Call;

namespace ClassContact.Kit.Screen;

/// <summary>What the room sees in each state of the call.</summary>
public static partial class Room
{
    /// <summary>The standby page. Show it at every change and at least every 10 s: after 30 s without, the page says that the kit does not answer.</summary>
    /// <param name="state">The call.</param>
    /// <param name="facts">The kit.</param>
    /// <param name="now">The machine's own time, as in the state.</param>
    /// <param name="wallClock">The time of day for the helpdesk's hours; null while the kit's clock is not to be trusted.</param>
    /// <param name="words">The language.</param>
    public static ScreenView Standby(CallState state, KitFacts facts, TimeSpan now, DateTimeOffset? wallClock, Words words)
    {
        var view = state switch
        {
            CallState.Joining joining => Joining(joining, facts, now, words),
            CallState.Interrupted => Plain(Mood.Working, Screen.Picture.Network, "interrupted", words),
            CallState.Consented => Plain(Mood.Ready, Screen.Picture.Class, "open", words) with { Key = End(facts, words) },
            CallState.Ending ending => Plain(Mood.Working, Screen.Picture.Class, ending.StartAgain is null ? "ending" : "ending-to-start", words),
            CallState.Faulted faulted => Faulted(faulted, facts, words),
            _ when facts.ClassWasCut => Plain(Mood.Attention, Screen.Picture.Class, "cut", words) with { Key = Start(facts, "key.resumes", words) },
            _ => Plain(Mood.Ready, null, "standby", words) with { Key = Start(facts, "key.opens", words) },
        };
        if (state is CallState.Consented { Notice: { } notice })
            view = view with { Sentence = Notice(notice, facts, words), Seconds = SecondsOf(notice, now) };
        if (facts.Faults.Count > 0 && state is (CallState.Standby or CallState.Faulted))
            view = WithFaults(view, state, facts, words);
        return view with { Said = facts.Said, School = facts.School, Room = facts.Room, Helpdesk = Helpdesk(facts, wallClock, words) };
    }

    private static ScreenView Plain(Mood mood, Picture? picture, string about, Words words) => new(
        words.Language, "", "", mood, picture, words[$"{about}.headline"], words[$"{about}.sentence"],
        [], [], null, new("", "", "", null, null), words["promise"]);

    private static ScreenView Joining(CallState.Joining joining, KitFacts facts, TimeSpan now, Words words)
    {
        if (joining is { IsTold: true, RetryAt: { } next, LastCause: { } why })
            return Told(why, SecondsUntil(next, now), facts, words);
        var about = joining.Recovers is null ? "joining" : "recovering";
        var view = Plain(Mood.Working, Screen.Picture.Class, about, words) with { Steps = Progress.Steps(joining, words) };
        if (joining.RetryAt is { } retry)
            return view with { Sentence = words["retry.sentence"], Seconds = SecondsUntil(retry, now) };
        return joining.Recovers is { } cause
            ? view with { Sentence = words.Say("recovering.sentence", ("what", words.About("cause", cause, "what"))) }
            : view;
    }

    // It does not come back by itself at once; the kit goes on trying, and a press tries at once.
    private static ScreenView Told(Cause cause, int seconds, KitFacts facts, Words words)
    {
        var trouble = new ScreenTrouble(PictureOf(cause), words.About("cause", cause, "what"), words.About("cause", cause, "do"));
        return Plain(Mood.Trouble, trouble.Picture, "troubled", words) with { Troubles = [trouble], Key = Start(facts, "key.tries-again", words), Seconds = seconds };
    }

    private static ScreenView Faulted(CallState.Faulted faulted, KitFacts facts, Words words)
    {
        var wasOpen = faulted.Launch?.Receipt.Joined is not null || faulted.Cause == Cause.AgentRestarted; // a restarted agent looks for a call only where there was one
        var about = wasOpen ? "broken" : "not-opened";
        var trouble = new ScreenTrouble(PictureOf(faulted.Cause), words.About("cause", faulted.Cause, "what"), words.About("cause", faulted.Cause, "do"));
        return Plain(Mood.Trouble, trouble.Picture, about, words) with { Troubles = [trouble], Key = Start(facts, "key.tries-again", words) };
    }

    private static Picture PictureOf(Cause cause) => cause switch
    {
        Cause.PageNotLoaded or Cause.WrongPage or Cause.NetworkLost => Screen.Picture.Network,
        Cause.CameraNotOpened or Cause.CameraLost => Screen.Picture.Camera,
        Cause.MicrophoneNotOpened or Cause.MicrophoneLost => Screen.Picture.Speakerphone,
        Cause.NotJoined or Cause.MeetingLost or Cause.FarSide => Screen.Picture.Class,
        Cause.AgentRestarted => Screen.Picture.Kit,
        _ => Screen.Picture.Screen,
    };

    private static ScreenKey Start(KitFacts facts, string does, Words words) => new(words["key.press"], facts.StartKey.Split(" + "), words[does]);

    private static ScreenKey End(KitFacts facts, Words words) => new(words["key.hold"], facts.EndKey.Split(" + "), words["key.ends"]);

    private static int SecondsUntil(TimeSpan until, TimeSpan now) => Math.Max(0, (int)Math.Ceiling((until - now).TotalSeconds));
}
