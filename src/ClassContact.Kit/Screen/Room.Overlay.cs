using ClassContact.Kit.Call;

namespace ClassContact.Kit.Screen;

public static partial class Room
{
    /// <summary>The lines over the meeting; null where nothing should be in the way. Once the meeting is gone there are none: the standby page speaks.</summary>
    /// <param name="state">The call.</param>
    /// <param name="facts">The kit.</param>
    /// <param name="now">The machine's own time, as in the state.</param>
    /// <param name="words">The language.</param>
    public static OverlayView? Overlay(CallState state, KitFacts facts, TimeSpan now, Words words)
    {
        if (state is not (CallState.Consented or CallState.Ending))
            return null;
        ScreenLine?[] lines = [Muted(state, facts, words), .. facts.Said, Line(state, facts, now, words)];
        return lines.Any(line => line is not null) ? new(words.Language, [.. lines.OfType<ScreenLine>()]) : null;
    }

    // That it is muted is said only once the page has said so.
    private static ScreenLine? Muted(CallState state, KitFacts facts, Words words) => state switch
    {
        CallState.Joined { Launch.Muted: true, Page.Muted: true } when facts.MuteKey is { } key => new(Mood.Trouble, words.Say("mute.on", ("key", key)), IsLarge: true),
        CallState.Joined { Launch.Muted: true, Page.Muted: true } => new(Mood.Trouble, words["mute.on-without-key"], IsLarge: true),
        CallState.Joined { Launch.Muted: true, Page.Muted: false } => new(Mood.Attention, words["mute.comes"]),
        _ => null,
    };

    private static ScreenLine? Line(CallState state, KitFacts facts, TimeSpan now, Words words) => state switch
    {
        CallState.Consented { Notice: { } notice } => new(Mood.Attention, Notice(notice, facts, words), SecondsOf(notice, now)),
        CallState.Interrupted away => new(Mood.Attention, words.About("overlay", away.Cause)),
        CallState.Joining { Recovers: not null } => new(Mood.Working, words["overlay.recovering"]),
        CallState.Joining joining => new(Mood.Working, words.Say("overlay.joining", ("step", words.About("step", Progress.Due(joining), "doing")))),
        CallState.Joined { Page.IsHeld: true } => new(Mood.Attention, words.Say("overlay.held", ("key", facts.StartKey))),
        CallState.Open { SwitchedOff: Tracks.Both } => new(Mood.Attention, words.Say("overlay.left", ("key", facts.StartKey))),
        CallState.Joined { Missing: not Tracks.None and var missing } joined => new(Mood.Attention, words.About(joined.SwitchedOff == missing ? "off" : "missing", missing)),
        CallState.Joined { FarSideIsLost: true } => new(Mood.Working, words.About("overlay", Cause.FarSide)),
        CallState.Open => Alone(facts, words),
        CallState.WithPupil when !facts.HasKeyboard => new(Mood.Attention, words["overlay.keyboard"]),
        CallState.Ending => new(Mood.Working, words["overlay.ending"]),
        _ => null,
    };

    private static ScreenLine Alone(KitFacts facts, Words words) => facts.HasKeyboard
        ? new(Mood.Ready, words["overlay.open"])
        : new(Mood.Attention, words["overlay.keyboard"]);

    private static string Notice(EndNotice notice, KitFacts facts, Words words) => notice switch
    {
        { EndsCall: false } => words.Say("notice.hold", ("key", facts.EndKey)),
        { Why: EndReason.Asked } => words.Say("notice.ends", ("key", facts.StartKey)),
        _ => words.Say($"notice.{(notice.Why is EndReason.DayOver ? "day-over" : "room-empty")}", ("key", facts.StartKey)),
    };

    private static int? SecondsOf(EndNotice notice, TimeSpan now) => notice.EndsCall ? SecondsUntil(notice.Until, now) : null;
}
