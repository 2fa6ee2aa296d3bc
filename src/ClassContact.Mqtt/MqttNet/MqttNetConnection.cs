using System.Buffers;
using System.Text;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace ClassContact.Mqtt.MqttNet;

/// <summary>
/// MQTT 5 over MQTTnet: clean start, TLS 1.2 or newer, chain and host name always checked. MQTTnet watches neither acknowledgements nor, reliably,
/// a broker that has stopped, sends more at once than the broker allows, and mixes up the stream when a write is cancelled; so deadlines, the
/// broker's receive maximum and the order of sending are ours, and its calls are cancelled only when the connection is over.
/// </summary>
internal sealed class MqttNetConnection : IMqttConnection
{
    /// <summary>How often we look whether something is overdue.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>MQTTnet keeps what comes without limit until we take it; the broker holds back the rest.</summary>
    private const int MostUnacknowledged = 100;

    /// <summary>MQTT 5: what a broker takes at once when it does not say.</summary>
    private const int UsualReceiveMaximum = 65535;

    private readonly BrokerSettings settings;
    private readonly TimeProvider time;
    private readonly IMqttClient client = new MqttClientFactory().CreateMqttClient();
    private readonly BrokerLine line;
    private readonly Inbox inbox;
    private readonly Unanswered unanswered;
    private readonly Channel<Request> requests = Channel.CreateUnbounded<Request>(new() { SingleReader = true }); // Unanswered counts them
    private readonly TaskCompletionSource<string> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource over = new();
    private readonly Lazy<Task> freeing;
    private uint largest = uint.MaxValue;

    private MqttNetConnection(BrokerSettings settings, TimeProvider time)
    {
        (this.settings, this.time, line, inbox, unanswered) = (settings, time, new(settings, time), new(time), new(time));
        freeing = new(Free);
        client.ApplicationMessageReceivedAsync += Arrived;
        client.DisconnectedAsync += Disconnected;
    }

    /// <inheritdoc/>
    public ChannelReader<MqttMessage> Received => inbox.Reader;

    /// <inheritdoc/>
    public Task<string> Lost => lost.Task;

    /// <inheritdoc cref="MqttLibrary.Open"/>
    internal static async Task<IMqttConnection> Open(BrokerSettings settings, string clientId, MqttMessage? will, TimeProvider time, CancellationToken ct)
    {
        settings.ThrowOnProblems();
        ct.ThrowIfCancellationRequested();
        var connection = new MqttNetConnection(settings, time);
        var connecting = connection.Connect(clientId, will);
        try
        {
            await connecting.WaitAsync(TimeSpan.FromSeconds(settings.AnswerSeconds), time, ct);
            return connection;
        }
        catch (Exception e)
        {
            _ = connection.Abandon(connecting);
            ct.ThrowIfCancellationRequested();
            throw new MqttException($"{settings.Goal}: {connection.WhyNotOpen(e)}", e) { Trouble = connection.WayTrouble(e) };
        }
    }

    /// <inheritdoc/>
    public Task Publish(MqttMessage message, CancellationToken ct)
    {
        var packet = new MqttApplicationMessage
        {
            Topic = message.Topic,
            Payload = new(message.Payload),
            Retain = message.Retained,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        return Ask(message.Topic, Check, async () => Refused((await client.PublishAsync(packet, over.Token)).ReasonCode), ct);

        void Check()
        {
            MqttTopicValidator.ThrowIfInvalid(packet);
            const int Around = 16; // header, lengths, packet id, no properties
            if (Encoding.UTF8.GetByteCount(message.Topic) + message.Payload.Length + Around > largest)
                throw new MqttProtocolViolationException("Packet too large");
        }
    }

    /// <inheritdoc/>
    public Task Subscribe(string filter, CancellationToken ct)
    {
        var options = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce).Build();
        return Ask(
            filter, () => MqttTopicValidator.ThrowIfInvalidSubscribe(filter), async () => Refused((await client.SubscribeAsync(options, over.Token)).Items.First().ResultCode), ct);
    }

    /// <summary>
    /// Waits up to 2 s for answers that are due, then says goodbye, so that the will is not sent, waits up to 2 s until the broker has heard it,
    /// and frees everything. With a broker that works both take milliseconds.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        inbox.Close();
        if (requests.Writer.TryComplete())
        {
            using var limit = new CancellationTokenSource(BrokerLine.Goodbye, time);
            await ((Task)Task.WhenAny(unanswered.None(), lost.Task)).WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (lost.TrySetResult("it was closed"))
                await SayGoodbye();
        }
        await freeing.Value;
    }

    private static string? Refused<T>(T code)
        where T : struct, Enum => Convert.ToInt32(code, null) < MqttNetWords.FirstRefusal ? null : $"the broker refused: {MqttNetWords.Refusal(code)}";

    private async Task Connect(string clientId, MqttMessage? will)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(clientId).WithCleanStart().WithReceiveMaximum(MostUnacknowledged)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(settings.KeepAliveSeconds)).WithTcpServer(settings.Host, settings.Port).WithStreamProvider(line);
        if (will is not null)
        {
            builder.WithWillTopic(will.Topic).WithWillPayload(will.Payload.ToArray()).WithWillRetain(will.Retained)
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }
        var answer = await client.ConnectAsync(builder.Build(), over.Token);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttException($"refused: {MqttNetWords.Refusal(answer.ResultCode)}");
        largest = answer.MaximumPacketSize is > 0 and { } size ? size : uint.MaxValue; // 0: it did not say
        unanswered.Heard();
        _ = Send(answer.ReceiveMaximum is > 0 and { } most ? most : UsualReceiveMaximum);
        _ = Watch();
    }

    private string WhyNotOpen(Exception e) =>
        e is TimeoutException ? $"{line.Stage} within {settings.AnswerSeconds} s" : MqttNetWords.Why(e, settings.Tls);

    // The line says of which kind its trouble is; what the broker itself says is none of the way. A broker of TLS 1.3 judges our certificate only after
    // the handshake, while MQTTnet waits for its CONNACK.
    private string? WayTrouble(Exception broken)
    {
        for (var e = broken; e is not null; e = e.InnerException)
        {
            if (e is MqttException of)
                return of.Trouble;
        }
        return settings.Tls is { } files && Ways.Line.Why(broken, files).Trouble is Ways.Trouble.Unwelcome ? Ways.Trouble.Unwelcome : Ways.Trouble.NoAnswer;
    }

    /// <summary>Nobody wants this opening any more, whatever becomes of it.</summary>
    private async Task Abandon(Task connecting)
    {
        lost.TrySetResult("it was closed");
        await line.TakeBackConnect();
        await freeing.Value;
        await connecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Ask(string topic, Action check, Func<Task<string?>> send, CancellationToken ct)
    {
        try
        {
            check();
        }
        catch (MqttProtocolViolationException e)
        {
            throw new MqttException($"{topic}: {e.Message}", e);
        }
        var request = new Request(send, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!unanswered.Add())
            throw new MqttException($"{topic}: {MqttLibrary.MostUnderWay} messages wait for the broker already");
        if (!requests.Writer.TryWrite(request))
            Finish(request, lost.Task.IsCompleted ? await WhyLost() : "the connection was closed", wasSent: false);
        if (await request.Trouble.Task.WaitAsync(ct) is { } trouble)
            throw new MqttException($"{topic}: {trouble}");
    }

    /// <summary>Hands requests to MQTTnet one by one, so that they go out in their order, and no more at once than the broker takes.</summary>
    private async Task Send(int receiveMaximum)
    {
        using var room = new SemaphoreSlim(receiveMaximum);
        await foreach (var request in requests.Reader.ReadAllAsync())
        {
            await room.WaitAsync(over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (lost.Task.IsCompleted && over.IsCancellationRequested)
                Finish(request, await WhyLost(), wasSent: false);
            else
                _ = Carry(request, room);
        }
        await unanswered.None();
    }

    private async Task Carry(Request request, SemaphoreSlim room)
    {
        string? trouble;
        unanswered.Sent();
        try
        {
            trouble = await request.Send();
            unanswered.Heard();
        }
        catch (Exception e)
        {
            // MQTTnet tells its requests before it tells us; its own reason is the better one.
            await ((Task)lost.Task).WaitAsync(Beat, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            End(MqttNetWords.Why(e, settings.Tls));
            trouble = await WhyLost();
        }
        room.Release();
        Finish(request, trouble, wasSent: true);
    }

    private void Finish(Request request, string? trouble, bool wasSent)
    {
        unanswered.Done(wasSent);
        request.Trouble.TrySetResult(trouble);
    }

    private async Task<string> WhyLost() => $"the connection is lost: {await lost.Task}";

    private async Task Watch()
    {
        var quiet = (TimeSpan.FromSeconds(settings.KeepAliveSeconds) * (0.9 + (0.1 * Random.Shared.NextDouble()))) - Beat; // before MQTTnet's own ping, which it does not wait for reliably
        var limit = settings.Answer;
        while (!lost.Task.IsCompleted)
        {
            await Task.Delay(Beat, time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (unanswered.Owed >= limit)
                End($"no acknowledgement for {limit.TotalSeconds} s");
            else if (unanswered.Owed == TimeSpan.Zero && unanswered.Silence >= quiet && !lost.Task.IsCompleted)
                await Ping(limit);
        }
    }

    private async Task Ping(TimeSpan limit)
    {
        try
        {
            await client.PingAsync(over.Token).WaitAsync(limit, time);
            unanswered.Heard();
        }
        catch (Exception e)
        {
            End(e is TimeoutException ? MqttNetWords.NoPing : MqttNetWords.Why(e, settings.Tls));
        }
    }

    private async Task Arrived(MqttApplicationMessageReceivedEventArgs arrived)
    {
        var message = arrived.ApplicationMessage;
        if (await inbox.Put(new(message.Topic, message.Payload.ToArray(), message.Retain)))
            return;
        arrived.AutoAcknowledge = false;
        End("nobody read the messages that had come");
    }

    private Task Disconnected(MqttClientDisconnectedEventArgs told)
    {
        End(told.Reason >= MqttClientDisconnectReason.UnspecifiedError ? $"the broker ended it: {MqttNetWords.Refusal(told.Reason)}"
            : told.Exception is null ? Ways.Line.Closed
            : MqttNetWords.Why(told.Exception, settings.Tls));
        return Task.CompletedTask;
    }

    private void End(string reason)
    {
        if (lost.TrySetResult(reason))
            _ = freeing.Value;
    }

    private async Task SayGoodbye()
    {
        using var limit = new CancellationTokenSource(BrokerLine.Goodbye, time);
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token)
            .WaitAsync(BrokerLine.Goodbye * 2, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends everything; completes when the socket is closed.</summary>
    private async Task Free()
    {
        requests.Writer.TryComplete();
        inbox.Close();
        await over.CancelAsync();
        client.Dispose();
        line.Dispose();
        await line.Parted;
    }

    private sealed record Request(Func<Task<string?>> Send, TaskCompletionSource<string?> Trouble);
}
