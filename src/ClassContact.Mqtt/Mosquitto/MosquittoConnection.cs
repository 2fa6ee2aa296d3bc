using System.Threading.Channels;
using ClassContact.Mqtt.Ways;

namespace ClassContact.Mqtt.Mosquitto;

/// <summary>
/// MQTT 5 over Debian's libmosquitto (2.0.11), clean start. The line and TLS are not the library's: it speaks to a <see cref="Relay"/>, which has made
/// sure of the broker before.
/// </summary>
internal sealed class MosquittoConnection : IMqttConnection
{
    private readonly MosquittoWorker worker;

    private MosquittoConnection(MosquittoWorker worker) => this.worker = worker;

    /// <inheritdoc/>
    public ChannelReader<MqttMessage> Received => worker.Received;

    /// <inheritdoc/>
    public Task<string> Lost => worker.Lost;

    /// <inheritdoc cref="MqttLibrary.Open"/>
    internal static async Task<IMqttConnection> Open(BrokerSettings settings, string clientId, MqttMessage? will, TimeProvider time, CancellationToken ct)
    {
        settings.ThrowOnProblems();
        ct.ThrowIfCancellationRequested();
        var worker = new MosquittoWorker(settings, clientId, will, await Reach(settings, time, ct), time);
        worker.Start();
        try
        {
            var trouble = await worker.Opened.WaitAsync(TimeSpan.FromSeconds(settings.AnswerSeconds), time, ct);
            return trouble is null ? new MosquittoConnection(worker) : throw new MqttException($"{settings.Goal}: {trouble}") { Trouble = worker.WayTrouble };
        }
        catch (TimeoutException)
        {
            _ = worker.DisposeAsync().AsTask();
            throw new MqttException($"{settings.Goal}: connected, but no MQTT broker answered within {settings.AnswerSeconds} s") { Trouble = Trouble.NoAnswer };
        }
        catch (OperationCanceledException)
        {
            _ = worker.DisposeAsync().AsTask();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task Publish(MqttMessage message, CancellationToken ct) =>
        Judge(message.Topic, await worker.Ask((MosquittoHandle handle, out int id) => handle.Publish(message, out id)).WaitAsync(ct));

    /// <inheritdoc/>
    public async Task Subscribe(string filter, CancellationToken ct) =>
        Judge(filter, await worker.Ask((MosquittoHandle handle, out int id) => handle.Subscribe(filter, out id)).WaitAsync(ct));

    /// <summary>
    /// Waits up to 2 s for answers that are due, then says goodbye, so that the will is not sent, waits up to 2 s until the broker has heard it,
    /// and frees everything. With a broker that works both take milliseconds.
    /// </summary>
    public ValueTask DisposeAsync() => worker.DisposeAsync();

    private static async Task<Relay> Reach(BrokerSettings settings, TimeProvider time, CancellationToken ct)
    {
        try
        {
            return await Relay.Open(settings, time, ct);
        }
        catch (MqttException e)
        {
            throw new MqttException($"{settings.Goal}: {e.Message}", e) { Trouble = e.Trouble };
        }
    }

    private static void Judge(string topic, Answer answer)
    {
        if (answer.Trouble is not null)
            throw new MqttException($"{topic}: {answer.Trouble}");
        if (answer.Code >= MosquittoWords.FirstRefusal)
            throw new MqttException($"{topic}: the broker refused: {MosquittoWords.Refusal(answer.Code)}");
    }
}
