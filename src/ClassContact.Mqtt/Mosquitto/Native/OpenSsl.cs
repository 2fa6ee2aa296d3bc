using System.Runtime.InteropServices;

namespace ClassContact.Mqtt.Mosquitto.Native;

/// <summary>Two questions to the OpenSSL 3 that libmosquitto itself is linked to. Without them we only know less, so its absence is no error.</summary>
internal static partial class OpenSsl
{
    /// <summary>Why the peer's chain was not accepted ("certificate has expired"); null when it was, or when nobody can tell.</summary>
    internal static string? WhyRefused(nint ssl)
    {
        const int Unspecified = 1; // libmosquitto's own check said no
        if (ssl == 0)
            return null;
        try
        {
            var code = SSL_get_verify_result(ssl);
            return code.Value is 0 or Unspecified ? null : Marshal.PtrToStringUTF8(X509_verify_cert_error_string(code));
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Bytes that were decrypted and not yet read: the socket does not announce them any more.</summary>
    internal static bool HasPending(nint ssl)
    {
        try
        {
            return ssl != 0 && SSL_pending(ssl) > 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libssl.so.3")]
    private static partial CLong SSL_get_verify_result(nint ssl);

    [LibraryImport("libssl.so.3")]
    private static partial int SSL_pending(nint ssl);

    [LibraryImport("libcrypto.so.3")]
    private static partial nint X509_verify_cert_error_string(CLong code);
}
