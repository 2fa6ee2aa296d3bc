using System.Runtime.InteropServices;
using ClassContact.Mqtt.Mosquitto.Native;

namespace ClassContact.Mqtt.Mosquitto;

/// <summary>libmosquitto's codes and log lines as a sentence for the helpdesk.</summary>
internal static class MosquittoWords
{
    /// <summary><c>enum mosq_err_t</c>, the ones that mean more than their own text.</summary>
    internal const int ConnectionLost = 7;
    private const int Tls = 8;
    private const int Errno = 14;
    private const int NameLookup = 15;
    private const int KeepAlive = 19;
    private const int ProtocolError = 71; // EPROTO: libmosquitto's errno for "OpenSSL said no"

    /// <summary>MQTT 5 reason codes from here on are refusals.</summary>
    internal const int FirstRefusal = 0x80;

    /// <summary>The request itself is at fault (invalid, too long, not UTF-8, QoS, too large for the broker), not the connection.</summary>
    internal static bool IsRequestsFault(int code) => code is 3 or 9 or 18 or 24 or 25;

    /// <param name="code">What the library's function returned. Read errno at once: it is the last call's.</param>
    /// <param name="errors">The library's log lines of level error.</param>
    /// <param name="chain">Why OpenSSL did not accept the chain, when it said.</param>
    internal static string Why(int code, IReadOnlyList<string> errors, string? chain)
    {
        var errno = Marshal.GetLastPInvokeError();
        if (errors.Any(e => e.Contains("host name verification", StringComparison.Ordinal)))
            return "TLS: the broker's certificate is made out to another name";
        if (chain is not null || errors.Any(e => e.Contains("certificate verify failed", StringComparison.Ordinal)))
            return $"TLS: the broker's certificate is not accepted: {chain ?? "its chain is not valid"}";
        if (code == Tls || errors.Count > 0)
            return $"TLS: {Reason(errors)}";
        return code switch
        {
            Errno when errno is 0 or ProtocolError => "the broker closed the connection",
            Errno => Marshal.GetPInvokeErrorMessage(errno),
            NameLookup => $"the name cannot be looked up: {Marshal.PtrToStringUTF8(Libc.gai_strerror(errno))}",
            KeepAlive => "the broker did not answer a ping",
            ConnectionLost => "the broker closed the connection",
            _ => Marshal.PtrToStringUTF8(LibMosquitto.mosquitto_strerror(code))?.TrimEnd('.') ?? $"code {code}",
        };
    }

    /// <summary>"Not authorized (0x87)".</summary>
    internal static string Refusal(int reason) => $"{Marshal.PtrToStringUTF8(LibMosquitto.mosquitto_reason_string(reason))?.TrimEnd('.')} (0x{reason:X2})";

    /// <summary>"OpenSSL Error[0]: error:0A00045C:SSL routines::tlsv13 alert certificate required" tells most at its end.</summary>
    private static string Reason(IReadOnlyList<string> errors)
    {
        var line = errors.FirstOrDefault(e => !e.StartsWith("OpenSSL", StringComparison.Ordinal)) ?? (errors.Count > 0 ? errors[0] : "the handshake failed");
        var end = line.LastIndexOf("::", StringComparison.Ordinal);
        return end < 0 ? line.Replace("Error: ", "", StringComparison.Ordinal) : line[(end + 2)..];
    }
}
