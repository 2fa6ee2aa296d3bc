namespace ClassContact.KitBench.Tests.Central;

/// <summary>Who comes in, and who does not any more.</summary>
public sealed class KitStories(InstalledCentral installed) : CentralStories(installed)
{
    [Fact]
    public async Task A_kit_and_an_account_of_the_helpdesk_meet_through_either_port()
    {
        await Central.Kit("kit-meets");
        Assert.True((await Central.Say("kit-meets", "on 8883")).IsGood);
        Assert.Equal("on 8883", await Central.Read("kit-meets"));
        Assert.True((await Central.Say("kit-meets", "on 443", CentralMachine.Door.Replace("8883", "443 --tls-alpn mqtt", StringComparison.Ordinal))).IsGood);
        Assert.Equal("on 443", await Central.Read("kit-meets"));
        Assert.False((await Central.Say("kit-meets", "at the helpdesk's door", CentralMachine.Door.Replace("8883", "8884", StringComparison.Ordinal))).IsGood);
    }

    [Fact]
    public async Task A_kit_enrols_itself_is_let_in_and_a_revocation_puts_it_out()
    {
        await Enroll("kit-enrols");
        Assert.True((await Central.Say("kit-enrols", "here")).IsGood);
        Assert.Equal("here", await Central.Read("kit-enrols"));

        var revoked = await Central.Helpdesk("revoke kit-enrols");
        Assert.True(revoked.IsGood, revoked.Output);
        await Machine.Until("classcontact-broker ca list kits | grep -q 'revoked .*kit-enrols'"); // the path unit, as root
        await Machine.Until("[[ ! $(ls -A /var/spool/classcontact-helpdesk) ]]", TimeSpan.FromMinutes(2));
        await Central.BothRun();
        Assert.False((await Central.Say("kit-enrols", "still here?")).IsGood);
        Assert.Equal("", await Central.Read("kit-enrols"));
        Assert.True((await Machine.Run("openssl crl -in /etc/classcontact-helpdesk/tls/kits.crl -noout -text | grep -q 'Serial Number'")).IsGood);
    }

    // The real agent, as on a kit; its folders stand where the other kits' certificates are.
    private async Task Enroll(string kit)
    {
        var code = await Central.Helpdesk($"code {kit}");
        Assert.True(code.IsGood, code.Output);
        var enrolled = await Machine.Run(
            $$"""
            mkdir -p /srv/{{kit}}/data && cd /srv/{{kit}} && cp /var/lib/classcontact-broker/kits/ca.crt .
            cat >kit.json <<'JSON'
            {
              "kit": "{{kit}}", "school": "École des Tilleuls", "room": "5e B",
              "meeting": { "description": "/opt/checkout/configs/meeting/janus.json", "linkFile": "data/link" },
              "folders": { "run": "run", "kiosk": "kiosk", "logs": "logs", "data": "data" },
              "enrolment": { "server": "https://enrol.test:8443", "caFile": "ca.crt" },
            }
            JSON
            /opt/agent/classcontact enroll --settings kit.json <<<'{{code.Output.Split('\n')[0]}}' &&
            cp data/identity/kit.key {{kit}}.key && cp data/identity/kit.crt {{kit}}.crt
            """, TimeSpan.FromMinutes(3));
        Assert.True(enrolled.IsGood, enrolled.Output + await Machine.Good($"find /srv/{kit}; journalctl -u classcontact-helpdesk -n 20 --no-pager"));
    }
}
