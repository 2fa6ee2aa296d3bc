using System.Diagnostics;
using System.Text;
using ClassContact.Classroom;

namespace ClassContact.Mqtt.Tests;

/// <summary>Ways to a test's broker.</summary>
internal static class Clients
{
    /// <summary>A test that waits longer has failed. Generous: the machine may be busy with other tests.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    internal static BrokerSettings Settings(this Broker broker, int answerSeconds = 10) => new("127.0.0.1", broker.Port, AnswerSeconds: answerSeconds);

    internal static Task<IMqttConnection> Open(this BrokerSettings settings, string clientId, MqttMessage? will = null, CancellationToken ct = default) =>
        MqttLibrary.Open(settings, clientId, will, TimeProvider.System, ct);

    internal static Task<IMqttConnection> Open(this Broker broker, string clientId, MqttMessage? will = null, int answerSeconds = 10) =>
        broker.Settings(answerSeconds).Open(clientId, will);

    internal static MqttMessage Text(string topic, string text, bool retained = false) => new(topic, Encoding.UTF8.GetBytes(text), retained);

    internal static string Text(this MqttMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    internal static Task Publish(this IMqttConnection connection, MqttMessage message) => connection.Publish(message, CancellationToken.None);

    internal static Task Subscribe(this IMqttConnection connection, string filter) => connection.Subscribe(filter, CancellationToken.None);

    internal static Task<MqttMessage> Next(this IMqttConnection connection) => connection.Received.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>What <c>mosquitto_sub</c> reads: "retained payload", and an empty text when nothing came for 2 s.</summary>
    internal static async Task<string> ReadElsewhere(this Broker broker, string topic)
    {
        var port = broker.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var reader = Process.Start(new ProcessStartInfo(
            "mosquitto_sub", ["-h", "127.0.0.1", "-p", port, "-V", "mqttv5", "-q", "1", "-t", topic, "-C", "1", "-W", "2", "-F", "%r %p"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = await reader.StandardOutput.ReadToEndAsync();
        await reader.WaitForExitAsync();
        return text.Trim();
    }

    internal static async Task<MqttException> Fails(Task task) => await Assert.ThrowsAsync<MqttException>(() => task.WaitAsync(Patience));
}
