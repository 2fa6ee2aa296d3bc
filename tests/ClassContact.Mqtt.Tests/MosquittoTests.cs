namespace ClassContact.Mqtt.Tests;

public sealed class MosquittoConnectionTests() : ConnectionContract(Mosquitto);

public sealed class MosquittoTroubleTests() : TroubleContract(Mosquitto);

public sealed class MosquittoTlsTests() : TlsContract(Mosquitto);

[Collection(nameof(Alone))]
public sealed class MosquittoLeakTests() : LeakContract(Mosquitto);
