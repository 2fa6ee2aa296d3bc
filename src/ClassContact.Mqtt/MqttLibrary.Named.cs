using ClassContact.Mqtt.MqttNet;

namespace ClassContact.Mqtt;

/// <content>KitMqtt=Named.</content>
public static partial class MqttLibrary
{
    /// <summary>Its name.</summary>
    public const string Name = "MQTTnet";

    /// <inheritdoc/>
    public static partial Task<IMqttConnection> Open(BrokerSettings settings, string clientId, MqttMessage? will, TimeProvider time, CancellationToken ct) =>
        MqttNetConnection.Open(settings, clientId, will, time, ct);
}
