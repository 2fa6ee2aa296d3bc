using System.Runtime.Versioning;
using ClassContact.Kit.Serial.Ports;

namespace ClassContact.Kit.Serial;

/// <content>KitSerial=Named.</content>
public static partial class SerialLine
{
    /// <summary>The library's name.</summary>
    public const string Library = "System.IO.Ports";

    /// <inheritdoc/>
    [SupportedOSPlatform("linux")]
    internal static partial Task<Stream> Open(string path, int baud, TimeProvider time, CancellationToken ct) => PortStream.Open(path, baud, ct);
}
