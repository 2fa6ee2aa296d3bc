using ClassContact.Kit.Call;
using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Screen;

public static partial class Room
{
    /// <summary>The page has room for so many.</summary>
    private const int MostTroubles = 4;

    // What stops a call comes large and sets the mood; what only makes it less good stands small below. A press works all the same, if there is a key.
    private static ScreenView WithFaults(ScreenView view, CallState state, KitFacts facts, Words words)
    {
        var stops = facts.Faults.Where(f => f.Severity is Severity.StopsCalls).OrderBy(f => f.Check.Thing is not Thing.Keyboard).ToList();
        var known = stops.Select(f => Picture(f.Check.Thing)).ToHashSet();
        var own = view.Troubles.Where(trouble => !known.Contains(trouble.Picture)); // the check knows better why
        var troubles = stops.Select(f => Trouble(f, words));
        var all = stops.Exists(IsKeyboard) ? [.. troubles.Take(1), .. own, .. troubles.Skip(1)] : own.Concat(troubles);
        var small = facts.Faults.Where(f => f.Severity is Severity.Degrades).Select(f => Trouble(f, words) with { IsSmall = true });
        if (stops.Count > 0 && state is CallState.Standby)
            view = Plain(MoodOf(stops), null, MoodOf(stops) is Mood.Trouble ? "stopped" : "attention", words) with { Key = Start(facts, "key.opens-anyway", words) };
        return view with
        {
            Troubles = [.. all.Concat(small).Take(MostTroubles)],
            Picture = stops.Count > 0 ? Picture(stops[0].Check.Thing) : view.Picture,
            Key = stops.Exists(IsKeyboard) ? null : view.Key,
        };
    }

    // A plug is a matter of a moment, and the class opens without camera or sound; without a network it does not.
    private static Mood MoodOf(List<Fault> stops) =>
        stops.TrueForAll(f => f.Check.Thing is Thing.Camera or Thing.Speakerphone or Thing.Keyboard) ? Mood.Attention : Mood.Trouble;

    private static bool IsKeyboard(Fault fault) => fault.Check.Thing is Thing.Keyboard;

    private static ScreenTrouble Trouble(Fault fault, Words words)
    {
        var about = $"check.{fault.Check.Code}.{fault.Finding.Reason}";
        return new(Picture(fault.Check.Thing), words.Find($"{about}.what") ?? words["fault.what"], words.Find($"{about}.do") ?? words["fault.do"]);
    }

    private static Picture Picture(Thing thing) => thing switch
    {
        Thing.Camera => Screen.Picture.Camera,
        Thing.Speakerphone => Screen.Picture.Speakerphone,
        Thing.Keyboard => Screen.Picture.Keyboard,
        Thing.Network => Screen.Picture.Network,
        Thing.Screen => Screen.Picture.Screen,
        _ => Screen.Picture.Kit,
    };
}
