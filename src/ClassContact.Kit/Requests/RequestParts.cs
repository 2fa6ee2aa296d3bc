using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Kit.Requests;

/// <summary>Does what a request wants; returns null when it is done, or why not, as a code.</summary>
/// <param name="ct">Cancelled when the agent stops, and for a diagnosis and a reboot when a class begins.</param>
public delegate Task<string?> Deed(CancellationToken ct);

/// <summary>Makes a bundle and gives it away; returns where it is, or why it is not, as a code.</summary>
/// <param name="ct">Cancelled when the agent stops.</param>
public delegate Task<(string? Reason, KeptBundle? Kept)> BundleDeed(CancellationToken ct);

/// <summary>What requests need of the rest of the kit. What is not said to take its time returns at once, and may be called from any thread.</summary>
public sealed record RequestParts
{
    /// <summary>Puts a line of the helpdesk on the screen.</summary>
    public required Action<HelpdeskMessage> Show { get; init; }

    /// <summary>Sends a reply when it can.</summary>
    public required Action<Reply> Reply { get; init; }

    /// <summary>UTC; null while the kit's clock cannot be trusted.</summary>
    public required Func<DateTimeOffset?> WallClock { get; init; }

    /// <summary>What the kit is doing. May read the disk.</summary>
    public required Func<Situation> Situation { get; init; }

    /// <summary>Looks at the kit, and publishes what it found.</summary>
    public required Deed RunDiagnosis { get; init; }

    /// <summary>Closes the browser, and waits for the next.</summary>
    public required Deed RestartBrowser { get; init; }

    /// <summary>Begins to wire the agent anew with the settings as they are now; what follows tells that it is done.</summary>
    public required Deed ReloadSettings { get; init; }

    /// <summary>Sets the log's level for a while.</summary>
    public required Action<SetLogLevel> SetLogLevel { get; init; }

    /// <summary>Asks the kit's server for the meeting's link; null for a kit that is not enrolled.</summary>
    public Deed? RefreshLink { get; init; }

    /// <summary>Makes a bundle and gives it to the kit's server; null for a kit that is not enrolled.</summary>
    public BundleDeed? SendBundle { get; init; }

    /// <summary>Asks for the computer to be started anew; returns only when it was not.</summary>
    public required Deed Reboot { get; init; }

    /// <summary>What the room is to read of the helpdesk's doing has changed.</summary>
    public Action Changed { get; init; } = () => { };
}
