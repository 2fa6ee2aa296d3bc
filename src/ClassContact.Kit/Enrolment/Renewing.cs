using System.Security.Cryptography.X509Certificates;
using ClassContact.Kit.Network;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Enrolment;

/// <summary>One renewal: a new key, a certificate for it, the proof that the broker takes it, and only then the change.</summary>
/// <param name="kit">Whose, and where broker and service are.</param>
/// <param name="identity">The present pair, and the one to come.</param>
/// <param name="time">The clock.</param>
internal sealed class Renewing(KitSettings kit, IdentityFolder identity, TimeProvider time)
{
    /// <summary>The new certificate was signed, and the broker does not take it, or cannot be reached to say so.</summary>
    internal const string NotProven = "not-proven";

    /// <summary>Renews. Whatever fails, the present pair stays as it is, and the next try goes on where this one ended.</summary>
    /// <returns>The end of the new certificate.</returns>
    /// <exception cref="EnrolmentException">The service or the broker said no, or could not be reached.</exception>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public async Task<DateTimeOffset> Run(X509Certificate2 current, CancellationToken ct)
    {
        using var next = identity.Next() is { } there && Renewal.Of(Validity.Of(there), time.GetUtcNow()) is not RenewalDue.Expired
            ? there
            : await Fetch(current, ct);
        if (await Prove(ct) is { } why)
            throw new EnrolmentException(NotProven, $"the new certificate is not used, for the broker did not take it: {why}");
        identity.UseNext();
        return next.NotAfter;
    }

    private async Task<X509Certificate2> Fetch(X509Certificate2 current, CancellationToken ct)
    {
        using var key = identity.TakeNextKey();
        using var service = KitService.Open(kit, identity, current, time);
        var signed = await service.Reenroll(KitId.Parse(kit.Kit), key, ct);
        identity.KeepNext(signed);
        return signed;
    }

    // A real connection, under a name of its own so that it puts nobody out. A kit without a broker asks the service.
    private async Task<string?> Prove(CancellationToken ct)
    {
        try
        {
            if (kit.Broker is { Tls: { } tls } broker)
            {
                var files = identity.NextFiles with { CaFile = tls.CaFile ?? identity.NextFiles.CaFile };
                await using var connection = await MqttLibrary.Open(broker with { Tls = files }, $"{kit.Kit}-proof", null, time, ct);
                return null;
            }
            using var next = identity.Next();
            using var service = KitService.Open(kit, identity, next!, time);
            await service.Link(ct);
            return null;
        }
        catch (Exception e) when (e is MqttException or EnrolmentException or ArgumentException)
        {
            return e.Message;
        }
    }
}
