using ClassContact.Kit.Health;
using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Network;

/// <summary>The helpdesk's way: whether the broker's door is open, and whether the kit can still show who it is.</summary>
internal static class BrokerChecks
{
    internal const string Door = "broker-reachable";
    internal const string Certificate = "kit-certificate";
    private const string NoBroker = "no-broker";
    private const string NoFiles = "no-files";

    private static readonly TimeSpan SlowDoor = TimeSpan.FromSeconds(2);

    internal static IReadOnlyList<Check> Of(BrokerSettings? broker, TimeProvider time) =>
    [
        new(Door, Severity.Informs, Thing.Network,
            [Trouble.UnknownName, Trouble.Refused, Trouble.NoRoute, Trouble.NoAnswer, NetworkChecks.Slow, NoBroker],
            async ct => broker is null ? Finding.Skipped(NoBroker) : await Opens(new(broker.Host.Trim('[', ']'), broker.Port, broker.Tls is not null), time, ct))
        // The link itself says at once when it is gone; this tells the way from the broker. 1 kB.
        { Grace = NetworkChecks.Grace, DependsOn = [.. LinkChecks.Local, AccessChecks.Portal], Every = TimeSpan.FromHours(1), On = Wakes.Network },

        new(Certificate, Severity.Informs, Thing.Kit,
            [KitCertificate.Unreadable, KitCertificate.KeyMismatch, Dates.Expired, Dates.NotYetValid, Dates.ExpiresSoon, NoBroker, NoFiles],
            _ => Task.FromResult(broker switch
            {
                null => Finding.Skipped(NoBroker),
                { Tls: null or { CaFile: null, CertificateFile: null } } => Finding.Skipped(NoFiles),
                { Tls: { } files } => OfFiles(files, time.GetUtcNow()),
            }))
        { DependsOn = [MeetingChecks.Clock], Every = TimeSpan.FromHours(6) },
    ];

    private static async Task<Finding> Opens(Place broker, TimeProvider time, CancellationToken ct)
    {
        var dialled = await Dial.To(broker, time, ct);
        if (dialled.Stream is null)
            return Finding.Fail(dialled.Trouble!, null, NetworkChecks.Milliseconds("broker", dialled.Took));
        await dialled.Stream.DisposeAsync();
        return NetworkChecks.PassIfFast("broker", dialled.Took, SlowDoor);
    }

    // A month: somebody has to sign a new one and bring it to the kit.
    private static Finding OfFiles(TlsFiles files, DateTimeOffset now) => KitCertificate.Look(files) switch
    {
        { Valid: { } valid } => Dates.Judge(valid, now, TimeSpan.FromDays(30), "classcontact.kit.certificate.remaining"),
        { Trouble: var trouble } => Finding.Fail(trouble!),
    };
}
