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
    /// <summary>A certificate that the broker has not taken for so long may be one that it never will; so another is signed.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromDays(7);

    /// <summary>Renews. Whatever fails, the present pair stays as it is, and the next try goes on where this one ended.</summary>
    /// <returns>The end of the new certificate.</returns>
    /// <exception cref="EnrolmentException">The service or the broker said no, or could not be reached.</exception>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public async Task<DateTimeOffset> Run(X509Certificate2 current, CancellationToken ct)
    {
        using var next = await Next(current, ct);
        if (await Prove(ct) is { } why)
            throw new EnrolmentException(EnrolmentException.NotProven, $"the new certificate is not used, for the broker did not take it: {why}");
        identity.UseNext();
        return next.NotAfter;
    }

    // What was signed at an earlier try is not signed again, so that a broker which is away for a night does not cost a certificate an hour.
    private async Task<X509Certificate2> Next(X509Certificate2 current, CancellationToken ct)
    {
        var there = identity.Next();
        if (there is not null && time.GetUtcNow() - new DateTimeOffset(there.NotBefore) < Stale)
            return there;
        try
        {
            var signed = await Fetch(current, ct);
            there?.Dispose();
            return signed;
        }
        catch (EnrolmentException) when (there is not null && Renewal.Of(Validity.Of(there), time.GetUtcNow()) is not RenewalDue.Expired)
        {
            return there;
        }
    }

    private async Task<X509Certificate2> Fetch(X509Certificate2 current, CancellationToken ct)
    {
        using var key = identity.TakeNextKey();
        using var service = KitService.Open(kit, identity, current, time);
        var signed = await service.Reenroll(KitId.Parse(kit.Kit), key, ct);
        identity.KeepNext(signed);
        return signed;
    }

    // The broker's own word on the certificate, without a client that would put out the link. A kit without a broker asks the service.
    private async Task<string?> Prove(CancellationToken ct)
    {
        try
        {
            if (kit.Broker is { Tls: { } tls })
            {
                var files = identity.NextFiles with { CaFile = tls.CaFile ?? identity.NextFiles.CaFile };
                await new BrokerAsKit(kit, files, time).Knock(ct);
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
