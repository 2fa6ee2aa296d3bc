using ClassContact.Kit.Screen;

namespace ClassContact.Kit.Door;

/// <summary>What the door needs of the rest of the agent. Every call returns at once.</summary>
internal sealed record DoorParts
{
    /// <summary>The kit's name.</summary>
    public required string Kit { get; init; }

    /// <summary>The language.</summary>
    public required Words Words { get; init; }

    /// <summary>The kit's private folder.</summary>
    public required string Data { get; init; }

    /// <summary>What opens it, and the secret of its code.</summary>
    public required Func<(DoorLock Lock, byte[]? Secret)> Lock { get; init; }

    /// <summary>No class is on, and none is being opened or closed.</summary>
    public required Func<bool> IsFree { get; init; }

    /// <summary>Puts the door onto the screen (true), or the standby page in its place.</summary>
    public required Action<bool> Show { get; init; }

    /// <summary>The view has changed.</summary>
    public required Action Changed { get; init; }

    /// <summary>Tells the helpdesk: an event's name and cause.</summary>
    public required Action<string, string?> Tell { get; init; }

    /// <summary>What is behind it, in the order of its tabs.</summary>
    public required IReadOnlyList<DoorSection> Sections { get; init; }
}
