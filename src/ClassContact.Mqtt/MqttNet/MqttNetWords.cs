using System.Net.Sockets;
using System.Text.RegularExpressions;
using ClassContact.Mqtt.Ways;
using MQTTnet.Exceptions;

namespace ClassContact.Mqtt.MqttNet;

/// <summary>MQTTnet's codes and exceptions as a sentence for the helpdesk, the same as libmosquitto's where they mean the same.</summary>
internal static partial class MqttNetWords
{
    /// <summary>MQTT 5 reason codes from here on are refusals.</summary>
    internal const int FirstRefusal = 0x80;

    internal const string NoPing = "the broker did not answer a ping";

    /// <summary>"Not authorized (0x87)".</summary>
    internal static string Refusal<T>(T reason)
        where T : struct, Enum
    {
        var words = Capital().Replace(reason.ToString(), match => " " + match.Value.ToLowerInvariant());
        return $"{words} (0x{Convert.ToInt32(reason, null):X2})";
    }

    /// <summary>What lies at the bottom of an exception.</summary>
    internal static string Why(Exception exception, TlsFiles? files)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is MqttException)
                return e.Message;
            if (e is SocketException socket)
                return Why(socket);
            if (files is not null && e.Message.Contains("SSL routines::", StringComparison.Ordinal))
                return Line.Why(e, files).Message;
        }
        return exception.GetBaseException() switch
        {
            OperationCanceledException or TimeoutException or MqttCommunicationTimedOutException => NoPing, // MQTTnet limits nothing else by itself
            { Message: "Connection closed." } => Line.Closed,
            var innermost => innermost.Message,
        };
    }

    private static string Why(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => $"the name cannot be looked up: {e.Message}",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => Line.Closed,
        _ => e.Message,
    };

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Capital();
}
