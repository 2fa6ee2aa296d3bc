using System.Globalization;
using ClassContact.Kit.Screen;

namespace ClassContact.Kit.Door;

/// <summary>The technician's screen, put together.</summary>
internal static class DoorScreen
{
    /// <summary>What the page shows; null while the door is closed.</summary>
    public static DoorView? Of(DoorState state, DoorParts parts, DoorRoom room, DateOnly today, TimeSpan now)
    {
        if (state.Place is DoorPlace.Closed)
            return null;
        var sections = state.Place is DoorPlace.Open ? room.Views() : [];
        return new(
            parts.Words.Language, parts.Words["door.title"], Kit(parts, today), parts.Words["door.leave"],
            parts.Words.Say("door.closes", ("minutes", Number(DoorMachine.Silence.TotalMinutes))),
            state.Place is DoorPlace.Open ? null : Ask(state, parts.Words, now), sections)
        {
            Name = sections.Any(section => section.IsBusy) ? $"{state.Place}, busy" : $"{state.Place}",
        };
    }

    // By it the helpdesk computes the code, so it is the kit's own, right or wrong.
    private static IReadOnlyList<DoorRow> Kit(DoorParts parts, DateOnly today) =>
    [
        new(parts.Words["door.kit"], parts.Kit),
        new(parts.Words["door.date"], today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    ];

    private static DoorAsk Ask(DoorState state, Words words, TimeSpan now)
    {
        var kind = state.Place switch { DoorPlace.Locked => "locked", DoorPlace.Shut => "shut", _ => "code" };
        var wait = Math.Max(0, ((state.LockedUntil ?? now) - now).TotalMinutes);
        return new(
            words[$"door.{kind}.headline"], words.Say($"door.{kind}.sentence", ("minutes", Number(Math.Max(1, Math.Ceiling(wait))))), words["helpdesk.number"],
            kind is "code" ? words["door.code.field"] : null, words["door.code.open"], SaidOf(state, words));
    }

    private static DoorSaid? SaidOf(DoorState state, Words words) => state switch
    {
        { IsDiskBad: true } => DoorSection.Bad(words["door.code.disk"]),
        { Place: DoorPlace.AskingCode, Tries.Wrong: > 0 and < DoorTries.Free } => DoorSection.Bad(
            words.Say("door.code.wrong", ("left", Number(DoorTries.Free - state.Tries.Wrong)))),
        { Place: DoorPlace.AskingCode, Tries.Wrong: >= DoorTries.Free } => DoorSection.Bad(words["door.code.last"]),
        _ => null,
    };

    private static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
