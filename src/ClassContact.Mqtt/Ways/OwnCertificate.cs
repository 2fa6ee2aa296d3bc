using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ClassContact.Mqtt.Ways;

/// <summary>The files that make the kit known to the broker and the broker to the kit. What is wrong with one is told with its field and its name.</summary>
internal static class OwnCertificate
{
    private const string CommonName = "2.5.4.3";

    /// <summary>The kit's certificate with its chain and its key.</summary>
    /// <exception cref="MqttException">A file is no good.</exception>
    internal static SslStreamCertificateContext Read(string certificateFile, string keyFile)
    {
        var chain = Certificates("certificateFile", certificateFile);
        try
        {
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw Bad($"keyFile '{keyFile}' {WhyNoKey(keyFile, certificateFile)}", e);
        }
    }

    /// <summary>All certificates of a PEM file.</summary>
    /// <exception cref="MqttException">There is none that can be read.</exception>
    internal static X509Certificate2Collection Certificates(string field, string file)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Bad($"{field} '{file}' cannot be read: {(e is CryptographicException ? "a certificate in it is damaged" : e.Message)}", e);
        }
        return all.Count > 0 ? all : throw Bad($"{field} '{file}' holds no certificate");
    }

    /// <summary>The common name that the first certificate of a file is made out to, "" when it has none; null when the file cannot be read.</summary>
    internal static string? NameIn(string file)
    {
        try
        {
            using var first = Certificates("", file)[0];
            return first.SubjectName.EnumerateRelativeDistinguishedNames()
                .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)
                .Select(part => part.GetSingleElementValue()).FirstOrDefault() ?? "";
        }
        catch (MqttException)
        {
            return null;
        }
    }

    private static string WhyNoKey(string keyFile, string certificateFile)
    {
        try
        {
            var text = File.ReadAllText(keyFile);
            return text.Contains("ENCRYPTED", StringComparison.Ordinal) ? "has a pass phrase, and nobody is there to type it"
                : text.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? $"is not the key of certificateFile '{certificateFile}', or is damaged"
                : "holds no private key";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message}";
        }
    }

    private static MqttException Bad(string what, Exception? inner = null) => new($"TLS: tls.{what}", inner!) { Trouble = Trouble.Files };
}
