using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Kit.Settings;

namespace ClassContact.Kit.Enrolment;

/// <summary>The signing service as an enrolled kit talks to it: known by the settings' authority, or by the one that came with the certificate.</summary>
internal static class KitService
{
    /// <summary>A connection with the kit's certificate.</summary>
    /// <exception cref="EnrolmentException">The settings name no service, or a file of them cannot be used.</exception>
    public static EstClient Open(KitSettings kit, IdentityFolder identity, X509Certificate2 own, TimeProvider time)
    {
        if (kit.Enrolment is not { } settings || EnrolmentSettings.AddressOf(settings.Server) is not { } server)
            throw new EnrolmentException(EnrolmentException.Unreachable, "the settings name no signing service (enrolment.server)");
        try
        {
            // A file that stood on the technician's stick has gone with it.
            return new(server, settings.CaFile is { } file && File.Exists(file) ? IdentityFolder.ReadAuthorities(file) : identity.Authorities(), own, time, kit.Broker);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new EnrolmentException(EnrolmentException.Untrusted, e.Message, e);
        }
    }
}
