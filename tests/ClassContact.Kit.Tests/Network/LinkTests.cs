using System.Net;
using ClassContact.Kit.Network;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Network;

public sealed class LinkTests : IDisposable
{
    private readonly string net = Directory.CreateTempSubdirectory("classcontact-net-").FullName;

    public void Dispose() => Directory.Delete(net, true);

    private void Has(string name, string type, string? carrier, params string[] folders)
    {
        Directory.CreateDirectory(Path.Combine(net, name));
        File.WriteAllText(Path.Combine(net, name, "type"), type + "\n");
        if (carrier is not null)
            File.WriteAllText(Path.Combine(net, name, "carrier"), carrier + "\n");
        foreach (var folder in folders)
            Directory.CreateDirectory(Path.Combine(net, name, folder));
    }

    private async Task<(Verdict, string?, string?)> Sees(bool isHere = false)
    {
        var finding = await LinkChecks.Linked(() => LinuxLinks.List(net), isHere).Look(default);
        return (finding.Verdict, finding.Reason, finding.Found);
    }

    [Fact]
    public async Task A_cable_is_wired()
    {
        Has("lo", "772", "1");
        Has("enp1s0", "1", "1", "device");
        Assert.Equal((Verdict.Pass, null, "wired"), await Sees());
    }

    [Fact]
    public async Task Wi_fi_is_wireless_and_its_name_is_nobodys()
    {
        Has("wlp2s0", "1", "1", "device", "wireless");
        Has("enp1s0", "1", "0", "device");
        Assert.Equal((Verdict.Pass, null, "wireless"), await Sees());
    }

    [Fact]
    public async Task Both_are_told()
    {
        Has("wlp2s0", "1", "1", "device", "phy80211");
        Has("enp1s0", "1", "1", "device");
        Assert.Equal((Verdict.Pass, null, "wired, wireless"), await Sees());
    }

    [Fact]
    public async Task A_bridge_does_not_stand_for_a_pulled_cable()
    {
        Has("docker0", "1", "1");
        Has("enp1s0", "1", null, "device"); // an interface that is down tells no carrier
        Assert.Equal((Verdict.Fail, "no-link", null), await Sees());
    }

    [Fact]
    public async Task A_container_has_no_devices_and_is_linked_all_the_same()
    {
        Has("lo", "772", "1");
        Has("eth0", "1", "1");
        Assert.Equal((Verdict.Pass, null, "wired"), await Sees());
    }

    [Fact]
    public async Task A_meeting_on_this_computer_needs_no_network()
    {
        Has("lo", "772", "1");
        Assert.Equal((Verdict.Skipped, "not-needed", null), await Sees(isHere: true));
    }

    [Fact]
    public async Task This_computer_can_be_asked()
    {
        Assert.NotEqual(Verdict.Error, (await LinkChecks.Linked(() => OperatingSystem.IsLinux() ? LinuxLinks.List() : SystemLinks.List(), true).Look(default)).Verdict);
        Assert.NotEqual(Verdict.Error, (await LinkChecks.Addressed(Addresses.Now, true).Look(default)).Verdict);
    }

    [Theory]
    [InlineData("192.168.1.7", Verdict.Pass, "IPv4")]
    [InlineData("192.168.1.7 fe80::1", Verdict.Pass, "IPv4")]
    [InlineData("2001:db8::1 fe80::1", Verdict.Pass, "IPv6")]
    [InlineData("2001:db8::1 10.0.0.1", Verdict.Pass, "IPv4, IPv6")]
    [InlineData("169.254.3.4 fe80::1", Verdict.Fail, null, "only-local")]
    [InlineData("", Verdict.Fail, null, "no-address")]
    public async Task Only_the_families_of_addresses_are_told(string addresses, Verdict verdict, string? found, string? reason = null)
    {
        var all = Addresses.Of([.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]);
        var finding = await LinkChecks.Addressed(() => all, isHere: false).Look(default);
        Assert.Equal((verdict, found, reason), (finding.Verdict, finding.Found, finding.Reason));
    }
}
