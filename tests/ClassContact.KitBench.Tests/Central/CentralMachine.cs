namespace ClassContact.KitBench.Tests.Central;

/// <summary>The central broker and the signing service on one machine, and what people do with them there.</summary>
public sealed class CentralMachine(Machine machine) : IAsyncDisposable
{
    /// <summary>What a reader or writer of the broker says: of the kits' door, unless a story adds another.</summary>
    public const string Door = "-h broker.test -p 8883 -V mqttv5 -q 1 --cafile ca.crt";

    /// <summary>The machine.</summary>
    public Machine Machine => machine;

    /// <summary>As an administrator does, with a checkout.</summary>
    public Task<string> Install() => Machine.Good("/opt/checkout/packaging/broker/install --name broker.test --also 127.0.0.1", TimeSpan.FromMinutes(20));

    /// <inheritdoc cref="Install"/>
    public Task<string> InstallEnrolment() => Machine.Good("/opt/checkout/packaging/broker/install-enrolment --name enrol.test --program /opt/helpdesk", TimeSpan.FromMinutes(20));

    /// <summary>A kit's key and certificate, made by hand in <c>/srv/KIT</c>.</summary>
    public Task<string> Kit(string kit) => Machine.Good($"mkdir -p /srv/{kit} && cd /srv/{kit} && classcontact-broker ca kit {kit}");

    /// <summary>A kit says something at the broker, retained; the answer tells whether the broker took it.</summary>
    public Task<Answer> Say(string kit, string text, string door = Door) =>
        Machine.Run($"cd /srv/{kit} && mosquitto_pub {door} --cert {kit}.crt --key {kit}.key -t classcontact/v1/{kit}/about -r -m '{text}'", TimeSpan.FromSeconds(30));

    /// <summary>What the helpdesk's account reads of a kit: what is retained, or nothing.</summary>
    public async Task<string> Read(string kit)
    {
        var answer = await Machine.Run(
            $"cd /srv/accounts && mosquitto_sub {Door.Replace("8883", "8884", StringComparison.Ordinal)} --cert helpdesk-anna.crt --key helpdesk-anna.key -t classcontact/v1/{kit}/about -C 1 -W 5");
        // 27: the time is over, and nothing came.
        return answer.Code switch { 0 => answer.Output.Trim(), 27 => "", _ => throw new IOException($"the helpdesk could not read: {answer}") };
    }

    /// <summary>A command of the signing service.</summary>
    public Task<Answer> Helpdesk(string command) => Machine.Run($"runuser -u classcontact-helpdesk -- classcontact-helpdesk {command}", TimeSpan.FromMinutes(2));

    /// <summary>Waits until both services run and take connections, and says that no unit has failed.</summary>
    public async Task BothRun()
    {
        foreach (var port in new[] { 8883, 443, 8884, 8443 })
            await Machine.Until($"(exec 3<>/dev/tcp/127.0.0.1/{port})", TimeSpan.FromMinutes(2));
        Assert.Equal("active\nactive\n", await Machine.Good("systemctl is-active mosquitto classcontact-helpdesk"));
        Assert.Equal("", await Machine.Good("systemctl list-units --failed --plain --no-legend"));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => machine.DisposeAsync();
}
