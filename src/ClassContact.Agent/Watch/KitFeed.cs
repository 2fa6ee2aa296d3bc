using System.Threading.Channels;
using ClassContact.Messages;
using ClassContact.Messages.Reading;
using ClassContact.Mqtt;
using Channel = ClassContact.Messages.Channel;

namespace ClassContact.Agent.Watch;

/// <summary>Reads kits from a broker, under a name of its own at each connect.</summary>
/// <param name="broker">Where.</param>
/// <param name="kits">Which; all when empty.</param>
/// <param name="time">Its timestamps are the reader's time.</param>
internal sealed class KitFeed(BrokerSettings broker, IReadOnlyList<KitId> kits, TimeProvider time)
{
    private static readonly Channel[] Shown = [Channel.Presence, Channel.About, Channel.Call, Channel.Health, Channel.Event];

    private readonly long start = time.GetTimestamp();
    private readonly Channel<bool> bell = System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }); // one ring is enough: the reader looks at everything

    private volatile View view = new(KitsSeen.None, false, TimeSpan.Zero, null, false);

    /// <summary>What is known at a moment.</summary>
    /// <param name="Seen">Of the kits.</param>
    /// <param name="IsConnected">And still listening.</param>
    /// <param name="Since">Since when that is so, by <see cref="Now"/>.</param>
    /// <param name="Trouble">What last went wrong.</param>
    /// <param name="WasConnected">The broker was reached at least once.</param>
    internal sealed record View(KitsSeen Seen, bool IsConnected, TimeSpan Since, string? Trouble, bool WasConnected);

    /// <summary>The reader's time.</summary>
    internal TimeSpan Now => time.GetElapsedTime(start);

    internal View Current => view;

    /// <summary>Completes when something has changed since the last time.</summary>
    internal ValueTask<bool> Changed(CancellationToken ct) => bell.Reader.ReadAsync(ct);

    /// <summary>Listens until cancelled; connects again for ever.</summary>
    internal Task Follow(CancellationToken ct) => new BrokerLoop(Open, Listen, Trouble, time).Run(ct);

    /// <summary>Connects once and reads what the broker has kept, until none of that has come for <paramref name="quiet"/>.</summary>
    /// <exception cref="MqttException">The broker cannot be reached, or went away.</exception>
    internal async Task ReadKept(TimeSpan quiet, CancellationToken ct)
    {
        await using var connection = await Open(ct);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var timer = time.CreateTimer(_ => enough.Cancel(), null, quiet, Timeout.InfiniteTimeSpan);
        await Subscribe(connection, ct);
        try
        {
            await foreach (var message in connection.Received.ReadAllAsync(enough.Token))
            {
                Take(message);
                if (message.Retained) // what comes live has no end
                    timer.Change(quiet, Timeout.InfiniteTimeSpan);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return;
        }
        throw new MqttException($"{broker.Address}: connection lost: {await connection.Lost}");
    }

    private Task<IMqttConnection> Open(CancellationToken ct) =>
        MqttLibrary.Open(broker, $"watch-{Guid.NewGuid():N}"[..22], null, time, ct);

    private async Task Subscribe(IMqttConnection connection, CancellationToken ct)
    {
        foreach (var channel in Shown)
        {
            if (kits.Count == 0)
                await connection.Subscribe(Topic.OfEveryKit(channel), ct);
            foreach (var kit in kits)
                await connection.Subscribe(Topic.OfKit(kit, channel), ct);
        }
    }

    private async Task Listen(IMqttConnection connection, CancellationToken ct)
    {
        Set(view with { IsConnected = true, WasConnected = true, Since = Now });
        try
        {
            await Subscribe(connection, ct);
            await foreach (var message in connection.Received.ReadAllAsync(ct))
                Take(message);
        }
        finally
        {
            Set(view with { IsConnected = false, Since = Now, Seen = view.Seen.NotListening() });
        }
    }

    private void Take(MqttMessage message) =>
        Set(view with { Seen = view.Seen.Apply(message.Topic, message.Payload.Span, message.Retained, Now) });

    private void Trouble(string reason) => Set(view with { Trouble = reason });

    private void Set(View changed)
    {
        view = changed;
        bell.Writer.TryWrite(true);
    }
}
