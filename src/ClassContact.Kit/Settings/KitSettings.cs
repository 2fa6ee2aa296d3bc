using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClassContact.Kit.Call;
using ClassContact.Kit.CallButton;
using ClassContact.Kit.Camera;
using ClassContact.Kit.Computer;
using ClassContact.Kit.Door;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Network;
using ClassContact.Kit.Outbox;
using ClassContact.Kit.Requests;
using ClassContact.Kit.Speakerphone;
using ClassContact.Messages;
using ClassContact.Mqtt;

namespace ClassContact.Kit.Settings;

/// <summary>One kit. Relative paths begin at the folder of the settings file.</summary>
/// <param name="Kit">The kit's name on the wire.</param>
/// <param name="School">Shown to the room and to the helpdesk.</param>
/// <param name="Room">Shown to the room and to the helpdesk: the label on the door.</param>
/// <param name="Meeting">Which meeting, and where its link lies.</param>
/// <param name="Keys">The keys that start and end a class.</param>
/// <param name="Broker">The way to the helpdesk; null for a kit without one.</param>
/// <param name="Language">Of what the room reads: <c>fr</c> or <c>en</c>.</param>
/// <param name="Folders">Where things lie.</param>
/// <param name="Log">How much of a log is kept.</param>
/// <param name="Camera">The camera that the kit was shipped with.</param>
/// <param name="Speakerphone">The speakerphone that the kit was shipped with.</param>
/// <param name="Computer">What the computer has.</param>
/// <param name="Network">What is tried of the network.</param>
/// <param name="Holidays">An iCalendar file with the days on which school and helpdesk are closed; null knows of none.</param>
/// <param name="MetricsSeconds">How often figures go to the helpdesk, 1 to 3600 s; those of a call go every 10 s while it is on.</param>
/// <param name="ClassEnd">When a class is ended that nobody ends.</param>
/// <param name="CallButton">The serial box with the call button and its lamp; null for a kit without one.</param>
/// <param name="Outbox">How much is kept for a helpdesk that cannot be reached.</param>
/// <param name="Enrolment">Where the kit's certificate and its meeting's link come from; null for a kit that is given both by hand.</param>
/// <param name="Requests">What the helpdesk may ask of it.</param>
/// <param name="Door">How a technician opens the kit's own screen.</param>
public sealed record KitSettings(
    string Kit, string School, string Room, MeetingSettings Meeting, KeySettings? Keys = null, BrokerSettings? Broker = null,
    string Language = "fr", FolderSettings? Folders = null, LogSettings? Log = null, CameraSettings? Camera = null,
    SpeakerphoneSettings? Speakerphone = null, ComputerSettings? Computer = null, NetworkSettings? Network = null, string? Holidays = null,
    int MetricsSeconds = 900, ClassEndSettings? ClassEnd = null, CallButtonSettings? CallButton = null, OutboxSettings? Outbox = null,
    EnrolmentSettings? Enrolment = null, RequestSettings? Requests = null, DoorSettings? Door = null)
{
    /// <summary>Everything that the shape alone does not say; each text begins with its field.</summary>
    public IEnumerable<string> Problems()
    {
        if (!KitId.TryParse(Kit, out _))
            yield return $"kit '{Kit}' is not a kit's name ({KitId.Rule})";
        if (School.Trim().Length is 0 or > 80)
            yield return "school must be 1 to 80 characters";
        if (Room.Trim().Length is 0 or > 40)
            yield return "room must be 1 to 40 characters";
        if (!Screen.Words.Languages.Contains(Language))
            yield return $"language '{Language}' is not there (known: {string.Join(", ", Screen.Words.Languages)})";
        if (MetricsSeconds is < 1 or > 3600)
            yield return $"metricsSeconds {MetricsSeconds} is outside 1..3600";
        foreach (var problem in OfSections())
            yield return problem;
        if (OfAnotherKit() is { } stranger)
            yield return stranger;
    }

    // The broker would let it in under that name, to write another kit's tree. One that cannot be read is told by the link and its check: a class is
    // held without it.
    private string? OfAnotherKit() => Broker?.Tls?.CertificateFile is { } file && OwnCertificate.NameIn(file) is { } name && name != Kit
        ? $"broker.tls.certificateFile '{file}' is made out to {(name.Length == 0 ? "nobody" : $"'{name}'")} (its CN), and this kit is '{Kit}' (field kit)"
        : null;

    /// <summary>What is wrong with files for the helpdesk's way, which stop no class; each text begins with its field.</summary>
    internal IEnumerable<string> FileProblems() => Of("broker", Broker?.FileProblems());

    private IEnumerable<string> OfSections() =>
    [
        .. Of("keys", Keys?.Problems()), .. Of("broker", Broker?.OwnProblems()), .. Of("log", Log?.Problems()), .. Of("folders", Folders?.Problems()),
        .. Of("camera", Camera?.Problems()), .. Of("speakerphone", Speakerphone?.Problems()), .. Of("network", Network?.Problems()),
        .. Of("classEnd", ClassEnd?.Problems()),
        .. Of("callButton", CallButton?.Problems()), .. Of("outbox", Outbox?.Problems()), .. Of("enrolment", Enrolment?.Problems()),
        .. Of("requests", Requests?.Problems()), .. Of("door", DoorProblems()),
    ];

    // Without a word about the door its usual chord is there, unless other keys of the kit need one of it: a default must not spoil settings that were good.
    private IEnumerable<string>? DoorProblems() => Door?.Problems(Keys ?? new());

    /// <summary>The chord of the door that can be held; its usual one where the settings say nothing and no other key needs it.</summary>
    internal DoorSettings TheDoor => Door ?? (new DoorSettings() is var usual && usual.Problems(Keys ?? new()).Any() ? new("") : usual);

    /// <summary>The same settings with every relative path made to begin at a folder.</summary>
    public KitSettings In(string folder)
    {
        return this with
        {
            Meeting = new(Full(Meeting.Description), Full(Meeting.LinkFile)),
            Broker = Broker is null ? null : Broker with
            {
                Tls = Broker.Tls is { } tls ? new(FullOrNone(tls.CaFile), FullOrNone(tls.CertificateFile), FullOrNone(tls.KeyFile)) : null,
                ProxyLoginFile = FullOrNone(Broker.ProxyLoginFile),
            },
            Folders = Folders is { } f ? new(Folder(f.Run), Folder(f.Kiosk), Folder(f.Logs), Folder(f.Input), Folder(f.Data)) : null,
            Holidays = FullOrNone(Holidays),
            Enrolment = Enrolment is { } e ? e with { CaFile = FullOrNone(e.CaFile) } : null,
        };

        string Full(string path) => Path.Combine(folder, path);

        string Folder(string path) => path.Trim().Length == 0 ? "" : Full(path); // a folder without a name is not the settings' own

        string? FullOrNone(string? path) => path is null ? null : Full(path);
    }

    private static IEnumerable<string> Of(string section, IEnumerable<string>? problems) => problems?.Select(p => $"{section}.{p}") ?? [];
}

/// <summary>The meeting that a press opens.</summary>
/// <param name="Description">File that describes the meeting's software, such as <c>meeting/vectera.json</c>.</param>
/// <param name="LinkFile">File with the meeting's link alone in it; only its owner may be able to read it.</param>
public sealed record MeetingSettings(string Description, string LinkFile);

/// <summary>Where things lie.</summary>
/// <param name="Run">The agent's own runtime folder: the press socket, the consent, the lock. A reboot empties it.</param>
/// <param name="Kiosk">The kiosk's runtime folder, with the browser's two FIFOs.</param>
/// <param name="Logs">Folder of the log files.</param>
/// <param name="Input">Folder of the input devices.</param>
/// <param name="Data">What outlasts a reboot: the lessons of 30 days, the events that wait for the helpdesk.</param>
public sealed record FolderSettings(
    string Run = "/run/classcontact", string Kiosk = "/run/classcontact-kiosk", string Logs = "/var/log/classcontact", string Input = "/dev/input",
    string Data = "/var/lib/classcontact")
{
    /// <summary>The way that led to the broker, remembered.</summary>
    public string WayToBroker => Path.Combine(Data, "broker-way");

    // sun_path in unix(7) has 108 bytes with its NUL; what lies in the folder is press.sock.
    private const int LongestRun = 107 - 11;

    /// <summary>Everything that the shape alone does not say; each text begins with its field.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (field, path) in new[] { ("run", Run), ("kiosk", Kiosk), ("logs", Logs), ("input", Input), ("data", Data) })
        {
            if (path.Trim().Length == 0)
                yield return $"{field} is empty; leave it out for the usual folder";
            else if (!Path.IsPathRooted(path))
                yield return $"{field} '{path}' must be a full path";
        }
        if (Encoding.UTF8.GetByteCount(Run) > LongestRun)
            yield return $"run '{Run}' is longer than {LongestRun} bytes: its socket could not be opened";
    }
}

/// <summary>How much of a log is kept.</summary>
/// <param name="FileMegabytes">A file is closed at this size, 1 to 100 MB.</param>
/// <param name="Files">So many files are kept, 2 to 100.</param>
/// <param name="Level">debug, information, warning or error.</param>
public sealed record LogSettings(int FileMegabytes = 5, int Files = 10, string Level = "information")
{
    /// <summary>The levels that may stand in the file.</summary>
    public static readonly IReadOnlyList<string> Levels = ["debug", "information", "warning", "error"];

    /// <summary>Everything that the shape alone does not say; each text begins with its field.</summary>
    public IEnumerable<string> Problems()
    {
        if (FileMegabytes is < 1 or > 100)
            yield return $"fileMegabytes {FileMegabytes} is outside 1..100";
        if (Files is < 2 or > 100)
            yield return $"files {Files} is outside 2..100";
        if (!Levels.Contains(Level))
            yield return $"level '{Level}' is not one of {string.Join(", ", Levels)}";
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(KitSettings))]
[JsonSerializable(typeof(MeetingDescription))]
internal sealed partial class SettingsJson : JsonSerializerContext;
