using ClassContact.Kit.Screen;

namespace ClassContact.Kit.Door;

/// <summary>Does something for a technician, within the door's own limit of time; says how it went.</summary>
/// <param name="word">What was pressed and typed: to be judged before it is used.</param>
/// <param name="ct">The door closes, or the time is up.</param>
internal delegate Task<DoorSaid> DoorDeed(DoorWord word, CancellationToken ct);

/// <summary>A part of the technician's screen: what it shows, and what it does.</summary>
/// <param name="Id">A code; its actions begin with it.</param>
/// <param name="View">How it is now; returns at once.</param>
/// <param name="Deeds">Its actions by their codes.</param>
internal sealed record DoorSection(string Id, Func<DoorSectionView> View, IReadOnlyDictionary<string, DoorDeed> Deeds)
{
    /// <summary>The action that is done by itself when the door opens, so that the section has something to show; null for none.</summary>
    public string? First { get; init; }

    /// <summary>A view with the title and the sentence that the words have for a section.</summary>
    public static DoorSectionView Titled(string id, Words words, IReadOnlyList<DoorRow> rows, IReadOnlyList<DoorField> fields, params IReadOnlyList<string> actions) => new(
        id, words[$"door.{id}.title"], words[$"door.{id}.sentence"], rows, fields,
        [.. actions.Select(action => new DoorButton($"{id}.{action}", words[$"door.{id}.{action}"], words[$"door.{id}.{action}.does"]))]);

    /// <summary>It went well.</summary>
    public static DoorSaid Good(string text) => new(Mood.Ready, text);

    /// <summary>It did not.</summary>
    public static DoorSaid Bad(string text) => new(Mood.Trouble, text);
}
