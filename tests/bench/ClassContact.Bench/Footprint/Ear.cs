using System.Collections.Concurrent;
using System.Diagnostics;
using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Bench.Footprint;

/// <summary>Hears everything at the broker, and when.</summary>
internal sealed class Ear : IAsyncDisposable
{
    private readonly IMqttConnection connection;
    private readonly ConcurrentDictionary<string, long> counts = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> awaited = [];
    private readonly Task hearing;

    private Ear(IMqttConnection connection)
    {
        this.connection = connection;
        hearing = Hear();
    }

    public static async Task<Ear> Open(BrokerSettings broker)
    {
        var connection = await MqttLibrary.Open(broker, "ear", null, TimeProvider.System, CancellationToken.None);
        foreach (var channel in Enum.GetValues<Channel>())
            await connection.Subscribe(Topic.OfEveryKit(channel), CancellationToken.None);
        return new(connection);
    }

    /// <summary>How many messages a kit has published.</summary>
    public long Count(string kit) => counts.GetValueOrDefault(kit);

    /// <summary>The moment, of <see cref="Stopwatch"/>, at which a kit is next heard to be online.</summary>
    public Task<long> Online(string kit) => (awaited[kit] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await hearing;
    }

    private async Task Hear()
    {
        await foreach (var message in connection.Received.ReadAllAsync())
        {
            var now = Stopwatch.GetTimestamp();
            if (!Topic.TryParse(message.Topic, out var topic))
                continue;
            var kit = topic.Kit.ToString();
            counts.AddOrUpdate(kit, 1, (_, count) => count + 1);
            if (topic.Channel is Channel.Presence && Wire.Read<Presence>(message.Payload.Span)?.Body.State is PresenceState.Online && awaited.TryRemove(kit, out var waiting))
                waiting.SetResult(now);
        }
    }
}
