using ClassContact.Mqtt.Mosquitto;

namespace ClassContact.Mqtt.Tests.Mosquitto;

public sealed class MosquittoHandleTests
{
    [Fact]
    public void A_missing_library_is_named_with_its_package() =>
        Assert.Equal(
            "libmosquitto.so.99 is missing: install the Debian package libmosquitto1",
            Assert.Throws<MqttException>(() => MosquittoHandle.Load("libmosquitto.so.99")).Message);
}
