using ClassContact.Kit.Settings;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Enrolment;

/// <summary>A short connection to the kit's broker beside the one of the link, by the way that the link has found.</summary>
/// <param name="kit">Names the broker.</param>
/// <param name="files">Who the kit is.</param>
/// <param name="time">The clock of deadlines.</param>
internal sealed class BrokerAsKit(KitSettings kit, TlsFiles? files, TimeProvider time)
{
    private readonly BrokerDoor door =
        new(kit.Broker! with { Tls = files }, Environment.GetEnvironmentVariable, (kit.Folders ?? new()).WayToBroker, time) { OnlyLooks = true };

    /// <summary>Connects. A broker that knows a client by its certificate alone puts out the kit's link for it, so no link may be there.</summary>
    /// <param name="purpose">Part of the client's name.</param>
    /// <param name="ct">Gives up at once.</param>
    /// <exception cref="MqttException">The broker refused, or cannot be reached.</exception>
    public Task<IMqttConnection> Open(string purpose, CancellationToken ct) => door.Open($"{kit.Kit}-{purpose}", null, ct);

    /// <summary>Lets the broker judge the certificate, and says nothing: the link goes on.</summary>
    /// <exception cref="MqttException">The broker does not accept it, or cannot be reached.</exception>
    public Task Knock(CancellationToken ct) => door.ByWay(async way =>
    {
        await using var line = await Line.Dial(way, Purpose.Enrolment, time, ct);
        await Line.Knock(line, way, time, ct);
        return way;
    });
}
