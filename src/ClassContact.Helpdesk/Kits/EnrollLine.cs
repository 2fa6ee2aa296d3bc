using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Helpdesk.Settings;

namespace ClassContact.Helpdesk.Kits;

/// <summary>What somebody types at a kit to enrol it here: where the service is, and how the kit knows it.</summary>
/// <param name="Server">The service's address.</param>
/// <param name="Fingerprint">SHA-256 of its authority's certificate.</param>
internal sealed record EnrollLine(string Server, string Fingerprint)
{
    /// <summary>Of this service.</summary>
    /// <exception cref="InvalidDataException">A certificate of the settings cannot be read; names it.</exception>
    public static EnrollLine Of(HelpdeskSettings settings)
    {
        using var authority = Read(settings.CaFile);
        return new(settings.Address ?? AddressOf(settings), authority.GetCertHashString(HashAlgorithmName.SHA256));
    }

    /// <summary>The whole line.</summary>
    public override string ToString() => $"classcontact enroll --server {Server} --fingerprint {Fingerprint}";

    private static string AddressOf(HelpdeskSettings settings)
    {
        using var own = Read(settings.CertificateFile);
        var name = own.GetNameInfo(X509NameType.DnsName, forIssuer: false);
        return new UriBuilder(Uri.UriSchemeHttps, name, settings.EndPoint.Port).Uri.GetLeftPart(UriPartial.Authority);
    }

    private static X509Certificate2 Read(string file)
    {
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(file));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file}: is no certificate in PEM ({e.Message})", e);
        }
    }
}
