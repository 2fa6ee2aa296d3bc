using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>How the tests prove that something is forbidden.</summary>
internal static class Probe
{
    internal const string Everything = "classcontact/v1/#";

    internal static string Tree(string kit, string rest) => $"classcontact/v1/{kit}/{rest}";

    internal static async Task<(string Topic, string Text)> NextText(this IMqttConnection connection)
    {
        var message = await connection.Next();
        return (message.Topic, message.Text());
    }

    /// <summary>Reads until this text has come, and never what <see cref="MayNotWrite"/> sent; older retained documents may come first.</summary>
    internal static async Task ReadsNoPoisonUntil(this IMqttConnection connection, string text)
    {
        while (await connection.NextText() is var (_, came) && came != text)
            Assert.NotEqual("poison", came);
    }

    /// <summary>The broker answers a publish with MQTT 5's reason 0x87.</summary>
    internal static async Task MayNotWrite(this IMqttConnection connection, string topic, bool retained = false)
    {
        var refusal = await Fails(connection.Publish(Text(topic, "poison", retained)));
        Assert.Contains("not authorized", refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Nothing has come, and nothing is on its way: the broker answers in order, and what it had for us came before this answer.</summary>
    internal static async Task HasReadNothing(this IMqttConnection connection)
    {
        await connection.Subscribe("barrier");
        Assert.False(connection.Received.TryRead(out var message), message?.Topic);
    }
}
