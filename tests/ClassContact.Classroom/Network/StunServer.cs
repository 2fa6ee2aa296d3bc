using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ClassContact.Classroom.Network;

/// <summary>A STUN server on all of this side's addresses: answers each Binding request as RFC 8489 wants it, over UDP and IPv4.</summary>
public sealed class StunServer : IDisposable
{
    private const uint Cookie = 0x2112A442;

    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Any, 0));
    private int asked;

    /// <summary>Listens on a free port.</summary>
    public StunServer() => _ = Serve();

    /// <summary>Where.</summary>
    public int Port => ((IPEndPoint)socket.Client.LocalEndPoint!).Port;

    /// <summary>Requests so far.</summary>
    public int Asked => Volatile.Read(ref asked);

    /// <summary>True: it hears, and says nothing.</summary>
    public bool IsSilent { get; set; }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var request = await socket.ReceiveAsync();
                Interlocked.Increment(ref asked);
                if (!IsSilent)
                    await socket.SendAsync(Answer(request.Buffer, request.RemoteEndPoint), request.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // Success, with XOR-MAPPED-ADDRESS alone.
    private static byte[] Answer(byte[] request, IPEndPoint from)
    {
        byte[] answer = [1, 1, 0, 12, .. request[4..20], 0, 0x20, 0, 8, 0, 1, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(26), (ushort)(from.Port ^ (Cookie >> 16)));
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(28), BinaryPrimitives.ReadUInt32BigEndian(from.Address.GetAddressBytes()) ^ Cookie);
        return answer;
    }
}
