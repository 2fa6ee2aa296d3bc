using ClassContact.Mqtt.Mosquitto;

namespace ClassContact.Mqtt;

/// <content>KitMqtt=System.</content>
public static partial class MqttLibrary
{
    /// <summary>Its name.</summary>
    public const string Name = "libmosquitto";

    /// <inheritdoc/>
    public static partial Task<IMqttConnection> Open(BrokerSettings settings, string clientId, MqttMessage? will, TimeProvider time, CancellationToken ct) =>
        MosquittoConnection.Open(settings, clientId, will, time, ct);
}
