using System.Runtime.Versioning;
using ClassContact.Kit.Sound.NAudioAlsa;

namespace ClassContact.Kit.Sound;

/// <content>KitSound=Named.</content>
public static partial class SoundLibrary
{
    /// <summary>Its name.</summary>
    public const string Name = "NAudio";

    /// <inheritdoc/>
    [SupportedOSPlatform("linux")]
    internal static partial ISound Of(string kiosk, TimeProvider time) => new NAudioSound(kiosk, time);
}
