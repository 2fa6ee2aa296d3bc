using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Bundle;

/// <summary>What is secret of the kit's surroundings: names and passwords of Wi-Fi networks, its own addresses, proxies in the environment, its host name.</summary>
/// <param name="time">Of the deadline.</param>
[SupportedOSPlatform("linux")]
internal sealed partial class Surroundings(TimeProvider time)
{
    private const string Wifi = "wifi";
    private static readonly string[] ProxyVariables = ["http_proxy", "https_proxy", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];

    /// <summary>NetworkManager's command, which tells every user the names of the networks that it knows.</summary>
    internal string Nmcli { private get; init; } = "nmcli";

    /// <summary>Folders with the networks' files; root alone can read them on a kit.</summary>
    internal IReadOnlyList<string> WifiFolders { private get; init; } = ["/etc/NetworkManager/system-connections", "/etc/wpa_supplicant"];

    /// <summary>Of the environment.</summary>
    internal Func<string, string?> Variable { private get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>All that can be known. What cannot be is not on this kit, or nobody here may read it and write it into a log.</summary>
    internal async Task<IReadOnlyList<Secret>> Read(CancellationToken ct) =>
        [.. await KnownNetworks(ct), .. WifiFolders.SelectMany(SystemFile.In).Where(file => Path.GetExtension(file) is ".nmconnection" or ".conf").SelectMany(OfFile), .. OwnAddresses(), .. ProxyVariables.SelectMany(OfProxy), new("host-name", Environment.MachineName)];

    private async Task<IEnumerable<Secret>> KnownNetworks(CancellationToken ct)
    {
        var known = await new Tool(time).Run(Nmcli, ["--terse", "--escape", "no", "--fields", "TYPE,NAME", "connection", "show"], [], ct);
        return known is ToolResult.Output { Text: var text }
            ? text.Split('\n').Where(line => line.StartsWith("802-11-wireless:", StringComparison.Ordinal)).Select(line => new Secret(Wifi, line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]))
            : [];
    }

    private static IEnumerable<Secret> OfFile(string path) =>
        from Match match in WifiField().Matches(SystemFile.Read(path) ?? "")
        select new Secret(Wifi, match.Groups[1].Value.Trim('"'));

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

    [GeneratedRegex("""^\s*(?:ssid|psk|password|identity|bssid|wep-key\d|wep_key\d)\s*=\s*(.+?)\s*$""", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex WifiField();
}
