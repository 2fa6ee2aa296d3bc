using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Enrolment;

/// <summary>How a kit comes to its first certificate: the authority is made sure of, a key is made, the code is shown, the answer is checked and kept.</summary>
/// <param name="settings">Where the service is, and how it is known.</param>
/// <param name="identity">Where key and certificate go.</param>
/// <param name="time">The clock of deadlines.</param>
/// <param name="broker">Whose proxy and login are the service's, too; null for a kit without one.</param>
public sealed class FirstEnrolment(EnrolmentSettings settings, IdentityFolder identity, TimeProvider time, BrokerSettings? broker)
{
    private readonly Uri server = EnrolmentSettings.AddressOf(settings.Server)!;

    /// <summary>Enrols. Whatever fails before the end leaves the kit as it was; the same code works again then.</summary>
    /// <returns>The kit's new certificate, without its key.</returns>
    /// <exception cref="EnrolmentException">The service refused, cannot be reached or is not the right one.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public async Task<X509Certificate2> Run(KitId kit, string code, CancellationToken ct)
    {
        var trusted = await Trusted(ct);
        using var est = new EstClient(server, trusted, null, time, broker);
        var authorities = await est.CaCerts(ct);
        identity.Recover();
        // A renewal's that was never finished. A kit without a pair was interrupted in its first enrolment instead, and the same code wants the same key.
        if (identity.IsThere && identity.IsNextSigned)
            identity.DropNext();
        using var key = identity.TakeNextKey();
        var signed = await est.Enroll(kit, code, key, ct);
        IssuedBy(authorities, signed);
        identity.KeepAuthorities(authorities);
        identity.KeepNext(signed);
        identity.UseNext();
        return signed;
    }

    private async Task<X509Certificate2Collection> Trusted(CancellationToken ct)
    {
        if (settings.CaFile is { } file)
            return ReadTrusted(file);
        if (settings.Fingerprint is not { } text || EnrolmentSettings.BytesOf(text) is not { } wanted)
            throw new EnrolmentException(EnrolmentException.Untrusted, "nothing says how to know the service: give its authority's file or fingerprint");
        // RFC 7030, 4.1.1: what anybody could have sent is believed once its fingerprint is the one that was given by another way.
        using var anyone = new EstClient(server, null, null, time, broker);
        var found = (await anyone.CaCerts(ct)).Where(a => SHA256.HashData(a.RawData).AsSpan().SequenceEqual(wanted)).ToArray();
        return found.Length > 0 ? [.. found]
            : throw new EnrolmentException(EnrolmentException.Untrusted, $"{server.Authority}: its authority has another fingerprint than the one given");
    }

    private static X509Certificate2Collection ReadTrusted(string file)
    {
        try
        {
            return IdentityFolder.ReadAuthorities(file);
        }
        catch (CryptographicException e)
        {
            throw new EnrolmentException(EnrolmentException.Untrusted, $"{file}: holds no certificate of an authority", e);
        }
    }

    // A certificate that the authority's own does not explain would be refused by the broker.
    private void IssuedBy(IReadOnlyList<X509Certificate2> authorities, X509Certificate2 signed)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities.ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid; // this kit's clock may be wrong
        if (!chain.Build(signed))
            throw new EnrolmentException(EnrolmentException.BadAnswer, $"{server.Authority}: gave a certificate that its own authority did not sign");
    }
}
