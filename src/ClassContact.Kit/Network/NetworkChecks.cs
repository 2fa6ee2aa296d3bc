using ClassContact.Kit.Health;
using ClassContact.Kit.Settings;
using ClassContact.Messages;

namespace ClassContact.Kit.Network;

/// <summary>
/// Everything that lies between the kit and a class, causes before what they cause. A round over all of it costs some 8 kB and is rare: what a
/// plug, an address or a Wi-Fi changes wakes the checks, and by the schedule alone they take a third of the megabyte that a kit may use in a day.
/// </summary>
internal static class NetworkChecks
{
    /// <summary>So long DHCP and a Wi-Fi may take after a plug or a boot.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>All of the network's checks.</summary>
    internal static IReadOnlyList<Check> Of(Setup setup, Func<IReadOnlyList<NetworkLink>> links, Func<bool?> isLinked, TimeProvider time) =>
        Of(setup, links, Proxies.Of(Environment.GetEnvironmentVariable), new(), time, isLinked);

    /// <inheritdoc cref="Of(Setup, Func{IReadOnlyList{NetworkLink}}, Func{Nullable{bool}}, TimeProvider)"/>
    internal static IReadOnlyList<Check> Of(
        Setup setup, Func<IReadOnlyList<NetworkLink>> links, Proxies proxies, Authorities authorities, TimeProvider time, Func<bool?>? isLinked = null)
    {
        var network = setup.Kit.Network ?? new();
        var place = Place.Of(setup.Link.Origin);
        var caller = new MeetingCaller(place, proxies.To(place), authorities, time);
        var probe = network is { Probe: { } address, ProbeText: { } text } ? new Probe(new(address), text, proxies.To(Place.Of(address)), time) : null;
        return
        [
            LinkChecks.Linked(links, place.IsHere), LinkChecks.Addressed(Addresses.Now, place.IsHere),
            .. AccessChecks.Of(probe, caller),
            .. MeetingChecks.Of(caller),
            UdpCheck.Of(network.StunServer, UdpTrial.FirstWait, time),
            .. BrokerChecks.Of(Visit(setup, isLinked ?? (() => null), time), time),
        ];
    }

    private static BrokerVisit? Visit(Setup setup, Func<bool?> isLinked, TimeProvider time) => setup.Kit.Broker is not { } broker ? null
        : new(broker, new(broker, Environment.GetEnvironmentVariable, setup.Folders.WayToBroker, time) { OnlyLooks = true }, isLinked, time);

    /// <summary>A time in ms.</summary>
    internal static Measure Milliseconds(string what, TimeSpan took, TimeSpan? limit = null) =>
        new($"classcontact.network.{what}.duration", Math.Round(took.TotalMilliseconds, 1), "ms", limit?.TotalMilliseconds);

    /// <summary>A pass, or a warning when it took longer than it may.</summary>
    internal static Finding PassIfFast(string what, TimeSpan took, TimeSpan limit) =>
        took <= limit ? Finding.Pass(Milliseconds(what, took, limit)) : Finding.Warn(Slow, null, Milliseconds(what, took, limit));

    /// <summary>Reason: it works, and takes too long.</summary>
    internal const string Slow = "slow";
}
