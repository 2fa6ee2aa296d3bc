namespace ClassContact.KitBench.Tests.Kit;

/// <summary>What is plugged into a kit.</summary>
internal enum Part
{
    /// <summary>The keyboard with the start key.</summary>
    Keyboard,

    /// <summary>The speakerphone.</summary>
    Speakerphone,

    /// <summary>The camera.</summary>
    Camera,
}
