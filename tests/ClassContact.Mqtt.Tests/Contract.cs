namespace ClassContact.Mqtt.Tests;

/// <summary>
/// What holds for every library behind <see cref="IMqttConnection"/>. A build holds one of them; the tests of the other are reported as not run.
/// </summary>
public abstract class Contract
{
    protected const string Mosquitto = "libmosquitto";
    protected const string MqttNet = "MQTTnet";

    protected Contract(string library) =>
        Assert.SkipUnless(library == MqttLibrary.Name, $"not run: built with KitLibraries={(MqttLibrary.Name == MqttNet ? "Named" : "System")}");
}
