using System.Runtime.InteropServices;
using ClassContact.Mqtt.Mosquitto.Native;
using ClassContact.Mqtt.Ways;

namespace ClassContact.Mqtt.Mosquitto;

/// <summary>libmosquitto's codes as a sentence for the helpdesk.</summary>
internal static class MosquittoWords
{
    /// <summary><c>enum mosq_err_t</c>, the ones that mean more than their own text.</summary>
    internal const int ConnectionLost = 7;
    private const int Errno = 14;
    private const int KeepAlive = 19;

    // Linux' errno EPIPE and ECONNRESET: we were writing when it hung up.
    private const int BrokenPipe = 32;
    private const int Reset = 104;

    internal const string NoPing = "the broker did not answer a ping";

    /// <summary>MQTT 5 reason codes from here on are refusals.</summary>
    internal const int FirstRefusal = 0x80;

    /// <summary>The request itself is at fault (invalid, too long, not UTF-8, QoS, too large for the broker), not the connection.</summary>
    internal static bool IsRequestsFault(int code) => code is 3 or 9 or 18 or 24 or 25;

    /// <param name="code">What the library's function returned. Read errno at once: it is the last call's.</param>
    internal static string Why(int code)
    {
        var errno = Marshal.GetLastPInvokeError();
        return code switch
        {
            Errno when errno is 0 or BrokenPipe or Reset => Line.Closed,
            Errno => Marshal.GetPInvokeErrorMessage(errno),
            KeepAlive => NoPing,
            ConnectionLost => Line.Closed,
            _ => Marshal.PtrToStringUTF8(LibMosquitto.mosquitto_strerror(code))?.TrimEnd('.') ?? $"code {code}",
        };
    }

    /// <summary>"Not authorized (0x87)".</summary>
    internal static string Refusal(int reason) => $"{Marshal.PtrToStringUTF8(LibMosquitto.mosquitto_reason_string(reason))?.TrimEnd('.')} (0x{reason:X2})";
}
