using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace ClassContact.Helpdesk.Serve;

/// <summary>The service's own certificate with its chain, read anew when its file has changed: it is renewed every two years, and nobody restarts the service.</summary>
/// <param name="certificateFile">Leaf and chain, PEM.</param>
/// <param name="keyFile">The leaf's key.</param>
/// <param name="log">Is told what was read, and what could not be.</param>
/// <exception cref="InvalidDataException">From the constructor: the files cannot be used; names them.</exception>
internal sealed class OwnCertificate(string certificateFile, string keyFile, ILogger log)
{
    private readonly Lock reading = new();
    private SslStreamCertificateContext shown = Read(certificateFile, keyFile);
    private DateTime readOf = File.GetLastWriteTimeUtc(certificateFile);

    /// <summary>What a client is shown now. While the files cannot be used (the pair is just being written), what was shown before.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (reading)
        {
            var changed = File.GetLastWriteTimeUtc(certificateFile);
            if (changed == readOf)
                return shown;
            try
            {
                shown = Read(certificateFile, keyFile);
                readOf = changed;
                log.LogInformation("{File}: read anew, until {Until:yyyy-MM-dd}", certificateFile, shown.TargetCertificate.NotAfter);
            }
            catch (InvalidDataException e)
            {
                log.LogError("{Reason}; the old certificate is shown", e.Message);
            }
            return shown;
        }
    }

    private static SslStreamCertificateContext Read(string certificateFile, string keyFile)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificateFile);
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{certificateFile}, {keyFile}: are no certificate and its key in PEM without a pass phrase ({e.Message})", e);
        }
    }
}
