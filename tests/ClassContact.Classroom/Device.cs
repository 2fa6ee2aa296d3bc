namespace ClassContact.Classroom;

/// <summary>What is plugged into a kit.</summary>
[Flags]
public enum Device
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The camera.</summary>
    Camera = 1,

    /// <summary>The speakerphone's microphone alone.</summary>
    Microphone = 2,

    /// <summary>The speakerphone's loudspeaker alone.</summary>
    Loudspeaker = 4,

    /// <summary>Both, on one plug.</summary>
    Speakerphone = Microphone | Loudspeaker,
}
