using ClassContact.Classroom;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests;

/// <summary>The contract of <see cref="IMqttConnection"/> against a broker that works.</summary>
public abstract class ConnectionContract(string library) : Contract(library), IAsyncLifetime
{
    private Broker broker = null!;

    public async ValueTask InitializeAsync() => broker = await Broker.Start();

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_retained_message_is_read_back_by_a_second_connection_and_by_another_program()
    {
        await using var kit = await broker.Open("kit");
        await kit.Publish(Text("a/presence", "online é", retained: true));
        await using var desk = await broker.Open("desk");
        await desk.Subscribe("a/+");
        var read = await desk.Next();
        Assert.Equal(("a/presence", "online é", true), (read.Topic, read.Text(), read.Retained));
        Assert.Equal("1 online é", await broker.ReadElsewhere("a/presence"));
    }

    [Fact]
    public async Task A_message_that_comes_live_is_not_marked_as_retained()
    {
        await using var kit = await broker.Open("kit");
        await using var desk = await broker.Open("desk");
        await desk.Subscribe("a/presence");
        await kit.Publish(Text("a/presence", "online", retained: true));
        Assert.False((await desk.Next()).Retained);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256 * 1024)]
    public async Task A_payload_of_any_size_arrives_as_it_was_sent(int size)
    {
        var payload = new byte[size];
        new Random(7).NextBytes(payload);
        await using var connection = await broker.Open("kit");
        await connection.Subscribe("a/bytes");
        await connection.Publish(new("a/bytes", payload));
        Assert.Equal(payload, (await connection.Next()).Payload.ToArray());
    }

    [Fact]
    public async Task A_thousand_publishes_in_flight_are_all_acknowledged_and_arrive_in_order()
    {
        await using var connection = await broker.Open("kit");
        await using var desk = await broker.Open("desk");
        await desk.Subscribe("a/event");
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => connection.Publish(Text("a/event", $"{n}")))).WaitAsync(Patience);
        for (var n = 0; n < 1000; n++)
            Assert.Equal($"{n}", (await desk.Next()).Text());
    }

    [Fact]
    public async Task Many_threads_may_publish_at_once()
    {
        await using var connection = await broker.Open("kit");
        var threads = Enumerable.Range(0, 8).Select(t => Task.Run(async () =>
        {
            for (var n = 0; n < 100; n++)
                await connection.Publish(Text($"a/{t}", $"{n}"));
        }));
        await Task.WhenAll(threads).WaitAsync(Patience);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/+/b")]
    public async Task A_topic_that_cannot_be_published_to_is_an_error_and_the_connection_stays(string topic)
    {
        await using var connection = await broker.Open("kit");
        await Fails(connection.Publish(Text(topic, "x")));
        await connection.Publish(Text("a/b", "x"));
        Assert.False(connection.Lost.IsCompleted);
    }

    [Fact]
    public async Task More_requests_than_the_limit_are_refused_at_once()
    {
        await using var connection = await broker.Open("kit");
        broker.Stop();
        var sent = Enumerable.Range(0, MqttLibrary.MostUnderWay + 1).Select(_ => connection.Publish(Text("a/b", "x"))).ToArray();
        Assert.Contains("wait for the broker already", (await Fails(sent[^1])).Message, StringComparison.Ordinal);
        Assert.False(sent[^2].IsCompleted);
        broker.Continue();
        await Task.WhenAll(sent[..^1]).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_clean_end_sends_no_will_and_says_why_the_connection_is_gone()
    {
        var connection = await broker.Open("kit", Text("a/presence", "lost", retained: true));
        await connection.DisposeAsync();
        Assert.Equal("it was closed", await connection.Lost.WaitAsync(Patience));
        await connection.Received.Completion.WaitAsync(Patience);
        Assert.Contains("the connection", (await Fails(connection.Publish(Text("a/b", "x")))).Message, StringComparison.Ordinal);
        Assert.Equal("", await broker.ReadElsewhere("a/presence"));
    }

    [Fact]
    public async Task A_clean_end_in_the_middle_of_traffic_sends_no_will_and_loses_nothing()
    {
        for (var round = 0; round < 20; round++)
        {
            var connection = await broker.Open("kit", Text("a/presence", "lost", retained: true));
            await connection.Subscribe("a/#");
            var sent = Enumerable.Range(0, 50).Select(n => connection.Publish(Text("a/event", $"{n}"))).ToArray();
            await connection.DisposeAsync();
            await Task.WhenAll(sent).WaitAsync(Patience);
        }
        Assert.Equal("", await broker.ReadElsewhere("a/presence"));
    }

    [Fact]
    public async Task A_second_client_of_the_same_name_puts_the_first_one_out()
    {
        await using var first = await broker.Open("kit");
        await using var second = await broker.Open("kit");
        await first.Lost.WaitAsync(Patience);
        await second.Publish(Text("a/b", "x"));
    }

    [Fact]
    public async Task A_process_killed_leaves_its_will()
    {
        using var kit = HeldConnection.Start(broker.Port);
        await using var desk = await broker.Open("desk");
        await desk.Subscribe(HeldConnection.Topic);
        Assert.Equal("online", (await desk.Next()).Text());
        kit.Kill();
        await kit.WaitForExitAsync();
        Assert.Equal("lost", (await desk.Next()).Text());
        Assert.Equal("1 lost", await broker.ReadElsewhere(HeldConnection.Topic));
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_loses_the_connection_and_never_a_message_in_silence()
    {
        await using var kit = await broker.Open("kit");
        await using var desk = await broker.Open("desk");
        await desk.Subscribe("a/event");
        for (var n = 0; n < 1100 && !desk.Lost.IsCompleted; n++)
            await kit.Publish(Text("a/event", $"{n}"));
        Assert.Contains("nobody read", await desk.Lost.WaitAsync(Patience), StringComparison.Ordinal);
        for (var n = 0; n < 1024; n++)
            Assert.Equal($"{n}", (await desk.Next()).Text());
        await desk.Received.Completion.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_idle_connection_outlives_several_keep_alives()
    {
        await using var connection = await (broker.Settings() with { KeepAliveSeconds = 5 }).Open("kit");
        var lost = await Task.WhenAny(connection.Lost, Task.Delay(TimeSpan.FromSeconds(12)));
        Assert.NotSame(connection.Lost, lost);
        await connection.Publish(Text("a/b", "x"));
    }
}
