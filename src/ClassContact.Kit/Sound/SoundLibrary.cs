using System.Runtime.Versioning;

namespace ClassContact.Kit.Sound;

/// <summary>The library behind <see cref="ISound"/>: the one that this build was made with (<c>src/KitLibraries.props</c>).</summary>
public static partial class SoundLibrary
{
    /// <summary>Opens nothing yet.</summary>
    /// <param name="kiosk">The kiosk's runtime folder, with the sound server's socket.</param>
    /// <param name="time">Of the deadlines.</param>
    [SupportedOSPlatform("linux")]
    internal static partial ISound Of(string kiosk, TimeProvider time);
}
