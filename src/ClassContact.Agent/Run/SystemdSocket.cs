using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ClassContact.Agent.Run;

/// <summary>What systemd is told of a service of <c>Type=notify</c> (sd_notify(3)). Without systemd there is none, and nobody is told.</summary>
/// <param name="address">NOTIFY_SOCKET: a path, or with @ an abstract name.</param>
internal sealed class SystemdSocket(string address)
{
    /// <summary>The one of this process; null where it was not started by systemd, or not so that it is to tell.</summary>
    public static SystemdSocket? OfThisProcess() => Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 } there ? new(there) : null;

    /// <summary>How long the service may be silent before systemd takes it for dead; null where it does not mind (sd_watchdog_enabled(3)).</summary>
    public static TimeSpan? Patience() =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds) : null;

    /// <summary>Tells it one thing: <c>READY=1</c>, <c>WATCHDOG=1</c>.</summary>
    /// <exception cref="SocketException">systemd cannot be reached.</exception>
    public void Tell(string what)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(address[0] == '@' ? '\0' + address[1..] : address));
        socket.Send(Encoding.UTF8.GetBytes(what));
    }
}
