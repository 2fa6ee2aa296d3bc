using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ClassContact.Classroom;
using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Usb;

/// <summary>Speaks to a plugged-in device as a machine's kernel does, byte by byte, or as no kernel would.</summary>
internal sealed class Kernel : IDisposable
{
    private readonly TcpClient client;
    private readonly NetworkStream stream;

    private Kernel(TcpClient client) => (this.client, stream) = (client, client.GetStream());

    public static async Task<Kernel> Take(UsbPlug plug)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, plug.Port);
        return new(client);
    }

    /// <summary>The first 48 bytes of a request, its numbers as they stand in the kernel's <c>usbip_header</c>, and what follows it.</summary>
    public static byte[] Request(uint command, uint number, uint direction, uint endpoint, int length, int packets = -1, byte[]? setup = null, byte[]? data = null)
    {
        var header = new byte[48];
        uint[] fields = [command, number, 1 << 16 | 2, direction, endpoint, 0, (uint)length, 0, (uint)packets, 0];
        for (var at = 0; at < fields.Length; at++) BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 * at), fields[at]);
        setup?.CopyTo(header, 40);
        return [.. header, .. data ?? []];
    }

    /// <summary>A request to take the transfer with that number back.</summary>
    public static byte[] TakeBack(uint number, uint transfer)
    {
        var header = new byte[48];
        BinaryPrimitives.WriteUInt32BigEndian(header, 2);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), number);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(20), transfer);
        return header;
    }

    public async Task Say(params byte[] bytes) => await stream.WriteAsync(bytes);

    /// <summary>An answer's header and the bytes after it.</summary>
    public async Task<(uint Command, uint Number, int Status, byte[] Data)> Hear(int data = 0)
    {
        var bytes = new byte[48 + data];
        await stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(WaitFor.Generous);
        return (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)), bytes[48..]);
    }

    /// <summary>Until the device's end is closed; one that had something unread, or had not taken the connection yet, closes with a reset (tcp(7)).</summary>
    public async Task End()
    {
        try
        {
            Assert.Equal(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(WaitFor.Generous));
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
        }
    }

    public void Finish() => client.Client.Shutdown(SocketShutdown.Send);

    public void Dispose() => client.Dispose();
}
