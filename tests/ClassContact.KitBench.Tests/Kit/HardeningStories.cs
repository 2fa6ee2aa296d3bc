using System.Globalization;
using System.Text.RegularExpressions;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>What an installed kit leaves open, and to whom.</summary>
public sealed partial class HardeningStories(InstalledKit installed) : KitStories(installed)
{
    [Fact]
    public async Task What_was_promised_is_kept_about_rights_listeners_files_and_users()
    {
        foreach (var (unit, most) in new[] { ("classcontact-agent", 2.0), ("classcontact-kiosk", 2.5), ("classcontact-stick", 2.0) })
        {
            var said = await Machine.Good($"systemd-analyze security --no-pager {unit}.service | tail -n 1", Patience);
            var exposure = double.Parse(Exposure().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  systemd-analyze security {unit}: {exposure:0.0}"));
            Assert.InRange(exposure, 0.1, most);
        }

        // By which a bundle gives way to a class.
        await Machine.Good("systemctl show --property SystemCallFilter --value classcontact-agent | grep -qw setpriority");

        await InForce("classcontact-agent", "LimitCORE=0 MemoryMax=419430400 Restart=always TasksMax=150 WatchdogUSec=1min");
        await InForce("classcontact-kiosk", "LimitCORE=0 Restart=always TasksMax=1200");

        Assert.Equal("", await Listeners());

        Assert.Equal("kiosk\n", await Machine.Good("runuser -u kiosk -- id -un")); // the means works
        foreach (var file in await Files())
            Assert.False((await Machine.Run($"runuser -u kiosk -- head -c 1 '{file}'")).IsGood, file);
        await Machine.Good("classcontact status", Patience); // over the press socket
        Assert.Equal(6, (await Machine.Run("runuser -u kiosk -- classcontact status", Patience)).Code); // "this user may not press here"
        foreach (var user in new[] { "kiosk", "classcontact" })
            Assert.Matches($"^{user}:!?[*!]", await Machine.Good($"getent shadow {user}"));
        Assert.Equal("/usr/sbin/nologin\n/usr/sbin/nologin\n", await Machine.Good("getent passwd kiosk classcontact | cut -d: -f7"));

        // Who can speak with the screen can start programs as the browser's user.
        const string screen = "env SWAYSOCK=/run/classcontact-kiosk/session/sway.sock swaymsg -t get_version";
        await Machine.Good($"runuser -u kiosk -- {screen}");
        Assert.False((await Machine.Run($"runuser -u classcontact -- {screen}")).IsGood);

        await Room.OpensTheClass();
        Assert.Equal("", await Listeners("-e '^udp.*\"chromium\"'")); // the ports at which the browser hears a pupil
        await Room.EndsTheClass();
    }

    private async Task InForce(string unit, string limits)
    {
        var names = string.Join(',', limits.Split(' ').Select(limit => limit.Split('=')[0]));
        Assert.Equal(limits, await Machine.Good($"systemctl show --property {names} {unit} | sort | paste -sd' ' | tr -d '\n'"));
    }

    // But for the network's own.
    private Task<string> Listeners(string allowed = "") =>
        Machine.Good($"ss --no-header --listening --tcp --udp --numeric --processes | grep -v -e systemd-network {allowed} || true");

    private async Task<string[]> Files()
    {
        // As a kit that has enrolled has them: this one has its link from a file.
        await Machine.Good("cd /var/lib/classcontact && install -d -m 700 -o classcontact -g classcontact identity && echo key | tee identity/kit.key identity/door.key >/dev/null && chown classcontact: identity/* && chmod 600 identity/*");
        var all = (await Machine.Good("find /var/lib/classcontact /var/log/classcontact /run/classcontact -type f; readlink -f /srv/link")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in new[] { "meeting-link", "outbox", "kit.key", "door.key" })
            Assert.Contains(all, file => file.Contains(name, StringComparison.Ordinal));
        return all;
    }

    [GeneratedRegex(@"service: ([0-9.]+) ")]
    private static partial Regex Exposure();
}
