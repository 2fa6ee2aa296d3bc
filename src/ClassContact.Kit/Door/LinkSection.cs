using ClassContact.Kit.Screen;

namespace ClassContact.Kit.Door;

/// <summary>The meeting's link: which room's is in use, which waits, and asking for it anew. The link itself is never shown.</summary>
/// <param name="words">The language.</param>
/// <param name="room">The room whose link is in use; null for none.</param>
/// <param name="waiting">The room whose link waits; null for none.</param>
/// <param name="fetch">Asks the service: null, or why not, as a code. Null for a kit whose settings name none.</param>
/// <param name="confirm">Takes the waiting link of a room into use; false where none waits for it.</param>
internal sealed class LinkSection(Words words, Func<string?> room, Func<string?> waiting, Func<CancellationToken, Task<string?>>? fetch, Func<string, bool> confirm)
{
    private const string Id = "link";

    /// <summary>The section.</summary>
    public DoorSection Section() => new(Id, View, new Dictionary<string, DoorDeed> { ["link.fetch"] = (_, ct) => Fetch(ct), ["link.confirm"] = (word, _) => Task.FromResult(Confirm(word["room"])) });

    private DoorSectionView View() => DoorSection.Titled(
        Id, words,
        [new(words["door.link.room"], room() ?? words["door.link.none"])],
        [.. waiting() is { } label ? [new DoorField("room", words["door.link.waiting"], DoorFieldKind.Choice, label, [new(label, label)])] : Array.Empty<DoorField>()],
        [.. fetch is null ? Array.Empty<string>() : ["fetch"], .. waiting() is null ? Array.Empty<string>() : ["confirm"]]);

    private async Task<DoorSaid> Fetch(CancellationToken ct) =>
        await (fetch?.Invoke(ct) ?? Task.FromResult<string?>("no-service")) is { } reason ? DoorSection.Bad(words.Say("door.link.not-fetched", ("reason", reason)))
        : waiting() is not null ? new(Mood.Attention, words["door.link.waits"])
        : room() is not null ? DoorSection.Good(words["door.link.same"])
        : DoorSection.Bad(words["door.enrol.no-link"]);

    // What was on the screen is what is confirmed: another that came meanwhile is not.
    private DoorSaid Confirm(string label) =>
        label.Length > 0 && confirm(label) ? DoorSection.Good(words["door.link.confirmed"]) : DoorSection.Bad(words["door.link.nothing"]);
}
