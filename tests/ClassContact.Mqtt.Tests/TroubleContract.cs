using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClassContact.Classroom;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests;

/// <summary>The contract of <see cref="IMqttConnection"/> when the broker, or the way to it, does not work.</summary>
public abstract class TroubleContract(string library) : Contract(library)
{
    [Fact]
    public async Task A_broker_killed_is_noticed_at_once()
    {
        await using var broker = await Broker.Start();
        await using var connection = await broker.Open("kit");
        var watch = Stopwatch.StartNew();
        await broker.Kill();
        Assert.Equal("the broker closed the connection", await connection.Lost.WaitAsync(Patience));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
        watch.Restart();
        Assert.Contains("connection is lost", (await Fails(connection.Publish(Text("a/b", "x")))).Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task A_stopped_broker_fails_the_publish_and_loses_the_connection_and_the_will_comes_when_it_wakes()
    {
        await using var broker = await Broker.Start();
        await using var connection = await broker.Open("kit", Text("a/presence", "lost", retained: true), answerSeconds: 2);
        broker.Stop();
        var watch = Stopwatch.StartNew();
        var failure = await Fails(connection.Publish(Text("a/b", "x")));
        Assert.InRange(watch.Elapsed.TotalSeconds, 1.9, 6);
        Assert.Contains("no acknowledgement for 2 s", failure.Message, StringComparison.Ordinal);
        Assert.Equal("no acknowledgement for 2 s", await connection.Lost.WaitAsync(Patience));
        broker.Continue();
        await using var desk = await broker.Open("desk");
        await desk.Subscribe("a/presence");
        Assert.Equal("lost", (await desk.Next()).Text());
    }

    [Fact]
    public async Task A_subscription_that_is_not_answered_loses_the_connection_too()
    {
        await using var broker = await Broker.Start();
        await using var connection = await broker.Open("kit", answerSeconds: 1);
        broker.Stop();
        await Fails(connection.Subscribe("a/b"));
        await connection.Lost.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)] // 32 MB: more than the socket takes
    public async Task Closing_on_a_stopped_broker_ends_in_time(int publishes)
    {
        await using var broker = await Broker.Start();
        var connection = await broker.Open("kit");
        broker.Stop();
        var sent = Enumerable.Range(0, publishes).Select(_ => connection.Publish(new("a/b", new byte[64 * 1024]))).ToArray();
        var watch = Stopwatch.StartNew();
        await connection.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8), $"{watch.Elapsed}");
        foreach (var publish in sent)
            await Fails(publish);
    }

    [Fact]
    public async Task A_stopped_broker_is_noticed_by_an_idle_connection_too()
    {
        await using var broker = await Broker.Start();
        await using var connection = await (broker.Settings() with { KeepAliveSeconds = 5 }).Open("kit");
        broker.Stop();
        Assert.Equal("the broker did not answer a ping", await connection.Lost.WaitAsync(Patience));
    }

    [Fact]
    public async Task Opening_to_a_stopped_broker_fails_in_time_and_names_it()
    {
        await using var broker = await Broker.Start();
        broker.Stop();
        var failure = await Fails(broker.Open("kit", answerSeconds: 1));
        Assert.Equal($"127.0.0.1:{broker.Port}: connected, but no MQTT broker answered within 1 s", failure.Message);
    }

    [Fact]
    public async Task Opening_where_nothing_listens_says_so()
    {
        var port = FreePort.Next();
        var failure = await Fails(new BrokerSettings("127.0.0.1", port).Open("kit"));
        Assert.Equal($"127.0.0.1:{port}: Connection refused", failure.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Opening_into_a_void_ends_in_time_and_when_it_is_cancelled(bool cancelled)
    {
        // A full backlog answers no SYN, like a firewall that swallows everything.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(0);
        using var waiting = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await waiting.ConnectAsync(deaf.LocalEndPoint!);
        var port = ((IPEndPoint)deaf.LocalEndPoint!).Port;
        using var stop = new CancellationTokenSource();
        var opening = new BrokerSettings("127.0.0.1", port, AnswerSeconds: cancelled ? 120 : 1).Open("kit", ct: stop.Token);
        if (cancelled)
        {
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Patience));
        }
        else
            Assert.Equal($"127.0.0.1:{port}: no connection within 1 s", (await Fails(opening)).Message);
    }

    [Fact]
    public async Task Opening_to_a_name_that_does_not_exist_says_so()
    {
        var failure = await Fails(new BrokerSettings("broker.invalid", 8883, new TlsFiles()).Open("kit"));
        Assert.StartsWith("broker.invalid:8883: the name cannot be looked up: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_the_broker_does_not_want_is_told_its_reason()
    {
        await using var broker = await Broker.Start(null, "allow_anonymous false");
        var failure = await Fails(broker.Open("kit"));
        Assert.Equal($"127.0.0.1:{broker.Port}: refused: Not authorized (0x87)", failure.Message);
    }

    [Fact]
    public async Task A_publish_that_the_access_list_forbids_is_refused_and_the_connection_stays()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("acl"), "topic readwrite mine/#\n");
        await using var broker = await Broker.Start(null, $"acl_file {folder.File("acl")}");
        await using var connection = await broker.Open("kit");
        Assert.Equal("yours/a: the broker refused: Not authorized (0x87)", (await Fails(connection.Publish(Text("yours/a", "x")))).Message);
        await connection.Subscribe("mine/#");
        await connection.Publish(Text("mine/a", "x"));
        Assert.Equal("x", (await connection.Next()).Text());
    }

    /// <summary>Mosquitto's own access lists grant every subscription and then deliver nothing; its plug-in for roles says so in the SUBACK.</summary>
    [Fact]
    public async Task A_subscription_that_the_broker_forbids_is_refused_and_the_connection_stays()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File("roles"), """
            { "defaultACLAccess": { "publishClientSend": true, "publishClientReceive": true, "subscribe": false, "unsubscribe": true } }
            """);
        await using var broker = await Broker.Start(
            null, "plugin /usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so", $"plugin_opt_config_file {folder.File("roles")}");
        await using var connection = await broker.Open("kit");
        Assert.Equal("yours/#: the broker refused: Not authorized (0x87)", (await Fails(connection.Subscribe("yours/#"))).Message);
        await connection.Publish(Text("a/b", "x"));
    }

    [Fact]
    public async Task Cancelling_an_opening_returns_at_once_and_leaves_no_client_and_no_will()
    {
        await using var broker = await Broker.Start();
        broker.Stop();
        using var stop = new CancellationTokenSource();
        var opening = broker.Settings().Open("kit", Text("a/presence", "lost", retained: true), stop.Token);
        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");
        broker.Continue();
        Assert.Equal("", await broker.ReadElsewhere("a/presence"));
    }

    [Fact]
    public async Task Cancelling_a_publish_ends_the_wait_and_not_the_connection()
    {
        await using var broker = await Broker.Start();
        await using var connection = await broker.Open("kit");
        broker.Stop();
        using var stop = new CancellationTokenSource();
        var publishing = connection.Publish(Text("a/b", "x"), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
        broker.Continue();
        await connection.Publish(Text("a/b", "x"));
    }
}
