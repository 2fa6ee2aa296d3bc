using System.Globalization;

namespace ClassContact.Kit.Door;

/// <summary>What nmcli writes and reads, without running it.</summary>
internal static class NetworkList
{
    /// <summary>WPA's passphrase: 8 to 63 printable characters of ASCII (IEEE 802.11-2020, J.4.1).</summary>
    public static bool IsPassword(string text) => text.Length is >= 8 and <= 63 && text.All(c => c is >= ' ' and <= '~') && text == text.Trim();

    /// <summary>The list of <c>nmcli --terse --fields IN-USE,SIGNAL,SECURITY,SSID device wifi list</c>. A name that cannot be written on one line is left out.</summary>
    public static IReadOnlyList<Wifi> Read(string text) =>
    [
        .. text.Split('\n').Select(Of).OfType<Wifi>()
            .GroupBy(wifi => wifi.Name).Select(same => same.OrderByDescending(wifi => wifi.IsOurs).ThenByDescending(wifi => wifi.Signal).First())
            .OrderByDescending(wifi => wifi.IsOurs).ThenByDescending(wifi => wifi.Signal).ThenBy(wifi => wifi.Name, StringComparer.Ordinal),
    ];

    /// <summary>What the editor of nmcli reads to make a profile: it takes the rest of a line as it stands.</summary>
    public static string Profile(Wifi wifi, string password) => string.Concat(
        "nmcli save-confirmation no\n",
        $"set 802-11-wireless.ssid {wifi.Name}\n",
        wifi.Guard switch
        {
            WifiGuard.None => "",
            WifiGuard.NewerPassword => $"set 802-11-wireless-security.key-mgmt sae\nset 802-11-wireless-security.psk {password}\n",
            _ => $"set 802-11-wireless-security.key-mgmt wpa-psk\nset 802-11-wireless-security.psk {password}\n",
        },
        "save persistent\nquit\n");

    private static Wifi? Of(string line)
    {
        var fields = Fields(line);
        return fields is [var inUse, var signal, var security, var name] && int.TryParse(signal, NumberStyles.None, CultureInfo.InvariantCulture, out var strength)
            && name.Length > 0 && name == name.Trim() && !name.Any(char.IsControl) && !name.Contains('\uFFFD', StringComparison.Ordinal)
            ? new(name, Math.Min(strength, 100), GuardOf(security), inUse == "*") : null;
    }

    // Colons and backslashes within a field are written with a backslash before them.
    private static List<string> Fields(string line)
    {
        List<string> fields = [];
        var field = new System.Text.StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
                field.Append(line[++i]);
            else if (line[i] == ':')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(line[i]);
        }
        fields.Add(field.ToString());
        return fields;
    }

    private static WifiGuard GuardOf(string security) => security switch
    {
        "" or "--" => WifiGuard.None,
        _ when security.Contains("802.1X", StringComparison.Ordinal) || security.Contains("WEP", StringComparison.Ordinal) => WifiGuard.Other,
        _ when security.Contains("WPA1", StringComparison.Ordinal) || security.Contains("WPA2", StringComparison.Ordinal) => WifiGuard.Password,
        _ when security.Contains("WPA3", StringComparison.Ordinal) => WifiGuard.NewerPassword,
        _ => WifiGuard.Other,
    };
}
