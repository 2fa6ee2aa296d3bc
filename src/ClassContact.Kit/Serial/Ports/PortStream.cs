using System.IO.Ports;

namespace ClassContact.Kit.Serial.Ports;

/// <summary>A serial line by System.IO.Ports.</summary>
internal static class PortStream
{
    private const int NoPermission = 13; // EACCES

    /// <inheritdoc cref="SerialLine.Open"/>
    internal static Task<Stream> Open(string path, int baud, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var port = new SerialPort(path, baud, Parity.None, dataBits: 8, StopBits.One) { Handshake = Handshake.None };
        try
        {
            port.Open();
            return Task.FromResult(port.BaseStream); // closing it closes the port
        }
        catch (Exception e)
        {
            port.Dispose();
            throw e switch
            {
                UnauthorizedAccessException { InnerException: IOException { HResult: NoPermission } } => e,
                UnauthorizedAccessException { InnerException: IOException why } => new IOException($"{path}: {why.Message}", why), // it says "access denied" to all, as on Windows
                IOException => e,
                _ => new IOException($"{path}: {e.Message}", e),
            };
        }
    }
}
