using ClassContact.Mqtt;

namespace ClassContact.Kit.Network;

/// <summary>What a look at the broker found.</summary>
/// <param name="IsLinked">The kit's own link is up, so nobody needed to look.</param>
/// <param name="Trouble">One of <see cref="Mqtt.Ways.Trouble"/>; null when the broker let us in as far as TLS.</param>
/// <param name="Took">To connect; zero when nobody did.</param>
internal sealed record BrokerSeen(bool IsLinked, string? Trouble, TimeSpan Took);

/// <summary>
/// Looks at the broker by the ways that the link takes, as far as TLS and its word on our certificate, and says nothing: a second client of the
/// kit's name would put out the first. While the link is up it costs nothing.
/// </summary>
/// <param name="broker">Where it is.</param>
/// <param name="door">The ways; it must remember nothing of this, for a diagnosis is somebody else's.</param>
/// <param name="isLinked">Whether the kit's link is up; null where nobody keeps one.</param>
/// <param name="time">Of the waiting.</param>
internal sealed class BrokerVisit(BrokerSettings broker, BrokerDoor door, Func<bool?> isLinked, TimeProvider time)
{
    /// <summary>Three ways, each with a connection, a handshake and the broker's word.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Whether TLS is spoken.</summary>
    internal bool IsEncrypted => broker.Tls is not null;

    /// <summary>The files for it.</summary>
    internal TlsFiles? Files => broker.Tls;

    /// <summary>Whether the kit's link is up; null where nobody keeps one.</summary>
    internal bool? IsLinked => isLinked();

    /// <summary>Looks once.</summary>
    internal async Task<BrokerSeen> Look(CancellationToken ct)
    {
        if (IsLinked is true)
            return new(true, null, TimeSpan.Zero);
        var took = TimeSpan.Zero;
        try
        {
            return await door.ByWay(async way =>
            {
                var begun = time.GetTimestamp();
                await using var line = await Line.Dial(way, Purpose.Checks, time, ct);
                took = time.GetElapsedTime(begun);
                if (way.Tls is not null)
                    await Line.Knock(line, way, time, ct);
                return new BrokerSeen(false, null, took);
            });
        }
        catch (MqttException e)
        {
            return new(false, e.Trouble ?? Trouble.NoAnswer, took);
        }
    }
}
