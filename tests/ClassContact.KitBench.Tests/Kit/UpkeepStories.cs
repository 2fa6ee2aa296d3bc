namespace ClassContact.KitBench.Tests.Kit;

/// <summary>What happens to a kit's software and its disk over the years.</summary>
public sealed class UpkeepStories(InstalledKit installed) : KitStories(installed)
{
    [Fact]
    public async Task An_upgrade_waits_for_the_end_of_the_class_and_keeps_everything()
    {
        const string kept = "find -L /etc/classcontact /etc/chromium/policies /srv/link /var/lib/classcontact/of-before -type f -exec sha256sum {} + | sort";
        await Machine.Good("echo x >/var/lib/classcontact/of-before"); // beside the agent's own, which goes on writing
        var files = await Machine.Good(kept);
        foreach (var name in new[] { "kit.json", "classcontact.json", "link", "of-before" })
            Assert.Contains($"/{name}\n", files, StringComparison.Ordinal);
        await Machine.Good("mkdir /srv/newer && cd /srv/newer && dpkg-deb -R /srv/classcontact-kit.deb . && sed -i 's/^Version: .*/&+1/' DEBIAN/control && dpkg-deb -Znone -b . ../newer.deb", Patience);
        await Room.OpensTheClass();
        var upgrade = Machine.Run("apt-get install -y /srv/newer.deb", Patience);
        await Machine.Until("pgrep -f '[w]ait-for-class'", Patience);
        Assert.Equal(["Classe"], Room.Meeting.Present);
        Assert.DoesNotContain("+1", await Machine.Good("dpkg-query -W classcontact-kit"), StringComparison.Ordinal);

        var (before, processes) = (Helpdesk.Heard.Count, await Running());
        await Machine.Press("F10", held: TimeSpan.FromSeconds(3));
        Assert.True((await upgrade).IsGood);
        Assert.Contains("+1", await Machine.Good("dpkg-query -W classcontact-kit"), StringComparison.Ordinal);
        await Helpdesk.Sees("event", ["agent-started"], Patience, before);
        await AreStartedAnew(processes);
        await Room.ShowsStandby("upgraded");
        Assert.Equal(files, await Machine.Good(kept));
        await Machine.Good("classcontact lessons", Patience); // the class that it waited for
    }

    private async Task<string[]> Running() =>
        (await Machine.Good("systemctl show --property MainPID --value classcontact-agent classcontact-kiosk")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task AreStartedAnew(string[] processes) => await Machine.Until(
        $"running=$(systemctl show --property MainPID --value classcontact-agent classcontact-kiosk | grep '^[1-9]') && [ $(wc -w <<<$running) = 2 ] && ! grep -qwE '{string.Join('|', processes)}' <<<$running",
        Patience);

    // Debian's own services and unattended-upgrades; the update, in which something is the browser's, and the archive that has it are the bench's.
    [Fact]
    public async Task A_security_update_of_Debian_waits_for_the_end_of_the_class_and_comes_by_itself_then()
    {
        await Machine.Good("DEBIAN_FRONTEND=noninteractive apt-get install -y unattended-upgrades", Patience);
        await Machine.Good("""
            mkdir -p /srv/security/newer && cd /srv/security
            dpkg-deb -R /archive/libmosquitto1_*.deb newer && install -D /dev/null newer/usr/lib/chromium/bench && sed -i 's/^Version: .*/&+security/' newer/DEBIAN/control && dpkg-deb -Znone -b newer update.deb && rm -r newer
            { dpkg-deb --field update.deb; printf 'Filename: ./update.deb\nSize: %s\nSHA256: %s\n' "$(stat -c %s update.deb)" "$(sha256sum <update.deb | cut -d' ' -f1)"; } >Packages
            . /etc/os-release
            printf 'Origin: Debian\nLabel: Debian-Security\nSuite: stable-security\nCodename: %s-security\nSHA256:\n %s %s Packages\n' \
                "$VERSION_CODENAME" "$(sha256sum <Packages | cut -d' ' -f1)" "$(stat -c %s Packages)" >Release
            echo 'deb [trusted=yes] file:/srv/security ./' >/etc/apt/sources.list.d/security.list
            """, Patience);
        await Room.OpensTheClass();
        var processes = await Running();
        var update = Machine.Run("systemctl start apt-daily.service apt-daily-upgrade.service", Patience);
        await Machine.Until("systemctl show --property SubState apt-daily | grep -q start-pre && pgrep -f '[w]ait-for-class'", Patience);
        Assert.Equal(["Classe"], Room.Meeting.Present);
        Assert.DoesNotContain("+security", await Machine.Good("dpkg-query --show libmosquitto1"), StringComparison.Ordinal);
        await Room.EndsTheClass();
        Assert.True((await update).IsGood);
        Assert.EndsWith("+security", await Machine.Good("dpkg-query --show --showformat '${Version}' libmosquitto1"), StringComparison.Ordinal);
        await AreStartedAnew(processes); // with the new browser
        await Room.ShowsStandby("updated", Mood.Ready);
        Assert.Equal("CPUWeight=1\nCPUWeight=1\n", await Machine.Good("for unit in apt-daily apt-daily-upgrade; do systemctl show --property CPUWeight $unit; done"));

        await Machine.Good("systemctl unmask apt-daily.timer apt-daily-upgrade.timer && systemctl start apt-daily.timer apt-daily-upgrade.timer"); // which the image holds back
        foreach (var (timer, times) in new[] { ("apt-daily", "16:[1-4]"), ("apt-daily-upgrade", "17:[0-2]") })
            await Machine.Good($"systemctl show --property NextElapseUSecRealtime {timer}.timer | grep ' {times}'"); // after school
    }

    [Fact]
    public async Task Removed_it_gives_the_computer_back_and_installed_again_it_is_the_kit_of_before()
    {
        const string remove = "DEBIAN_FRONTEND=noninteractive apt-get remove -y classcontact-kit", install = "apt-get install -y /srv/classcontact-kit.deb";
        const string unwanted = "avahi-daemon.socket avahi-daemon.service ModemManager.service";
        const string without = InstalledKit.Prompt + " && ! systemctl --quiet is-active classcontact-kiosk";
        await Machine.Good(remove, Patience);
        await Machine.Until(InstalledKit.Prompt, Patience);
        await Machine.Good("[ -e /etc/classcontact/kit.json ] && [ -d /var/lib/classcontact ] && [ -d /var/log/classcontact ]");
        Assert.Equal("", await Machine.Good("ls /etc/chromium/policies/managed /etc/apt/apt.conf.d | grep classcontact || true"));

        // Without settings it takes no screen, at the next start neither: setup must be typed somewhere.
        await Machine.Good("mv /etc/classcontact/kit.json /srv");
        await Machine.Good(install, Patience);
        await Machine.Reboot();
        await Machine.Until($"systemctl is-system-running --wait; {without}", Patience);

        // What Debian's recommendations bring along runs on until this is a kit.
        await Machine.Good("DEBIAN_FRONTEND=noninteractive apt-get install -y avahi-daemon modemmanager", Patience);
        await Machine.Good($"[ \"$(systemctl is-active {unwanted} | sort -u)\" = active ]");

        // A desktop's login would keep the screen (the bench's does nothing): one that runs, and one that comes with the next start. It goes by what setup says.
        await Machine.Good("printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nAlias=display-manager.service\\n' >/etc/systemd/system/desktop.service && systemctl enable --now desktop");
        await RefusesBesideADesktop();
        await Machine.Good("systemctl stop display-manager");
        await RefusesBesideADesktop();
        await Machine.Good("systemctl disable display-manager && ! systemctl --quiet is-active desktop && rm /etc/systemd/system/desktop.service && [ ! -e /etc/classcontact/kit.json ]");

        // Nor after a setup that failed, for nobody answers at that service; nor at a start with the word for it, though setup succeeds then.
        await Machine.Good("{ cat /srv/answers; printf '\\nserver: https://127.0.0.1:9\\nauthority: %064d\\ncode: AAAA-AAAA\\n' 0; } >/srv/failing");
        var failed = await Machine.Run("classcontact setup --answers /srv/failing </dev/null", Patience);
        Assert.Equal(1, failed.Code);
        await Machine.Good($"[ -e /etc/chromium/policies/managed/classcontact.json ] && systemctl start classcontact-kiosk && {without}");
        await Machine.Good("echo \"$(cat /proc/cmdline) nokiosk\" >/run/cmdline && mount --bind /run/cmdline /proc/cmdline && rm /etc/classcontact/kit.json");
        Assert.Contains("nokiosk", await Machine.Good("classcontact setup --answers /srv/answers </dev/null", Patience), StringComparison.Ordinal);
        await Machine.Until("systemctl --quiet is-active classcontact-agent", Patience); // which comes after the kiosk
        await Machine.Good($"{without} && umount /proc/cmdline");

        await Machine.Good("mv /srv/kit.json /etc/classcontact");
        await Machine.Good(remove, Patience);
        var before = Helpdesk.Heard.Count;
        await Machine.Good(install, Patience);
        await Room.PlugIn();
        await Helpdesk.Sees("presence", ["\"online\""], Patience, before);
        await Room.ShowsStandby("installed again", Mood.Ready);
        await Machine.Good($"! {InstalledKit.Prompt}");
        await Machine.Good($"systemctl start {unwanted}; [ \"$(systemctl is-active {unwanted} | sort -u)\" = inactive ]"); // nor when something asks for it
    }

    private async Task RefusesBesideADesktop()
    {
        var beside = await Machine.Run("classcontact setup --answers /srv/answers </dev/null", Patience);
        Assert.Equal((1, true), (beside.Code, beside.Output.Contains("display-manager", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_purge_leaves_nothing()
    {
        await Machine.Good("install -D -m 600 /dev/null /etc/NetworkManager/system-connections/classcontact-wifi.nmconnection"); // as the technician's screen leaves it
        await Machine.Good("rm -r /etc/systemd/system/classcontact-agent.service.d"); // the bench's own
        await Machine.Good("DEBIAN_FRONTEND=noninteractive apt-get purge -y classcontact-kit", Patience);
        Assert.Equal("", await Machine.Good("find / -xdev -iname '*classcontact*' -not -path '/proc/*' -not -path '/srv/*' -not -path '/var/log/apt/*' -not -path '/var/log/journal/*'"));
        Assert.Equal("", await Machine.Good("getent passwd kiosk classcontact; getent group kiosk classcontact classcontact-press; ls -d /run/classcontact* 2>/dev/null || true"));
        Assert.Equal("", await Machine.Good("find / -xdev \\( -nouser -o -nogroup \\) 2>/dev/null || true"));
        Assert.Equal("", await Machine.Good("systemctl list-unit-files --no-legend 'classcontact*' || true"));
        await Machine.Good("[ \"$(systemctl is-enabled ctrl-alt-del.target)\" != masked ] && [ ! -e /etc/chromium/policies/managed ]");
        Assert.DoesNotContain("\"ignore\"", await Machine.Good($"busctl get-property {PupilStories.Login} HandlePowerKey HandleSuspendKey"), StringComparison.Ordinal); // logind has read that, too
    }

    [Fact]
    public async Task A_full_disk_stops_no_class_and_a_clock_that_says_2020_is_told_and_stops_no_press()
    {
        var before = Helpdesk.Heard.Count;
        await Machine.Good("fallocate -l $(($(df --output=avail -B1 / | tail -n 1) - 65536)) /srv/big; head -c 10M /dev/zero >/srv/rest || true; [ $(df --output=avail / | tail -n 1) = 0 ]");
        await Machine.Good("systemctl restart classcontact-agent", Patience);
        await Helpdesk.Sees("health", ["\"code\":\"disk-space\",\"severity\":\"informs\",\"verdict\":\"fail\""], Patience, before);
        await Room.OpensTheClass();
        await Machine.Good("rm -f /srv/big /srv/rest");
        await Room.EndsTheClass();

        before = Helpdesk.Heard.Count;
        // The bench's meeting has no certificate. One that has would not be reached by such a clock, and the clock is named as why (MeetingChecks, and its tests).
        await Machine.Good("date --set '2020-01-01 08:00'");
        await Machine.Good("systemctl restart classcontact-agent", Patience); // the clock is looked at every hour, and at the start
        await Helpdesk.Sees("health", ["\"code\":\"clock-right\",\"severity\":\"degrades\",\"verdict\":\"fail\""], Patience, before);
        await Room.OpensTheClass();
        await Helpdesk.Sees("call", ["\"clock\":\"unsynced\"", "\"state\":\"open\""], Patience, before);
    }
}
