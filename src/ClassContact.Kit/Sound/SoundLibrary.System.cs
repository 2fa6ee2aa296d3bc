using System.Runtime.Versioning;
using ClassContact.Kit.Sound.Alsa;

namespace ClassContact.Kit.Sound;

/// <content>KitSound=System.</content>
public static partial class SoundLibrary
{
    /// <summary>Its name.</summary>
    public const string Name = "ALSA's tools";

    /// <inheritdoc/>
    [SupportedOSPlatform("linux")]
    internal static partial ISound Of(string kiosk, TimeProvider time) => new AlsaTools(kiosk, time);
}
