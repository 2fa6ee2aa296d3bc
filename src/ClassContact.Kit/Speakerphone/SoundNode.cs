using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Speakerphone;

/// <summary>What a node of the sound-and-video server is good for.</summary>
[Flags]
internal enum NodeRoles
{
    /// <summary>Nothing of ours: a stream, a driver.</summary>
    None = 0,

    /// <summary>Sound goes out.</summary>
    Loudspeaker = 1,

    /// <summary>Sound comes in.</summary>
    Microphone = 2,

    /// <summary>A picture comes in.</summary>
    Camera = 4,
}

/// <summary>A node of the sound-and-video server.</summary>
/// <param name="Name">The server's own name for it, by which defaults are told.</param>
/// <param name="Description">The name for people, as the device gives it: not safe to show.</param>
/// <param name="Roles">What it is good for.</param>
/// <param name="Device">The number of the device it belongs to; null for a node of software.</param>
/// <param name="Usb">The device's USB ids; null when it is not on USB.</param>
internal sealed record SoundNode(string Name, string Description, NodeRoles Roles, int? Device = null, string? Usb = null)
{
    /// <summary>The server's number for it, by which its mixer is set; another one after each plug. Null when it does not say.</summary>
    public int? Id { get; init; }

    /// <summary>The output of a screen or television: DisplayPort is told as HDMI, too.</summary>
    public bool IsDisplay { get; init; }

    /// <summary>What the server puts in the place of a device when there is none.</summary>
    public bool IsDummy { get; init; }

    /// <summary>People name their telephones and headsets after themselves: a name that came by radio or network is not told.</summary>
    public bool IsNamedByPeople { get; init; }

    /// <summary>Whether its mixer is muted; null when it does not say.</summary>
    public bool? IsMuted { get; init; }

    /// <summary>Its mixer's volume as sliders show it, 100 for full; null when it does not say.</summary>
    public int? Percent { get; init; }

    /// <summary>Its name for people, to be shown and sent; null where it is not told.</summary>
    public string? Told => IsNamedByPeople ? null : SafeText.Of(Description);
}
