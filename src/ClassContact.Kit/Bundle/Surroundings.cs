using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.Versioning;

namespace ClassContact.Kit.Bundle;

/// <summary>What is secret of the kit's surroundings: names and passwords of Wi-Fi networks, its own addresses, proxies in the environment, its host name.</summary>
/// <param name="time">Of the deadline.</param>
[SupportedOSPlatform("linux")]
internal sealed class Surroundings(TimeProvider time)
{
    private static readonly string[] ProxyVariables = ["http_proxy", "https_proxy", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];

    internal WifiNetworks Wifi { private get; init; } = new(time);

    /// <summary>Of the environment.</summary>
    internal Func<string, string?> Variable { private get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>All that can be known. Without the names of the Wi-Fi networks nobody can tell whether a text holds one.</summary>
    internal KnownSecrets Read(CancellationToken ct)
    {
        var (networks, isWhole) = Wifi.Read(ct);
        return new([.. networks, .. OwnAddresses(), .. ProxyVariables.SelectMany(OfProxy), new("host-name", Environment.MachineName)], isWhole ? [] : [WifiNetworks.Kind]);
    }

    private static IEnumerable<Secret> OwnAddresses()
    {
        foreach (var card in NetworkInterface.GetAllNetworkInterfaces())
        {
            var bytes = card.GetPhysicalAddress().GetAddressBytes();
            if (bytes.Length > 0 && bytes.Any(b => b != 0))
            {
                yield return new("mac-address", Convert.ToHexString(bytes));
                yield return new("mac-address", Convert.ToHexString(bytes).Chunk(2).Select(pair => new string(pair)).Aggregate((all, pair) => $"{all}:{pair}"));
            }
            foreach (var own in card.GetIPProperties().UnicastAddresses.Select(unicast => unicast.Address).Where(address => !IPAddress.IsLoopback(address)))
                yield return new("ip-address", own.ToString().Split('%')[0]);
        }
    }

    private IEnumerable<Secret> OfProxy(string variable)
    {
        var text = Variable(variable) ?? "";
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var uri))
            return text.Length > 0 ? [new("proxy", text)] : [];
        var login = Uri.UnescapeDataString(uri.UserInfo);
        return uri.IsLoopback && login.Length == 0 ? [] : [new("proxy", uri.IsLoopback ? "" : uri.Host), new("proxy", login), .. login.Split(':', 2).Select(part => new Secret("proxy", part))];
    }
}
