using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClassContact.Agent.Local;

/// <summary>The status as a person reads it in a terminal.</summary>
internal static class StatusText
{
    public static string Of(KitStatus status)
    {
        var text = new StringBuilder();
        Line("status.kit", $"{status.Kit}, classcontact {status.Agent}, {CliWords.Of("status.up", TimeSpan.FromSeconds((long)status.Uptime))}");
        var call = CliWords.Of($"call.{JsonNamingPolicy.KebabCaseLower.ConvertName(status.Call.State.ToString())}");
        Line("status.call", $"{call}, {CliWords.Of("status.since", status.Call.Since.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture))}{Cause(status)}");
        if (status.Call.Receipt is { } receipt)
        {
            Line("status.launch", string.Join(", ", new[] { ("browser", receipt.BrowserReady), ("page", receipt.PageLoaded), ("camera", receipt.CameraOpen), ("microphone", receipt.MicrophoneOpen), ("open", receipt.Joined), ("media", receipt.FirstRemoteMedia) }
                .Select(m => CliWords.Of($"milestone.{m.Item1}", m.Item2 is { } ms ? ms.ToString(CultureInfo.InvariantCulture) : "–"))));
        }
        Line("status.browser", status.Browser ?? CliWords.Of("status.no-browser"));
        Line("status.keyboard", status.Keyboards > 0 ? status.KeyboardNames : CliWords.Of("status.no-keyboard"));
        Line("status.broker", Broker(status.Broker));
        return text.ToString().TrimEnd();

        void Line(string label, string value) => text.Append(CliWords.Of(label).PadRight(11)).AppendLine(value);
    }

    private static string Cause(KitStatus status) =>
        (status.Call.Cause is { } cause ? $" ({cause})" : "") + (status.Call.Missing.Count > 0 ? $" ({CliWords.Of("status.missing", string.Join(", ", status.Call.Missing))})" : "");

    private static string Broker(BrokerStatus? broker) => broker switch
    {
        null => CliWords.Of("status.no-broker"),
        { Connected: true } => CliWords.Of("status.connected", broker.Address, broker.EventsWaiting),
        _ => CliWords.Of("status.disconnected", broker.Address, broker.Trouble ?? CliWords.Of("status.not-yet"), broker.EventsWaiting, broker.EventsDropped),
    };
}
