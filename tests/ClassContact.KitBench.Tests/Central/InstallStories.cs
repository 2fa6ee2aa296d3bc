using System.Globalization;
using System.Text.RegularExpressions;

namespace ClassContact.KitBench.Tests.Central;

/// <summary>A plain Debian becomes the central machine.</summary>
public sealed partial class InstallStories(InstalledCentral installed) : CentralStories(installed)
{
    [Fact]
    public async Task One_command_makes_a_broker_that_runs_and_starts_with_the_machine()
    {
        Assert.Contains("The central broker is broker.test: kits on 8883 and 443, the helpdesk on 8884.", Installed.Said, StringComparison.Ordinal);
        Assert.Contains("The signing service is https://enrol.test:8443.", Installed.Said, StringComparison.Ordinal);
        foreach (var unit in new[] { "mosquitto", "classcontact-broker-renew.timer", "classcontact-broker-clear.timer", "classcontact-helpdesk", "classcontact-helpdesk-revoke.path" })
            Assert.Equal("enabled", (await Machine.Good($"systemctl is-enabled {unit}")).Trim());
    }

    [Fact]
    public async Task The_broker_has_no_right_but_the_one_for_port_443()
    {
        var status = await Machine.Good("cat /proc/$(systemctl show --property MainPID --value mosquitto)/status");
        Assert.Matches(@"CapEff:\s*0000000000000400", status); // CAP_NET_BIND_SERVICE
        Assert.Matches(@"CapBnd:\s*0000000000000400", status);
        Assert.Matches(@"NoNewPrivs:\s*1", status);
        Assert.Matches(@"Seccomp:\s*2", status);
        Assert.Equal("mosquitto", (await Machine.Good("ps -o user= -p $(systemctl show --property MainPID --value mosquitto)")).Trim());
        // Nothing else listens to the network.
        var ports = (await Machine.Good("ss -Hltn")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3].Split(':')[^1]);
        Assert.Equal(["443", "8443", "8883", "8884"], ports.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_command_again_changes_nothing_and_cuts_nobody_off()
    {
        var before = await Machine.Good("systemctl show --property MainPID,NRestarts mosquitto; find /etc /var/lib/classcontact-broker /usr/local -newer /proc/1 -type f | xargs sha256sum");
        Assert.DoesNotContain("written", await Central.Install(), StringComparison.Ordinal);
        Assert.Equal(before, await Machine.Good("systemctl show --property MainPID,NRestarts mosquitto; find /etc /var/lib/classcontact-broker /usr/local -newer /proc/1 -type f | xargs sha256sum"));
        Assert.DoesNotContain("written", await Central.InstallEnrolment(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_read_bundles_reads_what_the_service_puts_there_and_nothing_else_of_it()
    {
        await Machine.Good("useradd --no-create-home --groups classcontact-bundles reader");
        // As the service writes, within its unit.
        await Machine.Good("systemd-run --quiet --wait --property User=classcontact-helpdesk --property PrivateUsers=true --property RestrictSUIDSGID=true --property UMask=0077 sh -c 'cd /var/lib/classcontact-bundles && echo bundle >probe && chmod 640 probe'");
        Assert.Equal("bundle", (await Machine.Good("runuser -u reader -- cat /var/lib/classcontact-bundles/probe")).Trim());
        foreach (var closed in new[] { "cat /etc/classcontact-helpdesk/tls/server.key", "touch /var/spool/classcontact-helpdesk/kit-1", "ls /var/lib/classcontact-helpdesk", "touch /var/lib/classcontact-bundles/mine" })
            Assert.NotEqual(0, (await Machine.Run($"runuser -u reader -- {closed}")).Code);
        await Machine.Good("rm /var/lib/classcontact-bundles/probe && userdel reader");
    }

    [Theory]
    [InlineData("mosquitto.service")]
    [InlineData("classcontact-helpdesk.service")]
    [InlineData("classcontact-helpdesk-revoke.service")]
    [InlineData("classcontact-broker-renew.service")]
    [InlineData("classcontact-broker-clear.service")]
    public async Task A_unit_leaves_little_to_whoever_breaks_in(string unit)
    {
        var said = await Machine.Good($"systemd-analyze security --no-pager {unit}");
        var exposure = double.Parse(Exposure().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  systemd-analyze security {unit}: {exposure:0.0}"));
        Assert.True(exposure <= 2, said);
        Assert.Equal("", await Machine.Good($"systemd-analyze verify {unit} 2>&1 | grep -i classcontact || true"));
    }

    [Theory]
    [InlineData("classcontact-broker-renew", "Sun ")]
    [InlineData("classcontact-broker-clear", "")]
    public async Task A_timer_has_a_next_time_and_what_it_starts_ends_well(string name, string day)
    {
        var next = await Machine.Good($"systemctl list-timers --no-pager --no-legend {name}.timer");
        Console.WriteLine("  " + next.Trim());
        Assert.StartsWith(day, next, StringComparison.Ordinal);
        Assert.DoesNotContain("n/a", next[..10], StringComparison.Ordinal);
        await Machine.Good($"systemctl start {name}.service", TimeSpan.FromMinutes(2));
        Assert.Equal("success", (await Machine.Good($"systemctl show --property Result --value {name}.service")).Trim());
    }

    [GeneratedRegex(@"Overall exposure level for .*: (\d+\.\d)")]
    private static partial Regex Exposure();
}
