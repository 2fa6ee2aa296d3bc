using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Bundle;

/// <summary>Names and passwords of the Wi-Fi networks that this kit knows.</summary>
/// <param name="time">Of the deadline.</param>
[SupportedOSPlatform("linux")]
internal sealed partial class WifiNetworks(TimeProvider time)
{
    internal const string Kind = "wifi";

    // nmcli(1): NetworkManager is not running; there is no such connection (any more).
    private const int NotRunning = 8;
    private const int NotThere = 10;

    /// <summary>NetworkManager's command, which tells every user the names of the networks that it knows.</summary>
    internal string Nmcli { private get; init; } = "nmcli";

    /// <summary>Folders with the networks' files; root alone can read them on a kit.</summary>
    internal IReadOnlyList<string> Folders { private get; init; } = ["/etc/NetworkManager/system-connections", "/etc/wpa_supplicant"];

    /// <summary>Reads them on the caller's thread.</summary>
    /// <returns>What is known, and whether every network's name is: NetworkManager told them, or every file could be read where it does not run.</returns>
    internal (IReadOnlyList<Secret> All, bool IsWhole) Read(CancellationToken ct)
    {
        var (told, isWhole) = Told(ct);
        var files = Folders.SelectMany(SystemFile.In).Where(file => Path.GetExtension(file) is ".nmconnection" or ".conf").Select(SystemFile.Read).ToList();
        var texts = told.Concat(files.SelectMany(text => WifiField().Matches(text ?? "")).Select(match => match.Groups[1].Value)).SelectMany(Readings);
        return ([.. texts.Select(text => new Secret(Kind, text))], isWhole ?? files.All(text => text is not null));
    }

    // A profile has a name of its own, which need not be the network's. Null: there is no NetworkManager that could know.
    private (List<string> Names, bool? IsWhole) Told(CancellationToken ct)
    {
        List<string> names = [];
        switch (Ask(["--fields", "TYPE,UUID,NAME", "connection", "show"], ct))
        {
            case ToolResult.Missing or ToolResult.Failed { ExitCode: NotRunning }:
                return (names, null);
            case ToolResult.Output { Text: var profiles }:
                foreach (var profile in profiles.Split('\n').Select(line => line.Split(':', 3)).Where(fields => fields is ["802-11-wireless", _, _]))
                {
                    names.Add(profile[2]);
                    var said = Ask(["--get-values", "802-11-wireless.ssid", "connection", "show", "uuid", profile[1]], ct);
                    if (said is ToolResult.Output { Text: var name })
                        names.Add(name.Trim());
                    else if (said is not ToolResult.Failed { ExitCode: NotThere })
                        return (names, false);
                }
                return (names, true);
            default:
                return (names, false);
        }
    }

    // Waited for here: what continued elsewhere would not have the low priority of this thread, nor would the next program.
    private ToolResult Ask(IEnumerable<string> question, CancellationToken ct) =>
        new Tool(time).Run(Nmcli, ["--terse", "--escape", "no", .. question], [], ct).GetAwaiter().GetResult();

    // As it stands, and as what it may stand for: bytes of NetworkManager (195;137;) or of wpa_supplicant (c389), its "…" or P"…".
    private static IEnumerable<string> Readings(string value)
    {
        var bare = Quoted().Match(value) is { Success: true } quoted ? quoted.Groups[1].Value : value;
        yield return bare;
        yield return bare.Replace("\\s", " ", StringComparison.Ordinal).Replace("\\\\;", ";", StringComparison.Ordinal);
        if (Numbers().IsMatch(bare))
            yield return Encoding.UTF8.GetString([.. bare.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(number => (byte)int.Parse(number, System.Globalization.CultureInfo.InvariantCulture))]);
        if (Hex().IsMatch(bare))
            yield return Encoding.UTF8.GetString(Convert.FromHexString(bare));
    }

    [GeneratedRegex("""^\s*(?:ssid|psk|password|identity|bssid|wep-key\d|wep_key\d)\s*=\s*(.+?)\s*$""", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex WifiField();

    [GeneratedRegex("""\AP?"(.*)"\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\A(?:[0-9]{1,3};){2,}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\A(?:[0-9a-f]{2}){2,}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hex();
}
