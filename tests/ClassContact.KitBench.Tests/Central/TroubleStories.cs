namespace ClassContact.KitBench.Tests.Central;

/// <summary>What happens to a machine in a cupboard.</summary>
[Collection(CentralStories.Name)]
public sealed class TroubleStories(CentralMachine central) : IAsyncLifetime
{
    private readonly Machine machine = central.Machine;

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync() => await central.BothRun();

    [Theory]
    [InlineData("mosquitto")]
    [InlineData("classcontact-helpdesk")]
    public async Task A_service_that_is_killed_comes_back(string unit)
    {
        var before = await machine.Good($"systemctl show --property MainPID --value {unit}");
        await machine.Good($"systemctl kill --signal KILL {unit}");
        await machine.Until($"[[ $(systemctl show --property MainPID --value {unit}) != @(0|{before.Trim()}) ]]");
    }

    [Fact]
    public async Task A_restart_of_the_machine_brings_everything_back()
    {
        await central.Kit("kit-restart");
        Assert.True((await central.Say("kit-restart", "kept")).IsGood);
        await machine.Reboot();
        await central.BothRun();
        Assert.Equal("kept", await central.Read("kit-restart"));
    }

    [Fact]
    public async Task A_power_cut_loses_no_document_that_was_written_and_nothing_that_was_signed_or_revoked()
    {
        await central.Kit("kit-cut");
        Assert.True((await central.Say("kit-cut", "kept")).IsGood);
        await machine.Good("classcontact-broker backup /srv/before-the-cut.tar.gz"); // has the broker write, as it does by itself once a minute
        await central.Kit("kit-signed");
        await central.Kit("kit-stolen");
        Assert.True((await central.Helpdesk("code kit-coded")).IsGood);
        await machine.Good("classcontact-broker ca revoke --stay kit kit-stolen");
        await machine.CutPower();
        await machine.PowerOn();
        await central.BothRun();
        Assert.Equal("kept", await central.Read("kit-cut"));
        var listed = await machine.Good("classcontact-broker ca list kits");
        Assert.Matches("valid .*kit-signed", listed);
        Assert.Matches("revoked .*kit-stolen", listed);
        Assert.False((await machine.Run("cd /srv/kit-stolen && mosquitto_pub " + CentralMachine.Door + " --cert kit-stolen.crt --key kit-stolen.key -t x -m x")).IsGood);
        Assert.Contains("kit-coded", (await central.Helpdesk("kits")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_brings_back_what_was_and_no_stolen_kit()
    {
        await central.Kit("kit-saved");
        await central.Kit("kit-taken");
        Assert.True((await central.Helpdesk("code kit-waits")).IsGood);
        Assert.True((await central.Say("kit-saved", "as saved")).IsGood);
        await machine.Good("rm -f /srv/saved.tar.gz; classcontact-broker backup /srv/saved.tar.gz");
        Assert.True((await central.Say("kit-saved", "after that")).IsGood);
        await machine.Good("classcontact-broker ca revoke --stay kit kit-taken && rm -rf /var/lib/classcontact-helpdesk/kits", TimeSpan.FromMinutes(2));
        await machine.Good("classcontact-broker restore /srv/saved.tar.gz", TimeSpan.FromMinutes(3));
        await central.BothRun();
        Assert.Equal("as saved", await central.Read("kit-saved"));
        Assert.Matches("revoked .*kit-taken", await machine.Good("classcontact-broker ca list kits"));
        Assert.Contains("kit-waits", (await central.Helpdesk("kits")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_stops_no_broker_and_loses_no_revocation()
    {
        await central.Kit("kit-full");
        await central.Kit("kit-thief");
        await machine.Good("fallocate -l $(($(df --output=avail -B1 / | tail -n 1) - 65536)) /srv/big; head -c 10M /dev/zero >/srv/rest || true");
        try
        {
            var refused = await machine.Run("classcontact-broker ca revoke --stay kit kit-thief");
            Assert.Equal(1, refused.Code);
            Assert.Contains("not done", refused.Output, StringComparison.Ordinal);
            Assert.True((await central.Say("kit-full", "on a full disk")).IsGood);
            Assert.Equal("on a full disk", await central.Read("kit-full"));
            Assert.False((await central.Helpdesk("code kit-late")).IsGood);
        }
        finally
        {
            await machine.Good("rm -f /srv/big /srv/rest");
        }

        await machine.Good("classcontact-broker ca revoke --stay kit kit-thief");
        Assert.False((await machine.Run("cd /srv/kit-thief && mosquitto_pub " + CentralMachine.Door + " --cert kit-thief.crt --key kit-thief.key -t x -m x")).IsGood);
        Assert.True((await central.Helpdesk("code kit-late")).IsGood);
    }
}
