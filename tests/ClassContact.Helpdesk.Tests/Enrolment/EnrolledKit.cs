using System.Text.Json.Nodes;
using ClassContact.Classroom;

namespace ClassContact.Helpdesk.Tests.Enrolment;

/// <summary>A kit's settings and folders, and the real <c>classcontact</c> on them.</summary>
internal sealed class EnrolledKit : IDisposable
{
    private readonly TestFolder folder = new();

    /// <summary>Writes settings without a certificate or a link, as on a new kit.</summary>
    public EnrolledKit(SigningService service, string kit = "kit-1", Action<JsonObject>? change = null)
    {
        var settings = new JsonObject
        {
            ["kit"] = kit,
            ["school"] = "École des Tilleuls",
            ["room"] = "5e B, local 12",
            ["meeting"] = new JsonObject { ["description"] = Path.Combine(Checkout.Root, "configs", "meeting", "janus.json"), ["linkFile"] = "data/link" },
            ["folders"] = new JsonObject { ["run"] = "run", ["kiosk"] = "kiosk", ["logs"] = "logs", ["data"] = "data" },
            ["enrolment"] = new JsonObject { ["server"] = service.Address, ["caFile"] = service.CaFile },
        };
        change?.Invoke(settings);
        File.WriteAllText(SettingsFile, settings.ToJsonString(new() { WriteIndented = true }));
        Directory.CreateDirectory(Data);
    }

    public string SettingsFile => folder.File("kit.json");

    public string Data => folder.File("data");

    public string Identity(string file) => Path.Combine(Data, "identity", file);

    public string InFolder(string file) => folder.File(file);

    /// <summary>Runs <c>classcontact</c> with these arguments and the kit's settings.</summary>
    public Task<(int Code, string Output, string Error)> Command(string? input, params string[] arguments) =>
        Shell.Run(AgentProcess.Program, [.. arguments, "--settings", SettingsFile], input);

    public void Dispose() => folder.Dispose();
}
