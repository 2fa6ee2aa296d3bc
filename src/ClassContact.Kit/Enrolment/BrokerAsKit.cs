using ClassContact.Kit.Settings;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Enrolment;

/// <summary>A short connection to the kit's broker beside the one of the link.</summary>
internal static class BrokerAsKit
{
    /// <summary>Connects, by the way that the link has found.</summary>
    /// <param name="kit">Names the broker.</param>
    /// <param name="files">Who the kit is.</param>
    /// <param name="purpose">Part of the client's name, which is its own: the link, known by the kit's name alone, is not put out.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="ct">Gives up at once.</param>
    /// <exception cref="MqttException">The broker refused, or cannot be reached.</exception>
    public static Task<IMqttConnection> Open(KitSettings kit, TlsFiles? files, string purpose, TimeProvider time, CancellationToken ct) =>
        new BrokerDoor(kit.Broker! with { Tls = files }, Environment.GetEnvironmentVariable, (kit.Folders ?? new()).WayToBroker, time) { OnlyLooks = true }
            .Open($"{kit.Kit}-{purpose}", null, ct);
}
