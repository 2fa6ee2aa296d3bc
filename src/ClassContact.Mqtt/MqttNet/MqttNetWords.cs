using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using MQTTnet.Exceptions;

namespace ClassContact.Mqtt.MqttNet;

/// <summary>MQTTnet's codes and exceptions as a sentence for the helpdesk, the same as libmosquitto's where they mean the same.</summary>
internal static partial class MqttNetWords
{
    /// <summary>MQTT 5 reason codes from here on are refusals.</summary>
    internal const int FirstRefusal = 0x80;

    internal const string Closed = "the broker closed the connection";
    internal const string NoPing = "the broker did not answer a ping";

    /// <summary>"Not authorized (0x87)".</summary>
    internal static string Refusal<T>(T reason)
        where T : struct, Enum
    {
        var words = Capital().Replace(reason.ToString(), match => " " + match.Value.ToLowerInvariant());
        return $"{words} (0x{Convert.ToInt32(reason, null):X2})";
    }

    /// <summary>Why the broker's certificate is not accepted; null when it is.</summary>
    internal static string? WhyRefused(SslPolicyErrors errors, X509Chain? chain) =>
        errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "the broker showed no certificate"
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? $"the broker's certificate is not accepted: {Reason(chain)}"
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "the broker's certificate is made out to another name"
        : null;

    /// <summary>What lies at the bottom of an exception.</summary>
    internal static string Why(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is MqttException)
                return e.Message;
            if (e is SocketException socket)
                return Why(socket);
            // "error:0A00045C:SSL routines::tlsv13 alert certificate required" tells most at its end.
            if (e.Message.LastIndexOf("SSL routines::", StringComparison.Ordinal) is >= 0 and var at)
                return $"TLS: {e.Message[(at + "SSL routines::".Length)..]}";
            if (e.InnerException is null && e is AuthenticationException)
                return $"TLS: {e.Message}";
        }
        return exception.GetBaseException() switch
        {
            OperationCanceledException or TimeoutException or MqttCommunicationTimedOutException => NoPing, // MQTTnet limits nothing else by itself
            { Message: "Connection closed." } => Closed,
            var innermost => innermost.Message,
        };
    }

    private static string Why(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => $"the name cannot be looked up: {e.Message}",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => Closed,
        _ => e.Message,
    };

    private static string Reason(X509Chain? chain)
    {
        var status = chain?.ChainStatus.FirstOrDefault() ?? default;
        return status.Status is X509ChainStatusFlags.NoError ? "its chain is not valid" : status.StatusInformation.Trim();
    }

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Capital();
}
