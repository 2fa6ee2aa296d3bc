using System.IO.Ports;

namespace ClassContact.Kit.Serial.Ports;

/// <summary>
/// A serial line by System.IO.Ports. Type-checked only (2026-11-21): the package could not be had where this was written, so nobody has seen it run.
/// </summary>
internal static class PortStream
{
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
            throw e is IOException or UnauthorizedAccessException ? e : new IOException($"{path}: {e.Message}", e);
        }
    }
}
