using System.Globalization;
using System.Text.RegularExpressions;
using ClassContact.Kit.Call;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;
using ClassContact.Mqtt;

namespace ClassContact.Agent.Install;

/// <summary>Makes a kit's settings of answers, and the usual answers of settings. What nobody is asked stays as it is in the settings.</summary>
internal static partial class KitFromAnswers
{
    /// <summary>Where the package puts meetings and holidays; an upgrade replaces them.</summary>
    public const string Shared = "/usr/share/classcontact";

    /// <summary>Where a meeting of that name that was changed for a kit goes before the package's.</summary>
    public const string Own = "/etc/classcontact/meeting";

    private const string Data = "/var/lib/classcontact";

    /// <summary>What is offered where nothing was answered; null for a question that has no usual answer.</summary>
    /// <param name="name">One of <see cref="Answers.Names"/>.</param>
    /// <param name="there">The settings there are.</param>
    public static string? Usual(string name, KitSettings? there) => name switch
    {
        "kit" => there?.Kit,
        "school" => there?.School,
        "room" => there?.Room,
        "language" => there?.Language ?? "fr",
        "meeting" => there?.Meeting.Description is { } path ? NameOf(path) : "vectera",
        "start-key" => there?.Keys?.Start ?? "F9",
        "end-key" => there?.Keys?.End ?? "F10",
        // A class that everybody has forgotten must not go on through the night. The times are those of configs/kit.example.json; no school was asked.
        "class-end" => there is null ? "16:30 12:45" : Times(there.ClassEnd),
        "camera" => there?.Camera is { } camera ? camera.Name ?? camera.Usb ?? "" : "",
        "speakerphone" => there?.Speakerphone is { } speakerphone ? speakerphone.Name ?? speakerphone.Usb ?? "" : "",
        "server" => there?.Enrolment?.Server ?? "",
        "authority" => there?.Enrolment is { } service ? service.CaFile ?? service.Fingerprint ?? "" : "",
        "broker" => there?.Broker?.Address ?? "",
        _ => "",
    };

    /// <summary>The settings, not checked yet.</summary>
    /// <param name="answers">All of them.</param>
    /// <param name="there">The settings there are.</param>
    /// <param name="below">Where a path of the kit is on this computer.</param>
    public static KitSettings Make(Answers answers, KitSettings? there, Func<string, string> below)
    {
        var meeting = new MeetingSettings(PathOf(answers["meeting"]!, below), there?.Meeting.LinkFile ?? Path.Combine(Data, "meeting-link"));
        var keys = (there?.Keys ?? new()) with { Start = answers["start-key"]!, End = answers["end-key"]! };
        return (there ?? new(answers["kit"]!, "", "", meeting, Holidays: Path.Combine(Shared, "holidays", "fwb.ics"))) with
        {
            Kit = answers["kit"]!, School = answers["school"]!, Room = answers["room"]!, Language = answers["language"]!, Meeting = meeting, Keys = keys,
            ClassEnd = End(answers, there?.ClassEnd),
            Camera = answers["camera"] == Usual("camera", there) ? there?.Camera : Device(answers, "camera") is { } camera ? new(camera.Name, camera.Usb) : null,
            Speakerphone = answers["speakerphone"] == Usual("speakerphone", there) ? there?.Speakerphone
                : Device(answers, "speakerphone") is { } speakerphone ? new(speakerphone.Name, speakerphone.Usb) : null,
            Enrolment = Service(answers), Broker = Broker(answers, there?.Broker),
        };
    }

    private static ClassEndSettings? End(Answers answers, ClassEndSettings? there)
    {
        if (answers.Filled("class-end")?.Split(' ', 2, StringSplitOptions.TrimEntries) is [var at, .. var rest])
            return (there ?? new()) with { At = at, Wednesday = rest.FirstOrDefault() };
        return there is null ? null : there with { At = null, Wednesday = null };
    }

    // By a part of its name, or by its USB ids as lsusb writes them.
    private static (string? Name, string? Usb)? Device(Answers answers, string question) =>
        answers.Filled(question) is not { } text ? null : UsbIds().IsMatch(text) ? (null, text.ToLowerInvariant()) : (text, null);

    private static string Times(ClassEndSettings? end) => $"{end?.At} {end?.Wednesday}".Trim();

    private static EnrolmentSettings? Service(Answers answers)
    {
        if (answers.Filled("server") is not { } server)
            return null;
        var authority = answers.Filled("authority");
        return authority is not null && authority.Contains('/', StringComparison.Ordinal) ? new(server, authority) : new(server, null, authority);
    }

    // With a signing service the kit's certificate comes from there; without one, whoever put it there has said so in the settings.
    private static BrokerSettings? Broker(Answers answers, BrokerSettings? there)
    {
        if (answers.Filled("broker") is not { } address)
            return null;
        var colon = address.LastIndexOf(':');
        var hasPort = colon > address.LastIndexOf(']') && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var host = (hasPort ? address[..colon] : address).Trim('[', ']');
        var port = hasPort ? int.Parse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture) : 8883;
        var identity = Path.Combine(Data, "identity");
        var tls = there?.Tls ?? (answers.Filled("server") is null ? null
            : new(Path.Combine(identity, "ca.crt"), Path.Combine(identity, "kit.crt"), Path.Combine(identity, "kit.key")));
        return (there ?? new(host)) with { Host = host, Port = port, Tls = tls };
    }

    private static string PathOf(string meeting, Func<string, string> below)
    {
        if (meeting.Contains('/', StringComparison.Ordinal))
            return meeting;
        var file = meeting + ".json";
        return Path.Combine(File.Exists(below(Path.Combine(Own, file))) ? Own : Path.Combine(Shared, "meeting"), file);
    }

    private static string NameOf(string path) =>
        Path.GetDirectoryName(path) is Own or Shared + "/meeting" && Path.GetExtension(path) == ".json" ? Path.GetFileNameWithoutExtension(path) : path;

    [GeneratedRegex("^[0-9a-f]{4}:[0-9a-f]{4}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UsbIds();
}
