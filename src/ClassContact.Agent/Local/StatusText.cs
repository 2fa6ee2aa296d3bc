using System.Globalization;
using System.Text;
using ClassContact.Agent.Words;

namespace ClassContact.Agent.Local;

/// <summary>The status as a person reads it in a terminal.</summary>
internal static class StatusText
{
    public static string Of(KitStatus status)
    {
        var text = new StringBuilder();
        Line("status.kit", $"{status.Kit}, classcontact {status.Agent}, {CliWords.Say("status.up", ("time", $"{TimeSpan.FromSeconds((long)status.Uptime)}"))}");
        var call = CliWords.Of("call", status.Call.State);
        Line("status.call", $"{call}, {CliWords.Say("status.since", ("time", status.Call.Since.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)))}{Cause(status)}");
        if (status.Call.Receipt is { } receipt)
        {
            Line("status.launch", string.Join(", ", new[] { ("browser", receipt.BrowserReady), ("page", receipt.PageLoaded), ("camera", receipt.CameraOpen), ("microphone", receipt.MicrophoneOpen), ("open", receipt.Joined), ("media", receipt.FirstRemoteMedia) }
                .Select(m => CliWords.Say($"milestone.{m.Item1}", ("ms", m.Item2 is { } ms ? ms.ToString(CultureInfo.InvariantCulture) : "–")))));
        }
        Line("status.browser", status.Browser ?? CliWords.Say("status.no-browser"));
        Line("status.keyboard", status.Keyboards > 0 ? status.KeyboardNames : CliWords.Say("status.no-keyboard"));
        Line("status.broker", Broker(status.Broker));
        Line("status.health", CliWords.Of("health", status.Health.State));
        foreach (var fault in status.Health.Checks.Where(HealthText.IsRootFault))
            text.AppendLine(HealthText.Fault(fault));
        return text.ToString().TrimEnd();

        void Line(string label, string value) => text.Append(CliWords.Say(label).PadRight(11)).AppendLine(value);
    }

    private static string Cause(KitStatus status) =>
        (status.Call.Cause is { } cause ? $" ({cause})" : "") + (status.Call.Missing.Count > 0 ? $" ({CliWords.Say("status.missing", ("what", string.Join(", ", status.Call.Missing)))})" : "")
        + (status.Call.Muted is true ? $" ({CliWords.Say("status.muted")})" : "");

    private static string Broker(BrokerStatus? broker) => broker switch
    {
        null => CliWords.Say("status.no-broker"),
        { Connected: true } => CliWords.Say("status.connected", ("broker", broker.Address), ("waiting", $"{broker.EventsWaiting}")),
        _ => CliWords.Say(
            "status.disconnected", ("broker", broker.Address), ("reason", broker.Trouble ?? CliWords.Say("status.not-yet")),
            ("waiting", $"{broker.EventsWaiting}"), ("dropped", $"{broker.EventsDropped}")),
    };
}
