using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Agent.Watch;

/// <summary>What <c>watch</c> was asked for.</summary>
/// <param name="Broker">Where the kits are.</param>
/// <param name="Kits">Which ones; all when empty.</param>
/// <param name="Once">Print what the broker has kept, and end.</param>
/// <param name="Limit">With <paramref name="Once"/> how long nothing kept may come before all has come; otherwise when to end.</param>
/// <param name="Json">For programs.</param>
internal sealed record WatchOptions(BrokerSettings Broker, IReadOnlyList<KitId> Kits, bool Once, TimeSpan? Limit, bool Json);
