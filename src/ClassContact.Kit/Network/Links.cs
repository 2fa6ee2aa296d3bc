using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace ClassContact.Kit.Network;

/// <summary>The way that an interface goes out.</summary>
internal enum LinkKind
{
    /// <summary>A cable.</summary>
    Wired,

    /// <summary>Wi-Fi. Which one is nobody's business.</summary>
    Wireless,

    /// <summary>Something else: a mobile modem, a tunnel.</summary>
    Other,
}

/// <summary>A network interface.</summary>
/// <param name="Kind">The way that it goes out.</param>
/// <param name="HasCarrier">Whether a cable is in it, or it is joined to a Wi-Fi.</param>
/// <param name="IsDevice">Whether there is a device behind it; bridges and tunnels have none.</param>
internal sealed record NetworkLink(LinkKind Kind, bool HasCarrier, bool IsDevice);

/// <summary>The interfaces of a Linux computer, out of its <c>/sys/class/net</c>.</summary>
internal static class LinuxLinks
{
    // linux/if_arp.h
    private const string Ethernet = "1";
    private const string Loopback = "772";

    /// <summary>All but the loopback; when any has a device behind it, only those.</summary>
    internal static IReadOnlyList<NetworkLink> List(string folder = "/sys/class/net")
    {
        var all = Directory.EnumerateDirectories(folder).Where(at => Read(at, "type") is not (Loopback or null)).Select(Of).ToList();
        return all.Exists(link => link.IsDevice) ? all.FindAll(link => link.IsDevice) : all;
    }

    private static NetworkLink Of(string at) => new(
        Directory.Exists(Path.Combine(at, "wireless")) || Path.Exists(Path.Combine(at, "phy80211")) ? LinkKind.Wireless
            : Read(at, "type") is Ethernet ? LinkKind.Wired : LinkKind.Other,
        Read(at, "carrier") is "1",
        Path.Exists(Path.Combine(at, "device")));

    private static string? Read(string at, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(at, name)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // the kernel tells no carrier of an interface that is down, and one may go while it is looked at
        }
    }
}

/// <summary>The interfaces of a computer that is not a Linux one.</summary>
internal static class SystemLinks
{
    /// <summary>All but the loopback.</summary>
    internal static IReadOnlyList<NetworkLink> List() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces().Where(i => i.NetworkInterfaceType is not (NetworkInterfaceType.Loopback or NetworkInterfaceType.Tunnel)).Select(i => new NetworkLink(
            i.NetworkInterfaceType is NetworkInterfaceType.Wireless80211 ? LinkKind.Wireless
                : i.NetworkInterfaceType is NetworkInterfaceType.Ethernet ? LinkKind.Wired : LinkKind.Other,
            i.OperationalStatus is OperationalStatus.Up, IsDevice: true)),
    ];
}

/// <summary>Which families of addresses the computer has that lead further than its own cable.</summary>
/// <param name="V4">IPv4 beyond 169.254.0.0/16.</param>
/// <param name="V6">IPv6 beyond fe80::/10.</param>
/// <param name="LocalOnly">There are addresses, and none that leads further: nobody gave one out (RFC 3927).</param>
internal sealed record Addresses(bool V4, bool V6, bool LocalOnly)
{
    /// <summary>Those of this computer, its loopback left aside.</summary>
    internal static Addresses Now()
    {
        var all = NetworkInterface.GetAllNetworkInterfaces()
            .Where(i => i.NetworkInterfaceType is not NetworkInterfaceType.Loopback && i.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses.Select(unicast => unicast.Address))
            .Where(address => !System.Net.IPAddress.IsLoopback(address)).ToList();
        return Of(all);
    }

    internal static Addresses Of(IReadOnlyCollection<System.Net.IPAddress> all)
    {
        var far = all.Where(address => address.AddressFamily is AddressFamily.InterNetwork
            ? address.GetAddressBytes() is not [169, 254, ..]
            : !address.IsIPv6LinkLocal).ToList();
        return new(
            far.Exists(a => a.AddressFamily is AddressFamily.InterNetwork), far.Exists(a => a.AddressFamily is AddressFamily.InterNetworkV6), all.Count > 0 && far.Count == 0);
    }
}
