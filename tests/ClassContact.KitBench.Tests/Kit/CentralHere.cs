using ClassContact.Classroom;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>The central broker and the signing service on this computer, beyond the kit's cable: what <c>packaging/broker</c> installs, below a folder.</summary>
internal sealed class CentralHere : IAsyncDisposable
{
    /// <summary>By which kits know it.</summary>
    public const string Name = "central.test";

    private readonly TestFolder folder = new();
    private readonly List<ChildProcess> servers = [];

    /// <summary>The kits' port of the broker.</summary>
    public int KitsPort { get; } = FreePort.Next();

    /// <summary>The signing service's port.</summary>
    public int ServicePort { get; } = FreePort.Next();

    /// <summary>The certificate that a technician has on a stick.</summary>
    public string Authority => folder.File("var/lib/classcontact-broker/kits/ca.crt");

    private string Settings => folder.File("etc/classcontact-helpdesk/helpdesk.json");

    private string Program => folder.File("usr/local/lib/classcontact-helpdesk/classcontact-helpdesk");

    private int HelpdeskPort { get; } = FreePort.Next();

    public static async Task<CentralHere> Opens()
    {
        var central = new CentralHere();
        try
        {
            await central.Install();
            await central.Start();
            return central;
        }
        catch
        {
            await central.DisposeAsync();
            throw;
        }
    }

    /// <summary>A command of the helpdesk's: what it prints, without what it says beside.</summary>
    public async Task<string> Command(params string[] command) =>
        (await HostTool.Run("bash", ["-c", "exec 3>&1; said=$(\"$0\" \"$@\" 2>&1 >&3) || { echo \"$said\"; exit 1; }", Program, .. command, "--settings", Settings])).Trim();

    /// <summary>Who reads all with an account of the helpdesk.</summary>
    public ChildProcess Listens() => ChildProcess.Start("heard", folder.File("logs"), "mosquitto_sub",
    [
        "-h", "localhost", "-p", $"{HelpdeskPort}", "--cafile", folder.File("ca.crt"), "--cert", folder.File("helpdesk-anna.crt"), "--key", folder.File("helpdesk-anna.key"),
        "-V", "mqttv5", "-q", "1", "-t", "classcontact/#", "-F", "%t %p",
    ]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers) await server.DisposeAsync();
        folder.Dispose();
    }

    private async Task Install()
    {
        await Script("install", "--name", Name, "--also", "localhost", "--listen", "127.0.0.1",
            "--port", $"{KitsPort}", "--https-port", $"{FreePort.Next()}", "--helpdesk-port", $"{HelpdeskPort}");
        await Script("install-enrolment", "--name", Name, "--port", $"{ServicePort}", "--program", await Published.Folder("ClassContact.Helpdesk"));
        await File.WriteAllTextAsync(Settings, (await File.ReadAllTextAsync(Settings)).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        await Script("ca", "helpdesk", "anna", "--out", folder.Path);
    }

    private async Task Start()
    {
        servers.Add(ChildProcess.Start("broker", folder.File("logs"), "/usr/sbin/mosquitto", ["-c", folder.File("etc/classcontact-broker/mosquitto.conf")]));
        servers.Add(ChildProcess.Start("service", folder.File("logs"), Program, ["serve", "--settings", Settings]));
        await WaitFor.That("the signing service to listen", () => servers[1].Output(), said => said.Contains("listening on", StringComparison.Ordinal));
    }

    private Task<string> Script(string name, params string[] arguments) => HostTool.Run("bash", [Path.Combine(Checkout.Root, "packaging/broker", name), "--root", folder.Path, .. arguments]);
}
