using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClassContact.Mqtt.Ways;

/// <summary>Why nobody was reached, as the checks' reasons say it, too.</summary>
internal static class Trouble
{
    internal const string UnknownName = "unknown-name";
    internal const string NoAnswer = "no-answer";
    internal const string Refused = "refused";
    internal const string NoRoute = "no-route";
    internal const string ProxyLogin = "login";
    internal const string ProxyRefuses = "refuses";
    internal const string NotTls = "not-tls";
    internal const string WrongName = "wrong-name";
    internal const string Inspected = "inspected";
    internal const string UnknownAuthority = "unknown-authority";
    internal const string Expired = "expired";
    internal const string NotYetValid = "not-yet-valid";
    internal const string NotAccepted = "not-accepted";

    /// <summary>The broker is who it should be, and does not accept the kit's certificate.</summary>
    internal const string Unwelcome = "unwelcome";

    /// <summary>A file of our own is no good; no way leads anywhere before it is mended.</summary>
    internal const string Files = "files";
}

/// <summary>How a try to connect ended.</summary>
/// <param name="Stream">The open connection; null when there is <paramref name="Trouble"/>.</param>
/// <param name="Trouble">One of <see cref="Ways.Trouble"/>; null when connected.</param>
/// <param name="Took">From the name's resolution on, that included.</param>
internal sealed record Dialled(NetworkStream? Stream, string? Trouble, TimeSpan Took);

/// <summary>Opens TCP connections, straight or through a proxy.</summary>
internal static class Dial
{
    // RFC 8305, Connection Attempt Delay: a dead IPv6 must not look like a dead host.
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    // One address of each family, and one more: a host with more dead addresses than that is not reached.
    private const int MostAddresses = 3;

    /// <summary>Connects within 5 s, or within a limit of the caller's.</summary>
    internal static async Task<Dialled> To(Place place, Purpose purpose, TimeProvider time, CancellationToken ct, TimeSpan? limit = null)
    {
        var begun = time.GetTimestamp();
        var (socket, trouble) = await Patience.Within<(Socket?, string?)>(
            limit ?? Patience.Step, (null, Trouble.NoAnswer), time, either => Reach(place.Host, place.Port, time, either), ct);
        return new(socket is null ? null : Traffic.Counted(socket, purpose), trouble, time.GetElapsedTime(begun));
    }

    /// <summary>Connects to a place through a proxy that speaks HTTP.</summary>
    /// <param name="proxy">The proxy.</param>
    /// <param name="place">Where to.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="time">Of the waiting.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="login">"name:password" for the proxy (RFC 7617); null to show none.</param>
    internal static async Task<Dialled> Through(Place proxy, Place place, Purpose purpose, TimeProvider time, CancellationToken ct, string? login = null)
    {
        var begun = time.GetTimestamp();
        var dialled = await To(proxy, purpose, time, ct);
        if (dialled.Stream is not { } stream)
            return dialled;
        using var leaving = ct.Register(stream.Dispose);
        var shown = login is null ? "" : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(login))}\r\n";
        var answer = await Patience.Within(Patience.Step, null, time,
            either => Http.Ask(stream, $"CONNECT {place.Authority} HTTP/1.1\r\nHost: {place.Authority}\r\n{shown}\r\n", 0, either), ct);
        var trouble = answer?.Status switch
        {
            >= 200 and < 300 => null,
            407 or 401 => Trouble.ProxyLogin, // tinyproxy says 401 to a wrong password
            null => Trouble.NoAnswer,
            _ => Trouble.ProxyRefuses,
        };
        if (trouble is not null)
            await stream.DisposeAsync();
        return new(trouble is null ? stream : null, trouble, time.GetElapsedTime(begun));
    }

    /// <summary>Resolves a name. A resolver that hangs is left behind: the C library cannot be stopped.</summary>
    internal static async Task<(IPAddress[] Addresses, string? Trouble)> Resolve(string host, CancellationToken ct)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, ct);
            return (addresses, addresses.Length > 0 ? null : Trouble.UnknownName);
        }
        catch (SocketException e)
        {
            return ([], e.SocketErrorCode is SocketError.TryAgain or SocketError.TimedOut ? Trouble.NoAnswer : Trouble.UnknownName);
        }
    }

    private static async Task<(Socket?, string?)> Reach(string host, int port, TimeProvider time, CancellationToken ct)
    {
        var (addresses, trouble) = await Resolve(host, ct);
        if (trouble is not null)
            return (null, trouble);
        return await First([.. OneOfEachFirst(addresses).Take(MostAddresses).Select(address => new IPEndPoint(address, port))], Open, time, ct);
    }

    /// <summary>Connects to whichever answers first, each a head start after the one before it; the others are closed.</summary>
    internal static async Task<(Socket? Socket, string? Trouble)> First(
        IReadOnlyList<IPEndPoint> ends, Func<AddressFamily, Socket> open, TimeProvider time, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var tries = new List<Task<(Socket? Socket, string? Trouble)>>();
        string? trouble = null;
        try
        {
            foreach (var end in ends)
                tries.Add(Try(end, open, tries.LastOrDefault(), time, enough.Token));
            while (tries.Count > 0)
            {
                var ended = await Task.WhenAny(tries);
                tries.Remove(ended);
                var (socket, why) = await ended;
                if (socket is not null)
                    return (socket, null);
                trouble = why ?? trouble;
            }
        }
        finally
        {
            await enough.CancelAsync();
            await ((Task)Task.WhenAll(tries)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var other in tries.Where(other => other.IsCompletedSuccessfully))
                (await other).Socket?.Dispose();
        }
        ct.ThrowIfCancellationRequested();
        return (null, trouble ?? Trouble.NoRoute);
    }

    private static Socket Open(AddressFamily family) => new(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private static async Task<(Socket? Socket, string? Trouble)> Try(
        IPEndPoint to, Func<AddressFamily, Socket> open, Task<(Socket? Socket, string?)>? before, TimeProvider time, CancellationToken ct)
    {
        Socket? socket = null;
        var isOpen = false;
        try
        {
            socket = open(to.AddressFamily); // fails where the kernel, or the unit, allows no sockets of a family
            if (before is not null && await Task.WhenAny(before, Task.Delay(HeadStart, time, ct)) == before && (await before).Socket is not null)
                throw new OperationCanceledException(ct);
            ct.ThrowIfCancellationRequested();
            await socket.ConnectAsync(to, ct);
            isOpen = true;
            return (socket, null);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return (null, (e as SocketException)?.SocketErrorCode switch
            {
                null => null, // another address was faster, or nobody waits any more
                SocketError.AddressFamilyNotSupported or SocketError.ProtocolNotSupported => null, // says nothing of the host
                SocketError.ConnectionRefused => Trouble.Refused,
                SocketError.TimedOut => Trouble.NoAnswer,
                _ => Trouble.NoRoute,
            });
        }
        finally
        {
            if (!isOpen)
                socket?.Dispose();
        }
    }

    private static IEnumerable<IPAddress> OneOfEachFirst(IPAddress[] addresses) =>
        addresses.GroupBy(a => a.AddressFamily).SelectMany(family => family.Select((address, i) => (address, i))).OrderBy(a => a.i).Select(a => a.address);
}
