using System.Globalization;
using ClassContact.Classroom;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Xunit;

namespace ClassContact.Agent.Tests.Link;

/// <summary>A reader with a connection of its own.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly IMqttConnection connection;

    private Desk(IMqttConnection connection) => this.connection = connection;

    internal static async Task<Desk> Open(Broker broker, params Channel[] channels)
    {
        var connection = await MqttLibrary.Open(LinkUnderTest.To(broker), "desk", null, TimeProvider.System, CancellationToken.None);
        foreach (var channel in channels)
            await connection.Subscribe(Topic.OfEveryKit(channel), CancellationToken.None);
        return new(connection);
    }

    /// <summary>Reads one document that the broker has kept, over a connection of its own; waits until there is one.</summary>
    internal static async Task<Document<T>> Kept<T>(Broker broker, Channel channel)
        where T : class
    {
        while (true)
        {
            await using var desk = await Open(broker, channel);
            var (document, retained) = await desk.Next<T>();
            if (retained)
                return document;
        }
    }

    internal async Task<(Document<T> Document, bool Retained)> Next<T>()
        where T : class
    {
        var message = await connection.Received.ReadAsync().AsTask().WaitAsync(WaitFor.Generous);
        var document = Wire.Read<T>(message.Payload.Span);
        Assert.True(document is not null, string.Create(CultureInfo.InvariantCulture, $"{message.Topic} does not hold a {typeof(T).Name}"));
        return (document, message.Retained);
    }

    /// <summary>Reads presences until one is in this state.</summary>
    internal async Task<Document<Presence>> Until(PresenceState state)
    {
        while (true)
        {
            var (document, _) = await Next<Presence>();
            if (document.Body.State == state)
                return document;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
