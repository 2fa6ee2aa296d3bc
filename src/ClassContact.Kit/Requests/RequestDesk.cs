using ClassContact.Messages;
using ClassContact.Mqtt;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Requests;

/// <summary>Takes in what the helpdesk asks for. It outlives connections, so that a request that comes again over the next is known.</summary>
/// <param name="kit">Whose requests.</param>
/// <param name="show">Gets a message for the room; returns at once.</param>
/// <param name="reply">Sends a reply when it can; returns at once.</param>
/// <param name="wallClock">UTC; null while the kit's clock cannot be trusted.</param>
/// <param name="log">Gets verdicts, each once a minute; never a text, an id or a name from outside.</param>
internal sealed class RequestDesk(KitId kit, Action<HelpdeskMessage> show, Action<Reply> reply, Func<DateTimeOffset?> wallClock, ILogger log)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock gateLock = new();
    private readonly Dictionary<string, TimeSpan> logged = []; // by verdict: a handful
    private RequestGate gate = new();

    /// <summary>Times floods.</summary>
    internal required TimeProvider Time { private get; init; }

    /// <summary>Subscribes to this kit's requests and takes them in until cancelled or the connection ends. A broker that refuses leaves the kit without
    /// requests until the next connection, and everything else as it was.</summary>
    internal async Task Serve(IMqttConnection connection, CancellationToken ct)
    {
        try
        {
            await connection.Subscribe(Topic.OfKit(kit, Channel.Request), ct);
            await foreach (var message in connection.Received.ReadAllAsync(ct))
                Take(message);
        }
        catch (MqttException e)
        {
            if (!await IsLost(connection))
                log.LogWarning("The broker lets this kit hear no requests: {Reason}", e.Message);
        }
        catch (OperationCanceledException)
        {
            // The connection is over, or the agent stops.
        }
    }

    /// <summary>A message was shown to the room.</summary>
    internal void Shown(string id) => Carry(gate => gate.Shown(id));

    private void Take(MqttMessage message)
    {
        if (Topic.TryParse(message.Topic, out var topic) && topic.Channel is Channel.Request && topic.Kit == kit)
            Log(Carry(gate => gate.Hear(new(topic.Leaf!, message.Payload, message.Retained), Now, wallClock())));
        else
            Log("no-request");
    }

    // A subscription can fail a moment before the connection is known to be lost.
    private async Task<bool> IsLost(IMqttConnection connection)
    {
        await Task.WhenAny(connection.Lost, Task.Delay(TimeSpan.FromSeconds(1), Time, CancellationToken.None));
        return connection.Lost.IsCompleted;
    }

    private TimeSpan Now => Time.GetElapsedTime(0);

    private string Carry(Func<RequestGate, GateStep> decide)
    {
        GateStep step;
        lock (gateLock)
        {
            step = decide(gate);
            gate = step.Gate;
        }
        if (step.Reply is { } answer)
            reply(answer);
        if (step.Show is { } message)
            show(message);
        return step.Verdict;
    }

    private void Log(string verdict)
    {
        if (logged.TryGetValue(verdict, out var last) && Now - last < Quiet)
            return;
        logged[verdict] = Now;
        log.LogInformation("A request of the helpdesk: {Verdict}", verdict);
    }
}
