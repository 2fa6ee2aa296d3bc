namespace ClassContact.Mqtt.Tests;

public sealed class MqttNetConnectionTests() : ConnectionContract(MqttNet);

public sealed class MqttNetTroubleTests() : TroubleContract(MqttNet);

public sealed class MqttNetTlsTests() : TlsContract(MqttNet);

[Collection(nameof(Alone))]
public sealed class MqttNetLeakTests() : LeakContract(MqttNet);
