using System.Runtime.Versioning;
using ClassContact.Kit.Serial.Tty;

namespace ClassContact.Kit.Serial;

/// <content>KitSerial=System.</content>
public static partial class SerialLine
{
    /// <summary>The library's name.</summary>
    public const string Library = "stty";

    /// <inheritdoc/>
    [SupportedOSPlatform("linux")]
    internal static partial Task<Stream> Open(string path, int baud, TimeProvider time, CancellationToken ct) => TtyStream.Open(path, baud, time, ct);
}
