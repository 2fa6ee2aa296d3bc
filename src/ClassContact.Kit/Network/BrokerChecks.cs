using System.Collections.Immutable;
using ClassContact.Kit.Health;
using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Network;

/// <summary>The helpdesk's way: whether it leads to the broker, whether that is the broker, whether the kit can still show who it is, and whether it is
/// heard. As long as it is, none of this costs anything.</summary>
internal static class BrokerChecks
{
    internal const string Door = "broker-reachable";
    internal const string Tls = "broker-tls";
    internal const string Certificate = "kit-certificate";
    internal const string Link = "broker-link";
    private const string NoBroker = "no-broker";
    private const string NoFiles = "no-files";
    private const string NotReached = "not-reached";
    private const string NotEncrypted = "not-encrypted";
    private const string NotHeard = "not-heard";
    private const string NotAsked = "not-asked";

    // The link itself tries far more often; and a broker that comes back to a thousand kits must not meet all their questions, too.
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(2);

    // Longer than two of the longest waits between the link's own tries.
    private static readonly TimeSpan LongSilence = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan SlowDoor = TimeSpan.FromSeconds(2);
    private static readonly ImmutableArray<string> OfDoor =
        [Trouble.UnknownName, Trouble.Refused, Trouble.NoRoute, Trouble.NoAnswer, Trouble.ProxyLogin, Trouble.ProxyRefuses];
    private static readonly ImmutableArray<string> OfTls =
        [Trouble.Inspected, Trouble.UnknownAuthority, Trouble.WrongName, Trouble.Expired, Trouble.NotYetValid, Trouble.NotAccepted, Trouble.NotTls, Trouble.Unwelcome, Trouble.Files];

    /// <summary>All four.</summary>
    /// <param name="visit">Looks at the broker; null for a kit without one.</param>
    /// <param name="time">Of the dates.</param>
    internal static IReadOnlyList<Check> Of(BrokerVisit? visit, TimeProvider time)
    {
        var shared = visit is null ? null : new Shared<BrokerSeen>(visit.Look, time);
        return
        [
            new(Door, Severity.Informs, Thing.Network, [.. OfDoor, NetworkChecks.Slow, NoBroker],
                async ct => shared is null ? Finding.Skipped(NoBroker) : Opens(await shared.Look(ct)))
            {
                Grace = NetworkChecks.Grace, DependsOn = [.. LinkChecks.Local, AccessChecks.Portal], Every = Often, On = Wakes.Network, Deadline = BrokerVisit.Longest,
                Alarms = [MeetingChecks.Name, MeetingChecks.Door], // the school's way out may be gone behind a cable that is in; they look twice an hour
            },

            new(Tls, Severity.Informs, Thing.Network, [.. OfTls, NotReached, NotEncrypted, NoBroker],
                async ct => shared is null ? Finding.Skipped(NoBroker)
                    : !visit!.IsEncrypted ? Finding.Skipped(NotEncrypted)
                    : OfVisit(await shared.Look(ct)))
            { Grace = NetworkChecks.Grace, DependsOn = [Door, MeetingChecks.Clock], Every = Often, On = Wakes.Network, Deadline = BrokerVisit.Longest },

            new(Certificate, Severity.Informs, Thing.Kit,
                [KitCertificate.Unreadable, KitCertificate.KeyMismatch, Dates.Expired, Dates.NotYetValid, Dates.ExpiresSoon, NoBroker, NoFiles],
                _ => Task.FromResult(visit?.Files switch
                {
                    _ when visit is null => Finding.Skipped(NoBroker),
                    null or { CaFile: null, CertificateFile: null } => Finding.Skipped(NoFiles),
                    { } files => OfFiles(files, time.GetUtcNow()),
                }))
            { DependsOn = [MeetingChecks.Clock], Every = TimeSpan.FromHours(6) },

            // A broker that refuses us, acknowledges nothing, closes at every publish or speaks no MQTT: which of it stands in the log.
            new(Link, Severity.Informs, Thing.Network, [NotHeard, NotAsked, NoBroker],
                _ => Task.FromResult(visit is null ? Finding.Skipped(NoBroker) : visit.IsLinked switch
                {
                    true => Finding.Pass(),
                    false => Finding.Fail(NotHeard),
                    null => Finding.Skipped(NotAsked),
                }))
            { Grace = LongSilence, DependsOn = [Door, Tls, Certificate], Every = Often, On = Wakes.Heard },
        ];
    }

    private static Finding Opens(BrokerSeen seen) =>
        seen.IsLinked ? Finding.Pass()
        : seen.Trouble is { } trouble && OfDoor.Contains(trouble) ? Finding.Fail(trouble)
        : NetworkChecks.PassIfFast("broker", seen.Took, SlowDoor);

    private static Finding OfVisit(BrokerSeen seen) =>
        seen.IsLinked || seen.Trouble is null ? Finding.Pass()
        : OfTls.Contains(seen.Trouble) ? Finding.Fail(seen.Trouble)
        : Finding.Skipped(NotReached);

    // A month: somebody has to sign a new one and bring it to the kit.
    private static Finding OfFiles(TlsFiles files, DateTimeOffset now) => KitCertificate.Look(files) switch
    {
        { Valid: { } valid } => Dates.Judge(valid, now, TimeSpan.FromDays(30), "classcontact.kit.certificate.remaining"),
        { Trouble: var trouble } => Finding.Fail(trouble!),
    };
}
