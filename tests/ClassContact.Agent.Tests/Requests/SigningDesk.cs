using System.Text.Json;
using System.Text.Json.Nodes;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Requests;

/// <summary>The real signing service beside a whole kit, with an authority made by openssl.</summary>
internal sealed class SigningDesk : IAsyncDisposable
{
    private static readonly string Program = Checkout.Built("src", "ClassContact.Helpdesk", "classcontact-helpdesk");
    private readonly string folder;
    private readonly int port = FreePort.Next();
    private ChildProcess? service;

    private SigningDesk(string folder) => this.folder = folder;

    /// <summary>The bundles that it was sent.</summary>
    internal IReadOnlyList<string> Bundles => Directory.Exists(In("data/bundles")) ? Directory.GetFiles(In("data/bundles")) : [];

    /// <summary>Starts it and enrols a kit, whose agent does not run: its next one knows the service.</summary>
    internal static async Task<SigningDesk> With(WholeKit kit, string name)
    {
        var desk = new SigningDesk(Path.Combine(kit.Folder, "service"));
        Directory.CreateDirectory(desk.folder);
        await desk.MakeAuthority();
        desk.service = ChildProcess.Start("serve", desk.folder, Program, ["serve", "--settings", desk.In("helpdesk.json")]);
        await WaitFor.That($"the service to listen: {desk.service}", () => desk.service.Output().Contains("listening on", StringComparison.Ordinal));
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(kit.Agent.Settings))!.AsObject();
        settings["enrolment"] = new JsonObject { ["server"] = $"https://127.0.0.1:{desk.port}", ["caFile"] = desk.In("ca.crt") };
        await File.WriteAllTextAsync(kit.Agent.Settings, settings.ToJsonString());
        Directory.CreateDirectory((string)settings["folders"]!["data"]!);
        await using var code = ChildProcess.Start("code", desk.folder, Program, ["code", name, "--settings", desk.In("helpdesk.json")]);
        Assert.Equal(0, await code.Ended().WaitAsync(WaitFor.Generous));
        var line = code.Output().Split('\n').First(text => text.Length == 9); // XXXX-XXXX
        var (enrolled, said) = await kit.Agent.Command("enroll", "--code", line);
        Assert.True(enrolled == 0, said);
        return desk;
    }

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
            await service.DisposeAsync();
    }

    private string In(string file) => Path.Combine(folder, file);

    private async Task MakeAuthority()
    {
        string[] key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
        await OpenSsl(["req", "-x509", .. key, "-keyout", "ca.key", "-subj", "/CN=Kits", "-days", "3650", "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out", "ca.crt"]);
        await OpenSsl(["req", "-x509", .. key, "-CA", "ca.crt", "-CAkey", "ca.key", "-keyout", "server.key", "-subj", "/CN=service", "-days", "30", "-addext", "subjectAltName=IP:127.0.0.1",
            "-addext", "basicConstraints=CA:FALSE", "-out", "server.crt"]);
        await File.WriteAllTextAsync(In("helpdesk.json"), JsonSerializer.Serialize(new
        {
            caFile = "ca.crt", caKeyFile = "ca.key", certificateFile = "server.crt", keyFile = "server.key", data = "data", listen = $"127.0.0.1:{port}",
        }));
    }

    private async Task OpenSsl(params string[] arguments) => Assert.Equal(
        0, await ChildProcess.Run($"openssl-{Guid.NewGuid():N}", folder, "bash", ["-c", "cd \"$0\" && exec openssl \"$@\"", folder, .. arguments]));
}
