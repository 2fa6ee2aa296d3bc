using System.Net;
using System.Net.Sockets;
using ClassContact.Classroom;
using ClassContact.Classroom.Network;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests.Ways;

/// <summary>Ways to a real broker, past a port that is shut and through a real proxy.</summary>
public sealed class BrokerDoorTests : IAsyncLifetime
{
    private readonly TestAuthority authority = new();
    private readonly TestFolder folder = new();
    private readonly ShiftedTime time = new();
    private Broker broker = null!;

    public async ValueTask InitializeAsync() => broker = await Broker.Start(authority.Broker("localhost"));

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        authority.Dispose();
        folder.Dispose();
    }

    private string Memory => folder.File("broker-way");

    /// <summary>The two ports of the broker: its own, and one where nobody listens.</summary>
    private BrokerSettings To(int? first = null, int? second = null) =>
        new("localhost", first ?? FreePort.Next(), new(authority.CaFile)) { SecondPort = second ?? FreePort.Next() };

    private BrokerDoor Door(BrokerSettings settings, Func<string, string?>? variable = null) => new(settings, variable ?? (_ => null), Memory, time);

    private static async Task Works(BrokerDoor door)
    {
        await using var connection = await door.Open("kit", null, CancellationToken.None).WaitAsync(Patience);
        await connection.Publish(Text("a/b", "x"));
        await door.Kept.WaitAsync(Patience);
    }

    private static Task<MqttException> Fails(BrokerDoor door) => Clients.Fails(door.Open("kit", null, CancellationToken.None));

    [Fact]
    public async Task The_settings_port_goes_first_and_is_remembered()
    {
        await Works(Door(To(first: broker.Port, second: broker.Port)));
        Assert.Equal("direct", await File.ReadAllTextAsync(Memory));
    }

    [Fact]
    public async Task A_port_that_is_shut_is_gone_round_by_the_second_port()
    {
        await Works(Door(To(second: broker.Port)));
        Assert.Equal("443", await File.ReadAllTextAsync(Memory));
    }

    [Fact]
    public async Task Two_ports_that_are_shut_are_gone_round_by_a_proxy_on_either_port()
    {
        await using var proxy = await HttpProxy.Start(folder.Path);
        foreach (var settings in new[] { To(second: broker.Port), To(first: broker.Port) })
        {
            await Works(Door(settings with { Way = "proxy", Proxy = proxy.Address }));
            Assert.Contains($"CONNECT localhost:{broker.Port}", proxy.Log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_worked_is_the_first_after_a_restart_and_nothing_else_is_tried()
    {
        await Works(Door(To(second: broker.Port)));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await Works(Door(To(first: ((IPEndPoint)listener.LocalEndpoint).Port, second: broker.Port)));
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task What_worked_is_forgotten_when_it_fails_for_two_minutes()
    {
        await File.WriteAllTextAsync(Memory, "443\n");
        var door = Door(To(first: broker.Port));
        Assert.Contains("Connection refused", (await Fails(door)).Message, StringComparison.Ordinal);
        time.Pass(TimeSpan.FromSeconds(119));
        await Fails(door);
        time.Pass(TimeSpan.FromSeconds(1));
        await Fails(door);
        await door.Kept.WaitAsync(Patience);
        Assert.Equal("", await File.ReadAllTextAsync(Memory));
        await Works(door);
        Assert.Equal("direct", await File.ReadAllTextAsync(Memory));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tunnel")]
    [InlineData("proxy")] // and there is none any more
    public async Task A_memory_that_makes_no_sense_is_no_memory(string remembered)
    {
        await File.WriteAllTextAsync(Memory, remembered);
        await Works(Door(To(first: broker.Port)));
    }

    [Fact]
    public async Task A_memory_that_cannot_be_written_holds_up_nothing()
    {
        Directory.CreateDirectory(Memory);
        await Works(Door(To(second: broker.Port)));
    }

    [Fact]
    public async Task A_disk_that_hangs_holds_up_nothing()
    {
        var door = Door(To(first: broker.Port));
        await ChildProcess.Run("mkfifo", folder.Path, "mkfifo", [Memory]); // whoever writes to a pipe that nobody reads waits for ever
        await using (var connection = await door.Open("kit", null, CancellationToken.None).WaitAsync(Patience))
            await connection.Publish(Text("a/b", "x"));
        Assert.False(door.Kept.IsCompleted);
        Assert.Equal("direct", await File.ReadAllTextAsync(Memory).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_filter_that_ends_the_handshake_before_a_certificate_was_shown_is_gone_round_and_no_memory_keeps_to_it()
    {
        using var filter = new TcpListener(IPAddress.Loopback, 0);
        filter.Start();
        var filtering = Filter();
        var settings = To(first: ((IPEndPoint)filter.LocalEndpoint).Port, second: broker.Port);
        var told = await Fails(Door(settings with { Way = "direct" }));
        Assert.Equal("not-tls", told.Trouble);
        Assert.EndsWith("TLS: what answers there ended the handshake before its certificate was judged: sslv3 alert handshake failure", told.Message, StringComparison.Ordinal);
        await Works(Door(settings));
        Assert.Equal("443", await File.ReadAllTextAsync(Memory));

        await File.WriteAllTextAsync(Memory, "direct");
        var door = Door(settings);
        await Fails(door);
        time.Pass(BrokerDoor.Faith);
        await Fails(door);
        await Works(door);
        filter.Stop();
        await filtering;

        // Answers any hello with the alert "handshake failure".
        async Task Filter()
        {
            try
            {
                while (true)
                {
                    using var client = await filter.AcceptSocketAsync();
                    await client.ReceiveAsync(new byte[4096]);
                    await client.SendAsync(new byte[] { 0x15, 3, 3, 0, 2, 2, 0x28 });
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }

    [Fact]
    public async Task Every_way_that_failed_is_told_and_the_settings_way_alone_is_gone()
    {
        var settings = To();
        Assert.Equal($"localhost:{settings.Port}: Connection refused; localhost:{settings.SecondPort}: Connection refused", (await Fails(Door(settings))).Message);
        Assert.Equal($"localhost:{settings.SecondPort}: Connection refused", (await Fails(Door(settings with { Way = "443" }))).Message);
        Assert.False(File.Exists(Memory));
    }

    [Fact]
    public async Task A_broker_that_says_no_was_reached_and_no_other_way_is_tried()
    {
        await using var strict = await Broker.Start(authority.Broker("localhost"), "allow_anonymous false");
        Assert.Equal($"localhost:{strict.Port}: refused: Not authorized (0x87)", (await Fails(Door(To(first: strict.Port, second: broker.Port)))).Message);
    }

    [Fact]
    public async Task A_proxy_that_wants_a_password_gets_it_from_the_file_and_nobody_else_reads_it()
    {
        await using var proxy = await HttpProxy.Start(folder.Path, "BasicAuth kit sesame");
        var settings = To(second: broker.Port) with { Way = "proxy", Proxy = proxy.Address };
        Assert.EndsWith("the proxy wants a name and a password, and proxyLoginFile is not set", (await Fails(Door(settings))).Message, StringComparison.Ordinal);
        settings = settings with { ProxyLoginFile = folder.File("login") };
        await Write("kit:sesame\n");
        await Works(Door(settings));
        Assert.DoesNotContain("sesame", settings.ToString(), StringComparison.Ordinal);
        await Write("kit:open-sesame\n");
        var failure = await Fails(Door(settings));
        Assert.EndsWith($"through the proxy: the proxy does not accept what proxyLoginFile '{settings.ProxyLoginFile}' holds", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", failure.ToString(), StringComparison.Ordinal);

        async Task Write(string login)
        {
            await File.WriteAllTextAsync(folder.File("login"), login);
            File.SetUnixFileMode(folder.File("login"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_password_file_that_is_no_good_closes_the_proxys_way_alone()
    {
        await using var proxy = await HttpProxy.Start(folder.Path);
        var settings = To(first: broker.Port) with { Proxy = proxy.Address, ProxyLoginFile = folder.File("nowhere") };
        await Works(Door(settings));
        await File.WriteAllTextAsync(Memory, "");
        var told = await Fails(Door(settings with { Port = FreePort.Next() }));
        Assert.EndsWith($"through the proxy: proxyLoginFile '{folder.File("nowhere")}' cannot be read: it does not exist", told.Message, StringComparison.Ordinal);
        Assert.Contains($"localhost:{settings.SecondPort}: Connection refused", told.Message, StringComparison.Ordinal);
        Assert.Equal("login", told.Trouble);
        var pasted = await Assert.ThrowsAsync<ArgumentException>(() => Door(settings with { ProxyLoginFile = "https://SECRET" }).Open("kit", null, CancellationToken.None));
        Assert.DoesNotContain("SECRET", pasted.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_lets_nobody_through_is_told_and_one_that_is_not_there()
    {
        await using var proxy = await HttpProxy.Start(folder.Path, "ConnectPort 1");
        var settings = To(second: broker.Port) with { Way = "proxy" };
        Assert.EndsWith("the proxy does not let us through", (await Fails(Door(settings with { Proxy = proxy.Address }))).Message, StringComparison.Ordinal);
        Assert.EndsWith("the proxy refuses connections", (await Fails(Door(settings with { Proxy = $"http://127.0.0.1:{FreePort.Next()}" }))).Message, StringComparison.Ordinal);
        Assert.EndsWith("no proxy is known: neither 'proxy' nor the environment names one", (await Fails(Door(settings))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("school.example,broker.invalid", false)]
    public async Task The_environment_names_a_proxy_and_whom_it_is_not_for(string spared, bool asked)
    {
        await using var proxy = await HttpProxy.Start(folder.Path);
        var door = Door(To() with { Host = "broker.invalid" }, name => name switch { "https_proxy" => proxy.Address, "no_proxy" => spared, _ => null });
        var told = (await Fails(door)).Message;
        Assert.Equal(asked, told.Contains("through the proxy", StringComparison.Ordinal));
        Assert.Equal(asked, proxy.Log.Contains("CONNECT broker.invalid", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("direct", false)]
    [InlineData("443", true)]
    public async Task The_second_port_is_told_that_mqtt_is_wanted(string way, bool told)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var opening = Door(To(port, port) with { Way = way }).Open("kit", null, CancellationToken.None);
        var hello = new byte[4096];
        using (var socket = await listener.AcceptSocketAsync().WaitAsync(Patience))
            hello = hello[..await socket.ReceiveAsync(hello)];
        Assert.Equal(told, Convert.ToHexString(hello).Contains("00100007000504" + Convert.ToHexString("mqtt"u8), StringComparison.Ordinal));
        await Clients.Fails(opening);
    }
}
