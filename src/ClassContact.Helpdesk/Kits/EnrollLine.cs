using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Helpdesk.Settings;

namespace ClassContact.Helpdesk.Kits;

/// <summary>What somebody types at a kit to enrol it here: where the service is, and how the kit knows it.</summary>
internal static class EnrollLine
{
    /// <summary>The whole line.</summary>
    /// <exception cref="InvalidDataException">A certificate of the settings cannot be read; names it.</exception>
    public static string Of(HelpdeskSettings settings)
    {
        using var authority = Read(settings.CaFile);
        return $"classcontact enroll --server {settings.Address ?? AddressOf(settings)} --fingerprint {authority.GetCertHashString(HashAlgorithmName.SHA256)}";
    }

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
