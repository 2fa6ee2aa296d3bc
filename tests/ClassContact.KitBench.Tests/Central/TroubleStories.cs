namespace ClassContact.KitBench.Tests.Central;

/// <summary>What happens to a machine in a cupboard.</summary>
public sealed class TroubleStories(InstalledCentral installed) : CentralStories(installed)
{
    [Theory]
    [InlineData("mosquitto")]
    [InlineData("classcontact-helpdesk")]
    public async Task A_service_that_is_killed_comes_back(string unit)
    {
        var before = await Machine.Good($"systemctl show --property MainPID --value {unit}");
        await Machine.Good($"systemctl kill --signal KILL {unit}");
        await Machine.Until($"[[ $(systemctl show --property MainPID --value {unit}) != @(0|{before.Trim()}) ]]");
    }

    [Fact]
    public async Task A_restart_of_the_machine_brings_everything_back()
    {
        await Central.Kit("kit-restart");
        Assert.True((await Central.Say("kit-restart", "kept")).IsGood);
        await Machine.Reboot();
        await Central.BothRun();
        Assert.Equal("kept", await Central.Read("kit-restart"));
    }

    [Fact]
    public async Task A_power_cut_loses_no_document_that_was_written_and_nothing_that_was_signed_or_revoked()
    {
        await Central.Kit("kit-cut");
        Assert.True((await Central.Say("kit-cut", "kept")).IsGood);
        await Machine.Good("classcontact-broker backup /srv/before-the-cut.tar.gz"); // has the broker write, as it does by itself once a minute
        await Central.Kit("kit-signed");
        await Central.Kit("kit-stolen");
        Assert.True((await Central.Helpdesk("code kit-coded")).IsGood);
        await Machine.Good("classcontact-broker ca revoke --stay kit kit-stolen");
        await Machine.CutPower();
        await Machine.PowerOn();
        await Central.BothRun();
        Assert.Equal("kept", await Central.Read("kit-cut"));
        var listed = await Machine.Good("classcontact-broker ca list kits");
        Assert.Matches("valid .*kit-signed", listed);
        Assert.Matches("revoked .*kit-stolen", listed);
        Assert.False((await Machine.Run("cd /srv/kit-stolen && mosquitto_pub " + CentralMachine.Door + " --cert kit-stolen.crt --key kit-stolen.key -t x -m x")).IsGood);
        Assert.Contains("kit-coded", (await Central.Helpdesk("kits")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_brings_back_what_was_and_no_stolen_kit()
    {
        await Central.Kit("kit-saved");
        await Central.Kit("kit-taken");
        Assert.True((await Central.Helpdesk("code kit-waits")).IsGood);
        Assert.True((await Central.Say("kit-saved", "as saved")).IsGood);
        await Machine.Good("rm -f /srv/saved.tar.gz; classcontact-broker backup /srv/saved.tar.gz");
        Assert.True((await Central.Say("kit-saved", "after that")).IsGood);
        await Machine.Good("classcontact-broker ca revoke --stay kit kit-taken && rm -rf /var/lib/classcontact-helpdesk/kits", TimeSpan.FromMinutes(2));
        await Machine.Good("classcontact-broker restore /srv/saved.tar.gz", TimeSpan.FromMinutes(3));
        await Central.BothRun();
        Assert.Equal("as saved", await Central.Read("kit-saved"));
        Assert.Matches("revoked .*kit-taken", await Machine.Good("classcontact-broker ca list kits"));
        Assert.Contains("kit-waits", (await Central.Helpdesk("kits")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_stops_no_broker_and_loses_no_revocation()
    {
        await Central.Kit("kit-full");
        await Central.Kit("kit-thief");
        // Also of what is kept back for root, whose programs these are.
        await Machine.Good("fallocate -l $(($(stat -f -c '%f * %S' /) - (4 << 20))) /srv/big; head -c 10M /dev/zero >/srv/rest || true; ! echo x >/srv/more");
        try
        {
            var refused = await Machine.Run("classcontact-broker ca revoke --stay kit kit-thief");
            Assert.Equal(1, refused.Code);
            Assert.Contains("not done", refused.Output, StringComparison.Ordinal);
            Assert.True((await Central.Say("kit-full", "on a full disk")).IsGood);
            Assert.Equal("on a full disk", await Central.Read("kit-full"));
            Assert.False((await Central.Helpdesk("code kit-late")).IsGood);
        }
        finally
        {
            await Machine.Good("rm -f /srv/big /srv/rest /srv/more");
        }

        await Machine.Good("classcontact-broker ca revoke --stay kit kit-thief");
        Assert.False((await Machine.Run("cd /srv/kit-thief && mosquitto_pub " + CentralMachine.Door + " --cert kit-thief.crt --key kit-thief.key -t x -m x")).IsGood);
        Assert.True((await Central.Helpdesk("code kit-late")).IsGood);
    }
}
