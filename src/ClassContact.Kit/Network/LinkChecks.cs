using System.Collections.Immutable;
using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Network;

/// <summary>The cable or the Wi-Fi, and an address on it.</summary>
internal static class LinkChecks
{
    internal const string Link = "network-link";
    internal const string Address = "network-address";

    /// <summary>What all that goes further depends on. A fixed address outlives a pulled cable, so the link is named, too.</summary>
    internal static readonly ImmutableArray<string> Local = [Link, Address];

    private const string NoLink = "no-link";
    private const string NoAddress = "no-address";
    private const string OnlyLocal = "only-local";
    private const string NotNeeded = "not-needed";

    /// <summary>An interface has a carrier.</summary>
    /// <param name="links">The interfaces.</param>
    /// <param name="isHere">The meeting is on this computer, so that a missing network is no fault.</param>
    internal static Check Linked(Func<IReadOnlyList<NetworkLink>> links, bool isHere) => new(
        Link, Severity.StopsCalls, Thing.Network, [NoLink, NotNeeded],
        _ => Task.FromResult(links().Where(link => link.HasCarrier).Select(link => link.Kind).Distinct().Order().ToList() switch
        {
            [] => isHere ? Finding.Skipped(NotNeeded) : Finding.Fail(NoLink),
            var kinds => Finding.Pass(string.Join(", ", kinds).ToLowerInvariant()),
        }))
    {
        Grace = TimeSpan.FromSeconds(10), // a switch takes some seconds to agree on a speed
        On = Wakes.Network,
    };

    /// <summary>An address that leads further than the cable.</summary>
    internal static Check Addressed(Func<Addresses> addresses, bool isHere) => new(
        Address, Severity.StopsCalls, Thing.Network, [NoAddress, OnlyLocal, NotNeeded],
        _ => Task.FromResult(addresses() switch
        {
            { V4: true, V6: true } => Finding.Pass("IPv4, IPv6"),
            { V4: true } => Finding.Pass("IPv4"),
            { V6: true } => Finding.Pass("IPv6"),
            _ when isHere => Finding.Skipped(NotNeeded),
            { LocalOnly: true } => Finding.Fail(OnlyLocal),
            _ => Finding.Fail(NoAddress),
        }))
    {
        Grace = NetworkChecks.Grace,
        DependsOn = [Link],
        On = Wakes.Network,
    };
}
