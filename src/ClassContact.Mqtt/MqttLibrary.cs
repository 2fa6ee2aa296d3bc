namespace ClassContact.Mqtt;

/// <summary>The library behind <see cref="IMqttConnection"/>: the one that this build was made with (<c>src/KitLibraries.props</c>).</summary>
public static partial class MqttLibrary
{
    /// <summary>As many requests of a connection wait for the broker at once. What waits takes memory, and MQTT's packet ids end at 65,535.</summary>
    internal const int MostUnderWay = 4096;

    /// <summary>Connects; completes on CONNACK.</summary>
    /// <param name="settings">Where to, and within what time.</param>
    /// <param name="clientId">The client's name at the broker; another client of this name is put out by it.</param>
    /// <param name="will">What the broker publishes, with QoS 1, when the connection ends without a goodbye; null for nothing.</param>
    /// <param name="time">The clock of all deadlines.</param>
    /// <param name="ct">Gives up at once, whatever the system is doing.</param>
    /// <exception cref="MqttException">Begins with the broker's address and says what failed: look-up, refusal, TLS, CONNACK or time; or names the
    /// Debian package that is missing.</exception>
    /// <exception cref="ArgumentException">The settings have problems; names them all.</exception>
    public static partial Task<IMqttConnection> Open(BrokerSettings settings, string clientId, MqttMessage? will, TimeProvider time, CancellationToken ct);
}
