using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.Versioning;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Door;

/// <summary>Cable and Wi-Fi: what there is, and joining another Wi-Fi. All of it stays on this screen.</summary>
/// <param name="words">The language.</param>
/// <param name="time">Of the deadlines.</param>
[SupportedOSPlatform("linux")]
internal sealed class NetworkSection(Words words, TimeProvider time)
{
    private const string Id = "network";

    private volatile IReadOnlyList<Wifi>? heard = [];

    /// <summary>NetworkManager; tests give another tool.</summary>
    internal NetworkManager Manager { get; init; } = new(time);

    /// <summary>The section.</summary>
    public DoorSection Section() => new(Id, View, new Dictionary<string, DoorDeed> { ["network.look"] = (_, ct) => Look(ct), ["network.join"] = Join }) { First = "network.look" };

    private DoorSectionView View()
    {
        var wifis = heard ?? [];
        IReadOnlyList<DoorField> fields = wifis.Count == 0 ? [] :
        [
            new("network", words["door.network.name"], DoorFieldKind.Choice, wifis[0].Name, [.. wifis.Select(wifi => new DoorChoice(wifi.Name, LabelOf(wifi)))]),
            new("password", words["door.network.password"], DoorFieldKind.Secret),
        ];
        return DoorSection.Titled(Id, words, Interfaces(), fields, wifis.Count == 0 ? ["look"] : ["join", "look"]);
    }

    private string LabelOf(Wifi wifi) => words.Say(
        wifi.IsOurs ? "door.network.ours" : wifi.Guard is WifiGuard.None ? "door.network.free" : wifi.Guard is WifiGuard.Other ? "door.network.other" : "door.network.guarded",
        ("name", SafeText.Of(wifi.Name)), ("signal", $"{wifi.Signal}"));

    private List<DoorRow> Interfaces()
    {
        try
        {
            var all = NetworkInterface.GetAllNetworkInterfaces().Where(one => one.NetworkInterfaceType is not NetworkInterfaceType.Loopback).Select(Row).ToList();
            return all.Count > 0 ? all : [new(words["door.network.interface"], words["door.status.missing"], Mood.Trouble)];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    private DoorRow Row(NetworkInterface one)
    {
        var addresses = one.GetIPProperties().UnicastAddresses.Select(a => a.Address).Where(a => !a.IsIPv6LinkLocal && !IPAddress.IsLoopback(a)).Select(a => $"{a}").ToList();
        var isUp = one.OperationalStatus is OperationalStatus.Up && addresses.Count > 0;
        var isWifi = Directory.Exists($"/sys/class/net/{one.Name}/wireless");
        return new(
            words.Say(isWifi ? "door.network.wifi" : "door.network.cable", ("name", one.Name)),
            isUp ? string.Join(", ", addresses) : words[one.OperationalStatus is OperationalStatus.Up ? "door.network.no-address" : isWifi ? "door.network.not-joined-yet" : "door.network.down"],
            isUp ? Mood.Ready : Mood.Attention);
    }

    private async Task<DoorSaid> Look(CancellationToken ct)
    {
        heard = await Manager.Scan(ct);
        return heard switch
        {
            null => DoorSection.Bad(words["door.network.no-manager"]),
            [] => new(Mood.Attention, words["door.network.none-heard"]),
            _ => DoorSection.Good(words["door.network.seen"]),
        };
    }

    private async Task<DoorSaid> Join(DoorWord word, CancellationToken ct)
    {
        if (heard?.FirstOrDefault(wifi => wifi.Name == word["network"]) is not { } wifi)
            return DoorSection.Bad(words["door.unknown-value"]);
        if (wifi.Guard is WifiGuard.Other)
            return DoorSection.Bad(words["door.network.not-here"]);
        if (wifi.Guard is not WifiGuard.None && !NetworkList.IsPassword(word["password"]))
            return DoorSection.Bad(words["door.network.not-a-password"]);
        var joined = await Manager.Join(wifi, word["password"], ct);
        heard = await Manager.Scan(ct) ?? heard;
        return joined switch
        {
            Joining.Done => DoorSection.Good(words["door.network.joined"]),
            Joining.WrongPassword => DoorSection.Bad(words["door.network.wrong-password"]),
            Joining.NotAllowed => DoorSection.Bad(words["door.network.no-manager"]),
            _ => DoorSection.Bad(words["door.network.not-joined"]),
        };
    }
}
