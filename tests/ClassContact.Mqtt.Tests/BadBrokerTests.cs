using System.Diagnostics;
using ClassContact.Classroom;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests;

/// <summary>Brokers that misbehave: every publish ends, in time and with a sentence, and nothing is hammered.</summary>
public sealed class BadBrokerTests
{
    [Fact]
    public async Task One_that_accepts_and_never_acknowledges_is_left_in_time()
    {
        await using var broker = BadBroker.Dumb();
        await using var connection = await broker.Settings.Open("kit");
        var watch = Stopwatch.StartNew();
        Assert.Contains("no acknowledgement for 1 s", (await Fails(connection.Publish(Text("a/b", "x")))).Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
        Assert.Equal("no acknowledgement for 1 s", await connection.Lost.WaitAsync(Patience));
    }

    [Fact]
    public async Task One_that_closes_at_every_publish_is_asked_ever_more_rarely()
    {
        await using var broker = BadBroker.After((stream, ct) => BadBroker.Next(stream, ct));
        var time = new FakeTime();
        var troubles = new List<string>();
        using var stop = new CancellationTokenSource();
        var loop = new BrokerLoop(
            ct => broker.Settings.Open("kit", ct: ct), (connection, ct) => connection.Publish(Text("a/b", "x"), ct), troubles.Add, time);
        var running = loop.Run(stop.Token);
        for (var failure = 0; failure < 8; failure++)
            Assert.InRange(await time.PassNextWait().WaitAsync(Patience), TimeSpan.Zero, Backoff.Cap(failure));
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.True(broker.Taken >= 8);
        Assert.All(troubles, trouble => Assert.Contains("the broker closed the connection", trouble, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_sends_garbage_ends_the_connection_and_nothing_else(bool afterConnAck)
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            var garbage = Garbage(new(seed));
            await using var broker = afterConnAck
                ? BadBroker.After(async (stream, ct) => await stream.WriteAsync(garbage, ct))
                : new BadBroker(async (stream, ct) => { await BadBroker.Next(stream, ct); await stream.WriteAsync(garbage, ct); });
            try
            {
                await using var connection = await broker.Settings.Open("kit").WaitAsync(Patience);
                Assert.NotEmpty(await connection.Lost.WaitAsync(Patience));
            }
            catch (MqttException e)
            {
                Assert.StartsWith("127.0.0.1:", e.Message, StringComparison.Ordinal);
            }
        }
    }

    // Half of it looks like a packet of a broker, whose length is right and whose properties are anything.
    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[6 + random.Next(4000)];
        random.NextBytes(bytes);
        if (random.Next(2) == 0)
            return bytes;
        var body = random.Next(2, Math.Min(120, bytes.Length - 2));
        (bytes[0], bytes[1]) = ((byte)(random.Next(2, 16) << 4), (byte)body);
        bytes[random.Next(2, 6)] = (byte)random.Next(body);
        return bytes;
    }
}
