using System.Runtime.Versioning;

namespace ClassContact.Kit.Serial;

/// <summary>
/// A serial line as a stream: 8 data bits, no parity, 1 stop bit, every byte as it is. Its user is the call button.
/// The library behind it is the one that this build was made with (<c>src/KitLibraries.props</c>).
/// </summary>
public static partial class SerialLine
{
    /// <summary>Opens and sets the line. A read that waits ends within a second when it is cancelled; when the device is gone it returns 0 or throws (<see cref="IOException"/> or <see cref="ObjectDisposedException"/>).</summary>
    /// <param name="path">Such as <c>/dev/ttyUSB0</c>.</param>
    /// <param name="baud">Bits a second; what the device has, mostly 9600.</param>
    /// <param name="time">Of the deadline for setting it.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="IOException">It is not there, or is no serial line, or does not take these settings.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not.</exception>
    [SupportedOSPlatform("linux")]
    internal static partial Task<Stream> Open(string path, int baud, TimeProvider time, CancellationToken ct);
}
