using static ClassContact.Kit.Door.DoorEvent;
using static ClassContact.Kit.Door.DoorPlace;

namespace ClassContact.Kit.Door;

/// <summary>The technician's door, decided: no clock, no wait, no disk.</summary>
internal static class DoorMachine
{
    /// <summary>The door closes by itself after this: long enough to walk to a socket or to be put through on the telephone, short enough that no pupil finds it.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    /// <summary>It closes after this whatever is done there, and wants chord and code again: a key that something lies on is no technician.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The step from a state on an event.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="e">What happened.</param>
    /// <param name="now">Time since start, so that a clock that is set neither opens nor locks.</param>
    public static DoorStep Next(DoorState state, DoorEvent e, TimeSpan now) => (state.Place, e) switch
    {
        (Closed, Knocked knock) => Knock(state, knock, now),
        (Closed, _) => new(state),
        (_, ClassBegan) => Close(state, "class"),
        (_, Left) => Close(state, "left"),
        (_, AgentEnds) => Close(state, "agent"),
        (_, Tick) when now - state.LastInput >= Silence => Close(state, "silence"),
        (Locked, Tick) when now >= state.LockedUntil => new(Asking(state, now)),
        (_, Tick) when now - state.Since >= Longest => Close(state, "limit"),
        (AskingCode, CodeTried { IsRight: true }) => new(new(Open, default, null, now, Since: now), DoorNews.Opened("code")),
        (AskingCode, CodeTried wrong) => Wrong(wrong.Tries, now),
        (AskingCode, NotWritten) => new(state with { IsDiskBad = true, LastInput = now }, DoorNews.Refused("disk")),
        (_, Touched) => new(state with { LastInput = now }),
        _ => new(state),
    };

    private static DoorStep Knock(DoorState state, Knocked knock, TimeSpan now)
    {
        if (knock.Lock is DoorLock.None)
            return new(state with { Place = Open, LastInput = now, Since = now }, DoorNews.Opened("not-enrolled"));
        if (knock.Lock is DoorLock.NoSecret)
            return new(state with { Place = Shut, LastInput = now, Since = now });
        var tries = state.Tries.On(knock.Today);
        return new(tries.Wait is not null && state.LockedUntil > now ? state with { Place = Locked, LastInput = now, Since = now } : Asking(state with { Tries = tries }, now));
    }

    private static DoorState Asking(DoorState state, TimeSpan now) => new(AskingCode, state.Tries, null, now, Since: now);

    private static DoorStep Wrong(DoorTries tries, TimeSpan now) => tries.Wait is { } wait
        ? new(new(Locked, tries, now + wait, now, Since: now), DoorNews.Refused("locked"))
        : new(new(AskingCode, tries, null, now, Since: now), DoorNews.Refused("wrong-code"));

    // Who did not get in has not been told as opening it either.
    private static DoorStep Close(DoorState state, string why) =>
        new(state with { Place = Closed, IsDiskBad = false }, state.Place is Open ? DoorNews.Closed(why) : null);
}
