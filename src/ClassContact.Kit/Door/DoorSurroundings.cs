using ClassContact.Kit.Bundle;
using ClassContact.Kit.Call;
using ClassContact.Kit.Health;

namespace ClassContact.Kit.Door;

/// <summary>What the agent knows of itself.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Browser">Product and version; null while none answers.</param>
/// <param name="Keyboards">Their names; empty for none, null where nobody looks for them yet.</param>
/// <param name="Broker">Whether the broker hears the kit.</param>
public sealed record DoorFacts(string Version, string? Browser, string? Keyboards, DoorBroker Broker);

/// <summary>How a kit stands with its broker.</summary>
public enum DoorBroker
{
    /// <summary>Its settings name none.</summary>
    None,

    /// <summary>It is connected to only once there is a meeting's link.</summary>
    NotYet,

    /// <summary>It hears the kit.</summary>
    Up,

    /// <summary>It does not.</summary>
    Down,
}

/// <summary>What the door needs of the agent around it. What returns no task returns at once.</summary>
public sealed record DoorSurroundings
{
    /// <summary>The kit has a link, whatever becomes of its disk: it is never open without a code.</summary>
    public bool HasLink { get; init; }

    /// <summary>The call.</summary>
    public required Func<CallState> State { get; init; }

    /// <summary>What the agent knows of itself.</summary>
    public required Func<DoorFacts> Facts { get; init; }

    /// <summary>What the checks have found; null where none look.</summary>
    public required Func<HealthBoard?> Board { get; init; }

    /// <summary>All checks, made anew.</summary>
    public required Func<IReadOnlyList<Check>> Checks { get; init; }

    /// <summary>Tells the helpdesk: an event's name and cause.</summary>
    public required Action<string, string?> Tell { get; init; }

    /// <summary>The room whose link is in use; null for none.</summary>
    public required string? Room { get; init; }

    /// <summary>Makes a bundle.</summary>
    public required Func<CancellationToken, Task<MadeBundle>> MakeBundle { get; init; }

    /// <summary>The kit has a new certificate, and perhaps a link that waits.</summary>
    public Action Enrolled { get; init; } = () => { };

    /// <summary>Asks the service for the link: null, or why not, as a code. Null for a kit that knows no service.</summary>
    public Func<CancellationToken, Task<string?>>? Refresh { get; init; }

    /// <summary>Takes the waiting link of a room into use; false where none waits for it.</summary>
    public required Func<string, bool> Confirm { get; init; }
}
