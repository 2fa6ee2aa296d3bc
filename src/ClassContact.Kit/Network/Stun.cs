using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ClassContact.Kit.Network;

/// <summary>The one question of STUN (RFC 8489) that is asked here, and what an honest answer to it looks like.</summary>
internal static class Stun
{
    /// <summary>Bytes of a message without attributes.</summary>
    internal const int HeaderSize = 20;

    /// <summary>Bytes of a transaction's id.</summary>
    internal const int TransactionSize = 12;

    private const ushort BindingRequest = 0x0001;
    private const ushort BindingSuccess = 0x0101;
    private const ushort BindingError = 0x0111;
    private const uint Cookie = 0x2112A442;
    private const ushort XorMappedAddress = 0x0020;

    /// <summary>A Binding request with a new, unguessable transaction id and no attributes.</summary>
    internal static byte[] Request()
    {
        var request = new byte[HeaderSize];
        BinaryPrimitives.WriteUInt16BigEndian(request, BindingRequest);
        BinaryPrimitives.WriteUInt32BigEndian(request.AsSpan(4), Cookie);
        RandomNumberGenerator.Fill(request.AsSpan(8, TransactionSize));
        return request;
    }

    /// <summary>Whether a datagram answers a request. An error answers too: it has come by UDP.</summary>
    internal static bool IsAnswer(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> request)
    {
        if (datagram.Length < HeaderSize || BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length - HeaderSize || datagram.Length % 4 != 0)
            return false;
        if (!datagram[4..HeaderSize].SequenceEqual(request[4..HeaderSize])) // the cookie and the transaction
            return false;
        return BinaryPrimitives.ReadUInt16BigEndian(datagram) switch
        {
            BindingError => true,
            BindingSuccess => Mapped(datagram) is not null,
            _ => false,
        };
    }

    /// <summary>Where the server saw the request come from: for the check of an answer alone, and told to nobody. Null when it is not there, or broken.</summary>
    internal static IPEndPoint? Mapped(ReadOnlySpan<byte> message)
    {
        for (var rest = message[HeaderSize..]; rest.Length >= 4;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            var padded = 4 + ((length + 3) & ~3);
            if (padded > rest.Length)
                return null;
            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == XorMappedAddress)
                return Address(rest.Slice(4, length), message.Slice(4, 4 + TransactionSize));
            rest = rest[padded..];
        }
        return null;
    }

    private static IPEndPoint? Address(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask)
    {
        var size = value.Length < 4 ? 0 : value[1] switch { 1 => 4, 2 => 16, _ => 0 }; // 14.1: family 1 is IPv4, 2 is IPv6
        if (size == 0 || value.Length != 4 + size)
            return null;
        Span<byte> address = stackalloc byte[size];
        for (var i = 0; i < size; i++)
            address[i] = (byte)(value[4 + i] ^ mask[i]);
        var port = BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ (Cookie >> 16);
        return port == 0 ? null : new(new IPAddress(address), (int)port);
    }
}

/// <summary>Asks a STUN server over UDP.</summary>
internal static class UdpTrial
{
    /// <summary>RFC 8489, 6.2.1: the first retransmission comes after this, each later one after twice as long.</summary>
    internal static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    // The RFC proposes 7 requests and lets it be configured: 39.5 s would hold up a diagnosis. Four are over in 7.5 s.
    private const int Requests = 4;

    /// <summary>Asks up to four times. Without a trouble it was answered so long after the first request.</summary>
    /// <param name="host">The server.</param>
    /// <param name="port">Its port.</param>
    /// <param name="firstWait"><see cref="FirstWait"/>.</param>
    /// <param name="time">Of the waiting.</param>
    /// <param name="ct">Cancels.</param>
    internal static async Task<(TimeSpan Took, string? Trouble)> Ask(string host, int port, TimeSpan firstWait, TimeProvider time, CancellationToken ct)
    {
        var (addresses, trouble) = await Patience.Within(TimeSpan.FromSeconds(2), ([], Trouble.NoAnswer), time, either => Dial.Resolve(host, either), ct);
        if (trouble is not null)
            return (TimeSpan.Zero, Trouble.UnknownName);
        // Most meetings' UDP is IPv4 still; one family is enough to see a firewall.
        var address = Array.Find(addresses, a => a.AddressFamily is AddressFamily.InterNetwork) ?? addresses[0];
        var begun = time.GetTimestamp();
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp); // may not be allowed here
            // Connected: the kernel lets nobody else's datagrams in, and tells a closed port.
            await socket.ConnectAsync(new IPEndPoint(address, port), ct);
            var request = Stun.Request();
            var wait = firstWait;
            for (var sent = 0; sent < Requests; sent++, wait *= 2)
            {
                await socket.SendAsync(request, ct);
                if (await Patience.Within(wait, false, time, either => Answered(socket, request, either), ct))
                    return (time.GetElapsedTime(begun), null);
            }
            return (time.GetElapsedTime(begun), Trouble.NoAnswer);
        }
        catch (SocketException e)
        {
            return (time.GetElapsedTime(begun), e.SocketErrorCode is SocketError.ConnectionRefused ? Trouble.Refused : Trouble.NoRoute);
        }
    }

    private static async Task<bool> Answered(Socket socket, byte[] request, CancellationToken ct)
    {
        var datagram = new byte[1280]; // more than any answer to a Binding request without attributes
        while (true)
        {
            var length = await socket.ReceiveAsync(datagram, ct);
            if (Stun.IsAnswer(datagram.AsSpan(0, length), request))
                return true;
        }
    }
}
