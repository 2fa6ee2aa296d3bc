using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ClassContact.Mqtt.Ways;

/// <summary>Why the certificate that came back is not accepted.</summary>
/// <param name="Trouble">One of <see cref="Ways.Trouble"/>.</param>
/// <param name="Words">The sentence for the helpdesk.</param>
internal sealed record Refusal(string Trouble, string Words);

/// <summary>Judges who is at the other end. Chain and host name always count; the words tell which, and whose fault it is likely to be.</summary>
internal static class Vouching
{
    private const X509ChainStatusFlags OfTime = X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.NotTimeNested | X509ChainStatusFlags.CtlNotTimeValid;
    private const X509ChainStatusFlags OfTrust =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid | X509ChainStatusFlags.ExplicitDistrust;

    /// <summary>Null when the certificate is accepted.</summary>
    /// <param name="shown">What the other end showed.</param>
    /// <param name="chain">As it was built.</param>
    /// <param name="errors">What is wrong, nothing left out.</param>
    /// <param name="ours">The authorities of <c>tls.caFile</c>; null where the system's are trusted.</param>
    /// <param name="now">By this computer's clock.</param>
    internal static Refusal? Judge(X509Certificate2? shown, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection? ours, DateTimeOffset now)
    {
        if (errors is SslPolicyErrors.None)
            return null;
        if (shown is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return new(Trouble.NotAccepted, "the broker showed no certificate");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            return OfChain(shown, chain, isNameRight: !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch), ours, now);
        return new(Trouble.WrongName, "the broker's certificate is made out to another name");
    }

    private static Refusal OfChain(X509Certificate2 shown, X509Chain? chain, bool isNameRight, X509Certificate2Collection? ours, DateTimeOffset now)
    {
        var wrong = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? X509ChainStatusFlags.PartialChain;
        if ((wrong & OfTrust) != 0)
        {
            return isNameRight && IsOpened(shown, ours)
                ? new(Trouble.Inspected, $"this network opens encrypted connections: the certificate shown for the broker has an issuer that is not ours{Named(shown)}")
                : new(Trouble.UnknownAuthority, $"the broker's certificate is not accepted: {(ours is null ? "no authority that this computer trusts" : "no authority of tls.caFile")} issued it");
        }
        if ((wrong & OfTime) != 0 && chain is not null)
            return OfDates(chain, now);
        var why = chain?.ChainStatus.FirstOrDefault().StatusInformation?.Trim();
        return new(Trouble.NotAccepted, $"the broker's certificate is not accepted: {(string.IsNullOrEmpty(why) ? "its chain is not valid" : why)}");
    }

    // Who opens TLS makes a certificate on the spot: the name is right, the issuer's is his own. A broker of ours whose authority was made anew has
    // the old authority's name, and a page that wants a login has its own name or vouches for itself.
    private static bool IsOpened(X509Certificate2 shown, X509Certificate2Collection? ours)
    {
        var issuer = shown.IssuerName.RawData;
        if (shown.SubjectName.RawData.AsSpan().SequenceEqual(issuer))
            return false;
        return Issuer.Of(shown.IssuerName).IsInspection || (ours is not null && !ours.Any(our => our.SubjectName.RawData.AsSpan().SequenceEqual(issuer)));
    }

    private static string Named(X509Certificate2 shown) => Issuer.Of(shown.IssuerName).Organisation is { } name ? $" ('{name}')" : "";

    private static Refusal OfDates(X509Chain chain, DateTimeOffset now)
    {
        var all = chain.ChainElements.Select(element => element.Certificate).ToList();
        var clock = $"and this computer's clock says {Day(now)}";
        return all.Find(one => now > one.NotAfter) is { } old
            ? new(Trouble.Expired, $"the broker's certificate is not accepted: certificate has expired on {Day(old.NotAfter)}, {clock}")
            : new(Trouble.NotYetValid, $"the broker's certificate is not accepted: certificate is not yet valid before {Day(all.Max(one => one.NotBefore))}, {clock}");
    }

    private static string Day(DateTimeOffset day) => day.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
