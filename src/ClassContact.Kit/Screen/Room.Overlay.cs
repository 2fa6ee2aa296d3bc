using ClassContact.Kit.Call;

namespace ClassContact.Kit.Screen;

public static partial class Room
{
    /// <summary>The line over the meeting; null where nothing should be in the way. Once the meeting is gone there is none: the standby page speaks.</summary>
    /// <param name="state">The call.</param>
    /// <param name="facts">The kit.</param>
    /// <param name="now">The machine's own time, as in the state.</param>
    /// <param name="words">The language.</param>
    public static OverlayView? Overlay(CallState state, KitFacts facts, TimeSpan now, Words words) => state switch
    {
        CallState.Consented { Notice: { } notice } =>
            new(words.Language, Mood.Attention, Notice(notice, facts, words), SecondsOf(notice, now)),
        CallState.Joining { Recovers: not null } => new(words.Language, Mood.Working, words["overlay.recovering"]),
        CallState.Joining joining =>
            new(words.Language, Mood.Working, words.Say("overlay.joining", ("step", words.About("step", Progress.Due(joining), "doing")))),
        CallState.Open open => Missing(open.Missing, words) ?? Alone(facts, words),
        CallState.WithPupil call => Missing(call.Missing, words),
        CallState.Ending => new(words.Language, Mood.Working, words["overlay.ending"]),
        _ => null,
    };

    private static OverlayView? Missing(Tracks missing, Words words) =>
        missing == Tracks.None ? null : new(words.Language, Mood.Attention, words.About("missing", missing));

    private static OverlayView Alone(KitFacts facts, Words words) => facts.HasKeyboard
        ? new(words.Language, Mood.Ready, words["overlay.open"])
        : new(words.Language, Mood.Attention, words["overlay.keyboard"]);

    private static string Notice(EndNotice notice, KitFacts facts, Words words) => notice.EndsCall
        ? words.Say("notice.ends", ("key", facts.StartKey))
        : words.Say("notice.hold", ("key", facts.EndKey));

    private static int? SecondsOf(EndNotice notice, TimeSpan now) => notice.EndsCall ? SecondsUntil(notice.Until, now) : null;
}
