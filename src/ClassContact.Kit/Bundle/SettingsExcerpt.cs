using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tools;
using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Bundle;

/// <summary>
/// What of the settings may leave the kit: fields that stand here, each only with a value of the kind that it should have. Whether something is set may be
/// told of many more. Never the meeting's address, the proxy's, nor where its password lies.
/// </summary>
internal static partial class SettingsExcerpt
{
    private const string Other = "(other)";
    private static readonly string[] Descriptions = ["vectera.json", "janus.json"]; // ours, as they are delivered

    /// <summary>Reads the file, and tells what is wrong with it, which may be all that can be told.</summary>
    internal static JsonObject Of(string path)
    {
        var excerpt = Setup.ReadUnenrolled(path).Value is { } kit ? Of(kit) : [];
        excerpt["problems"] = new JsonArray([.. Setup.Read(path).Problems.Select(problem => JsonValue.Create(Told(problem, path)))]);
        return excerpt;
    }

    internal static JsonObject Of(KitSettings kit) => new()
    {
        ["kit"] = KitId.TryParse(kit.Kit, out var id) ? $"{id}" : Other,
        ["school"] = Line(kit.School, 80), ["room"] = Line(kit.Room, 40), // the helpdesk has both: `about`
        ["language"] = OneOf(Screen.Words.Languages, kit.Language),
        ["description"] = OneOf(Descriptions, Path.GetFileName(kit.Meeting.Description)),
        ["keys"] = Keys(kit.Keys ?? new()),
        ["broker"] = Broker(kit.Broker),
        ["camera"] = Device(kit.Camera?.Name, kit.Camera?.Usb, kit.Camera?.Absent), ["speakerphone"] = Device(kit.Speakerphone?.Name, kit.Speakerphone?.Usb, kit.Speakerphone?.Absent),
        ["callButton"] = kit.CallButton is { } box ? new JsonObject { ["port"] = Like(Port(), box.Port), ["baud"] = box.Baud } : null,
        ["computer"] = kit.Computer is { } computer ? new JsonObject { ["battery"] = computer.Battery, ["display"] = computer.Display } : null,
        ["network"] = new JsonObject { ["stun"] = kit.Network?.Stun is not null, ["probe"] = kit.Network?.Probe is not null },
        ["classEnd"] = kit.ClassEnd is { } end ? new JsonObject { ["at"] = Like(Clock(), end.At), ["wednesday"] = Like(Clock(), end.Wednesday), ["emptyMinutes"] = end.EmptyMinutes } : null,
        ["outbox"] = kit.Outbox is { } outbox ? new JsonObject { ["megabytes"] = outbox.Megabytes, ["days"] = outbox.Days } : null,
        ["enrolment"] = kit.Enrolment is { } service ? new JsonObject { ["caFile"] = service.CaFile is not null, ["fingerprint"] = service.Fingerprint is not null } : null,
        ["requests"] = new JsonArray([.. RequestName.All.Where((kit.Requests ?? new()).Names().Contains).Select(name => JsonValue.Create(name))]),
        ["folders"] = Folders(kit.Folders ?? new()),
        ["log"] = kit.Log is { } log ? new JsonObject { ["fileMegabytes"] = log.FileMegabytes, ["files"] = log.Files, ["level"] = OneOf(LogSettings.Levels, log.Level) } : null,
        ["metricsSeconds"] = kit.MetricsSeconds, ["holidays"] = kit.Holidays is not null,
    };

    private static JsonObject Keys(KeySettings keys) => new()
    {
        ["start"] = Key(keys.Start), ["end"] = Key(keys.End), ["mute"] = Key(keys.Mute), ["help"] = Key(keys.Help), ["keyboard"] = keys.Keyboard is not null, ["listen"] = keys.Listen,
    };

    // The helpdesk's own place; where it can be an address, it is the school's or a test's.
    private static JsonObject? Broker(BrokerSettings? broker) => broker is null ? null : new()
    {
        ["host"] = Uri.CheckHostName(broker.Host) is UriHostNameType.Dns ? broker.Host : Other, ["port"] = broker.Port,
        ["tls"] = broker.Tls is { } tls ? new JsonObject { ["caFile"] = tls.CaFile is not null, ["certificateFile"] = tls.CertificateFile is not null, ["keyFile"] = tls.KeyFile is not null } : null,
        ["keepAliveSeconds"] = broker.KeepAliveSeconds, ["answerSeconds"] = broker.AnswerSeconds, ["way"] = OneOf([BrokerWay.Auto, .. BrokerWay.All], broker.Way),
        ["proxy"] = broker.Proxy is not null, ["proxyLoginFile"] = broker.ProxyLoginFile is not null,
    };

    private static JsonObject Device(string? name, string? usb, bool? absent) =>
        new() { ["name"] = name is null ? null : SafeText.Of(name), ["usb"] = Like(Usb(), usb), ["absent"] = absent ?? false };

    private static JsonObject Folders(FolderSettings folders)
    {
        var usual = new FolderSettings();
        JsonNode Of(string here, string there) => JsonValue.Create(here == there ? "(usual)" : Other)!;
        return new()
        {
            ["run"] = Of(folders.Run, usual.Run), ["kiosk"] = Of(folders.Kiosk, usual.Kiosk), ["logs"] = Of(folders.Logs, usual.Logs), ["input"] = Of(folders.Input, usual.Input),
            ["data"] = Of(folders.Data, usual.Data),
        };
    }

    // Which line, which field and what kind of trouble; never what stands there, for it may be a secret in a wrong place.
    private static string Told(Problem problem, string settings)
    {
        var file = problem.File == settings ? "settings" : "another file";
        var field = problem.Text.StartsWith("is not a setting", StringComparison.Ordinal) ? "(a field)" : Like(FieldName(), problem.Field) ?? "";
        return $"{file}:{problem.Line?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}: {field} {Quoted().Replace(problem.Text, "…")}";
    }

    private static string? Like(Regex kind, string? text) => text is null ? null : kind.IsMatch(text) ? text : Other;

    private static string OneOf(IEnumerable<string> known, string text) => known.Contains(text) ? text : Other;

    private static string? Key(string? text) => string.IsNullOrEmpty(text) || Chord.Read(text, out _) is not null ? text : Other;

    private static string Line(string text, int longest) => PlainLine.ProblemOf(text.Trim(), longest) is null ? text.Trim() : Other;

    [GeneratedRegex(@"\A/dev/(?:serial/by-id/[\w.-]+|tty\w+)\z")]
    private static partial Regex Port();

    [GeneratedRegex(@"\A\d\d?:\d\d\z")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\A[0-9a-fA-F]{4}:[0-9a-fA-F]{4}\z")]
    private static partial Regex Usb();

    [GeneratedRegex(@"\A[A-Za-z.\[\]0-9]{0,60}\z")]
    private static partial Regex FieldName();

    // To the last of its kind, for a value may hold one itself: l'école. One that is not closed goes to the end.
    [GeneratedRegex("""'(?:.*'|.*)|"(?:.*"|.*)|\((?:.*\)|.*)""", RegexOptions.Singleline)]
    private static partial Regex Quoted();
}
