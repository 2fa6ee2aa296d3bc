using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClassContact.Classroom;
using static ClassContact.Mqtt.Tests.Central.Probe;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>Who is let in at the three doors. Each test first lets in whom it should.</summary>
public sealed class DoorTests(CentralBroker broker) : IClassFixture<CentralBroker>
{
    public enum Door
    {
        Kits,
        KitsBehindProxies,
        Helpdesk,
    }

    [Theory]
    [InlineData(Door.Kits)]
    [InlineData(Door.KitsBehindProxies)]
    [InlineData(Door.Helpdesk)]
    public async Task Only_a_certificate_of_the_doors_own_authority_opens_it(Door door)
    {
        var (port, right, _) = await At(door);
        await using (await broker.Way(right, port).Open("right")) { }
        using var stranger = new TestAuthority();
        var wrong = door == Door.Helpdesk ? await broker.Kit("kit-7") : await broker.Account("anna");
        foreach (var files in new[] { wrong, broker.Stranger, stranger.Client("kit-7") with { CaFile = broker.Stranger.CaFile } })
            await Refused(files, port);
    }

    [Theory]
    [InlineData(Door.Kits)]
    [InlineData(Door.KitsBehindProxies)]
    [InlineData(Door.Helpdesk)]
    public async Task A_certificate_out_of_its_time_or_without_a_name_or_for_a_server_opens_none(Door door)
    {
        var (port, _, authority) = await At(door);
        await using (await broker.Way(broker.Forged("kit-9", authority), port).Open("forged, but in its time")) { }
        await Refused(broker.Forged("kit-9", authority, until: DateTimeOffset.UtcNow.AddMinutes(-1)), port);
        await Refused(broker.Forged("kit-9", authority, from: DateTimeOffset.UtcNow.AddMinutes(10)), port);
        await Refused(broker.Forgery("O=nobody", authority), port);
        await Refused(broker.Forgery("CN=kit-9", authority, server: "kit-9"), port);
        await Refused(new(broker.Stranger.CaFile, Path.Combine(broker.Etc, "tls/server.crt"), Path.Combine(broker.Etc, "tls/server.key")), port);
    }

    [Theory]
    [InlineData(Door.Kits)]
    [InlineData(Door.KitsBehindProxies)]
    [InlineData(Door.Helpdesk)]
    public async Task Plain_mqtt_is_not_answered(Door door)
    {
        var (port, right, _) = await At(door);
        await using (await broker.Way(right, port).Open("right")) { }
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        byte[] connect = [0x10, 15, 0, 4, .. "MQTT"u8, 4, 2, 0, 60, 0, 3, .. "kit"u8]; // anonymous, as MQTT 3.1.1 allows
        await socket.GetStream().WriteAsync(connect);
        var answer = new byte[64];
        var length = await Ends(() => socket.GetStream().ReadAsync(answer).AsTask().WaitAsync(Patience));
        Assert.NotEqual(0x20, length > 0 ? answer[0] : 0); // CONNACK
    }

    [Theory]
    [InlineData(Door.Kits)]
    [InlineData(Door.KitsBehindProxies)]
    [InlineData(Door.Helpdesk)]
    public async Task Nothing_below_tls_1_2_is_spoken(Door door)
    {
        var (port, right, _) = await At(door);
        Assert.Contains("Cipher is ECDHE", await Shake(right, port, "-tls1_2"), StringComparison.Ordinal);
        // This client can speak 1.1: a server of its own kind takes it.
        Assert.Contains("Cipher is ECDHE", await ShakeWithOpenssl(right, "-tls1_1"), StringComparison.Ordinal);
        var said = await Shake(right, port, "-tls1_1");
        Assert.Contains("alert protocol version", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_may_offer_mqtt_as_the_protocol_of_443()
    {
        await using var client = await RawClient.Open(await broker.Kit("kit-7"), broker.HttpsPort, alpn: "mqtt");
        Assert.Equal(0, await client.MessagesUntilPong());
    }

    [Fact]
    public async Task A_kits_own_certificate_cannot_play_the_broker()
    {
        var kit = await broker.Kit("kit-7");
        await using (await broker.Way(kit).Open("kit-7")) { }
        var localhost = broker.Forgery($"CN={CentralBroker.Host}", "kits");
        foreach (var stolen in new[] { kit, localhost })
        {
            await using var falseBroker = await Broker.Start(new BrokerTls(kit.CaFile!, stolen.CertificateFile!, stolen.KeyFile!));
            var failure = await Fails(new BrokerSettings(CentralBroker.Host, falseBroker.Port, kit).Open("kit-7"));
            Assert.Contains("the broker's certificate is", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_broker_of_another_name_is_not_ours()
    {
        await using (await broker.Way(await broker.Kit("kit-7"), host: "127.0.0.1").Open("kit-7")) { }
        var other = broker.Forgery("CN=broker.example.org", "kits", server: "broker.example.org");
        await using var falseBroker = await Broker.Start(new BrokerTls(other.CaFile!, other.CertificateFile!, other.KeyFile!));
        var failure = await Fails(new BrokerSettings(CentralBroker.Host, falseBroker.Port, await broker.Kit("kit-7")).Open("kit-7"));
        Assert.Contains("made out to another name", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_certificate_opens_no_door_and_the_others_stay_in()
    {
        var stolen = await broker.Kit("kit-66");
        await using var open = await broker.OpenKit("kit-66");
        await using var kit = await broker.OpenKit("kit-7");
        (await broker.Ca("revoke", "kit", "kit-66")).Worked();
        await WaitFor.That("the broker to refuse it", () => IsRefused(stolen, broker.Port), refused => refused);
        await Refused(stolen, broker.HttpsPort);
        await kit.Publish(Text(Tree("kit-7", "event"), "not even interrupted"));
        await using (await broker.OpenKit("kit-8")) { }
        // Mosquitto looks at a certificate when a connection begins: on a real machine revoke restarts it.
        await open.Publish(Text(Tree("kit-66", "event"), "still there"));
        await broker.Stop();
        await broker.Start();
        await Refused(stolen, broker.Port);
        await using (await broker.OpenKit("kit-7")) { }
    }

    [Fact]
    public async Task A_revoked_account_is_kept_out_and_the_other_one_works()
    {
        var gone = await broker.Account("carl");
        await using (await broker.OpenAccount("carl")) { }
        (await broker.Ca("revoke", "helpdesk", "carl")).Worked();
        await WaitFor.That("the broker to refuse it", () => IsRefused(gone, broker.HelpdeskPort), refused => refused);
        await using (await broker.OpenAccount("anna")) { }
    }

    [Fact]
    public async Task After_a_reload_every_right_is_as_before()
    {
        (await broker.Ca("publish")).Worked();
        await WaitFor.That("the reload", () => broker.Log.Contains("Reloading config", StringComparison.Ordinal));
        await using var anna = await broker.OpenAccount();
        await anna.Subscribe(Tree("+", "event"));
        await using var kit = await broker.OpenKit("kit-7");
        await kit.MayNotWrite(Tree("kit-8", "event"));
        await kit.MayNotWrite(Tree("kit-7", "request/show-message"));
        await anna.MayNotWrite(Tree("kit-7", "event"));
        await Refused(broker.Stranger, broker.Port);
        await kit.Publish(Text(Tree("kit-7", "event"), "x"));
        Assert.Equal("x", (await anna.NextText()).Text);
    }

    [Fact]
    public async Task The_log_tells_who_came_and_never_what_was_said()
    {
        await using var kit = await broker.OpenKit("kit-4");
        await kit.Publish(Text(Tree("kit-4", "event"), "Léa est malade"));
        await WaitFor.That("the log", () => broker.Log, log => log.Contains("u'kit-4'", StringComparison.Ordinal));
        Assert.DoesNotContain("malade", broker.Log, StringComparison.Ordinal);
    }

    private async Task<(int Port, TlsFiles Right, string Authority)> At(Door door) => door switch
    {
        Door.Kits => (broker.Port, await broker.Kit("kit-7"), "kits"),
        Door.KitsBehindProxies => (broker.HttpsPort, await broker.Kit("kit-7"), "kits"),
        _ => (broker.HelpdeskPort, await broker.Account("anna"), "helpdesk"),
    };

    private async Task Refused(TlsFiles files, int port) => await Fails(broker.Way(files, port).Open("nobody"));

    private async Task<bool> IsRefused(TlsFiles files, int port)
    {
        try
        {
            await using (await broker.Way(files, port).Open("kit-66")) { }
            return false;
        }
        catch (MqttException)
        {
            return true;
        }
    }

    /// <summary>What a read gives, 0 also when the connection was reset.</summary>
    private static async Task<int> Ends(Func<Task<int>> read)
    {
        try
        {
            return await read();
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static Task<string> Shake(TlsFiles files, int port, string version) => Shell(
        $"openssl s_client -connect 127.0.0.1:{port} {version} -cipher DEFAULT@SECLEVEL=0 -CAfile {files.CaFile} -cert {files.CertificateFile} -key {files.KeyFile} </dev/null 2>&1");

    private static Task<string> ShakeWithOpenssl(TlsFiles files, string version)
    {
        var port = FreePort.Next();
        return Shell($"""
            openssl s_server -accept 127.0.0.1:{port} -www {version} -cipher DEFAULT@SECLEVEL=0 -cert {files.CertificateFile} -key {files.KeyFile} >/dev/null 2>&1 &
            for try in $(seq 100); do
                said=$(openssl s_client -connect 127.0.0.1:{port} {version} -cipher DEFAULT@SECLEVEL=0 </dev/null 2>&1) && break
                sleep 0.1
            done
            echo "$said"
            kill $! 2>/dev/null; wait
            """);
    }

    private static async Task<string> Shell(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true })!;
        var said = await shell.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await shell.WaitForExitAsync();
        return said;
    }
}
