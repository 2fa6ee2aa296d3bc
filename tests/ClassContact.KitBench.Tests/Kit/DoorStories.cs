using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>The technician at the kit's own keyboard.</summary>
public sealed class DoorStories(InstalledKit installed) : KitStories(installed)
{
    private static readonly byte[] Secret = DoorCode.SecretOf(new byte[DoorCode.SecretLength], KitId.Parse(InstalledKit.Name));

    private const int Sections = 7; // on the technician's screen; the last restarts

    [Fact]
    public async Task The_chord_and_the_days_code_open_the_technicians_screen_until_a_class_begins()
    {
        var before = await OpensTheDoor();
        await Room.OpensTheClass();
        await Helpdesk.Sees("event", ["\"door-closed\""], Patience, before);
    }

    [Fact]
    public async Task By_keys_alone_the_technicians_screen_copies_a_bundle_to_a_stick_and_restarts_the_computer()
    {
        await OpensTheDoor();
        var before = Helpdesk.Heard.Count;
        await using (await Machine.PlugStick())
        {
            await Machine.Until("[ -b /dev/sda ] && udevadm settle", Patience);
            await Types([.. Enumerable.Repeat("tab", Sections - 2), "ret", "tab", "tab", "ret"]); // the last section but one, past the last one's name, to its button
            await Machine.Until("grep -q ' done$' /run/classcontact-stick/result", Patience);
            await Room.DoorDraws("Open");
            await Room.ComesToRest();
            await Room.ShowsTheDoor("the bundle is on the stick");
            // What it says of the meeting is there, and the meeting's key is not.
            await Machine.Good($"mount -o ro /dev/sda /mnt && tar -xOzf /mnt/classcontact-kit-bench-*.tar.gz >/tmp/bundle && umount /mnt && grep -q meeting-reachable /tmp/bundle && ! grep -q {InstalledKit.AccessKey} /tmp/bundle");
        }

        await Types(["shift+tab", "ret", "tab", "tab"]); // to the last section, past the browser's button
        await Room.ShowsTheDoor("about to restart");
        await Machine.Reboots(() => Machine.Press("ret"));
        await Room.PlugIn();
        await Helpdesk.Sees("event", ["agent-started"], Patience, before);
        await Room.ShowsStandby("restarted", Mood.Ready);
    }

    // Radio waves are the kernel's (mac80211_hwsim): wlan0 is the kit's; wlan1 is the school's, where wpa_supplicant is the access point and systemd gives the addresses.
    [Fact]
    public async Task By_keys_alone_the_technicians_screen_joins_a_Wifi_through_NetworkManager()
    {
        const string password = "tricotdeciel"; // whose letters are where a Belgian keyboard has them, too
        await Machine.Good("""
            mkdir -p /etc/NetworkManager/conf.d
            printf '[keyfile]\nunmanaged-devices=interface-name:eth*;interface-name:wlan1\n' >/etc/NetworkManager/conf.d/bench.conf
            DEBIAN_FRONTEND=noninteractive apt-get install -y --install-recommends network-manager polkitd wpasupplicant &&
                dpkg-query --show classcontact-kit modemmanager && ! systemctl --quiet is-active ModemManager # which NetworkManager recommends
            """, Patience);
        await Machine.Good($$"""
            modprobe mac80211_hwsim radios=2
            printf '[Match]\nName=wlan1\n[Network]\nAddress=10.7.0.1/24\nDHCPServer=yes\n' >/etc/systemd/network/30-school.network
            networkctl reload
            printf 'network={\nssid="École des Tilleuls"\nmode=2\nfrequency=2412\nkey_mgmt=WPA-PSK\npsk="{{password}}"\n}\n' >/srv/school.conf
            wpa_supplicant -B -i wlan1 -c /srv/school.conf
            """, Patience);
        await Machine.Until("nmcli --get-values SSID device wifi list --rescan auto | grep -q Tilleuls", Patience); // before the door opens, which looks once
        await OpensTheDoor();
        await Types(["tab", "ret"]); // the second section
        await Room.ComesToRest();
        await Room.ShowsTheDoor("the network is heard");
        await Types([.. Enumerable.Repeat("tab", Sections - 2), "tab", "tab", .. password.Select(letter => $"{letter}"), "tab", "ret"]); // past the names of the sections behind it and the network's
        await Machine.Until("nmcli --get-values NAME connection show --active | grep -qx classcontact-wifi", Patience);
        Assert.StartsWith("10.7.0.", await Machine.Good("nmcli --get-values IP4.ADDRESS device show wlan0"), StringComparison.Ordinal);
        await Room.DoorDraws("Open");
        await Room.ComesToRest();
        await Room.ShowsTheDoor("the network is joined");
        Assert.DoesNotContain(password, await Machine.Good("journalctl --no-pager --all"), StringComparison.Ordinal);

        // As the kernel does it for a key for wireless.
        await Machine.Good("for soft in /sys/class/net/wlan0/phy80211/rfkill*/soft; do echo 1 >$soft; done");
        await Machine.Until("! grep -q 1 /sys/class/net/wlan0/phy80211/rfkill*/soft && nmcli --get-values GENERAL.STATE connection show classcontact-wifi | grep -qx activated && nmcli --get-values IP4.ADDRESS device show wlan0 | grep -q '^10[.]7[.]0[.]'", Patience);
    }

    private async Task Types(IEnumerable<string> keys)
    {
        foreach (var key in keys) await Machine.Press(key);
    }

    private async Task<int> OpensTheDoor()
    {
        var before = Helpdesk.Heard.Count;
        await Machine.Good($"""
            cd /var/lib/classcontact && install -d -o classcontact -g classcontact -m 700 identity
            printf '{string.Concat(Secret.Select(octet => $"\\x{octet:x2}"))}' >identity/door.key
            chown classcontact: identity/door.key && chmod 600 identity/door.key
            systemctl restart classcontact-agent
            """, Patience);
        await Helpdesk.Sees("presence", ["\"online\""], Patience, before);
        await Room.ShowsStandby("before the chord");
        await Room.ComesToRest();
        await Room.TypesTheCode(DoorCode.Of(Secret, Today()));
        await Helpdesk.Sees("event", ["\"door-opened\"", "\"cause\":\"code\""], Patience, before);
        await Room.ComesToRest();
        await Room.DoorDraws("Open");
        await Room.ShowsTheDoor("the door is open");
        return before;
    }

    // In Brussels, as the helpdesk's calendar says.
    private static DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(TimeProvider.System.GetUtcNow(), "Europe/Brussels").DateTime);

    [Fact]
    public async Task A_bundle_is_copied_to_a_stick_that_is_mounted_for_that_alone()
    {
        await using var stick = await Machine.PlugStick();
        await Machine.Until("[ -b /dev/sda ] && udevadm settle", Patience);
        const string bundle = "classcontact-kit-bench-20261122T080000Z.tar.gz";
        await Machine.Good($"""
            runuser -u classcontact -- bash -c 'umask 077; mkdir /run/classcontact/stick; echo all >/run/classcontact/stick/{bundle}; : >/run/classcontact/stick-wanted'
            """);
        await Machine.Until($"grep -q '^{bundle} ' /run/classcontact-stick/result", Patience);
        Assert.Equal($"{bundle} done\n", await Machine.Good("cat /run/classcontact-stick/result"));
        await Machine.Good("! grep -q ^/dev/sda /proc/mounts");
        Assert.Equal("all\n", await Machine.Good($"mount -o ro /dev/sda /mnt && cat /mnt/*/{bundle} /mnt/{bundle} 2>/dev/null; umount /mnt"));
    }
}
