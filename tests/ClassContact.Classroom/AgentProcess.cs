using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClassContact.Classroom.Network;

namespace ClassContact.Classroom;

/// <summary>The real <c>classcontact run</c>, as built in this checkout, with settings of its own.</summary>
public sealed class AgentProcess : IAsyncDisposable
{
    private readonly string folder;
    private readonly Cable? cable;
    private ChildProcess child;
    private IReadOnlyDictionary<string, string?> clockKept = new Dictionary<string, string?>();

    private AgentProcess(string folder, string run, Cable? cable) => (this.folder, RunFolder, this.cable, child) = (folder, run, cable, Run(folder, cable));

    /// <summary>The program, from the same libraries and build configuration as the running test.</summary>
    public static string Program { get; } = Checkout.Built("src", "ClassContact.Agent", "classcontact");

    /// <summary>Its settings file.</summary>
    public string Settings => Path.Combine(folder, "kit.json");

    /// <summary>Its runtime folder.</summary>
    public string RunFolder { get; }

    /// <summary>The folder of its log files.</summary>
    public string Logs => Path.Combine(folder, "logs");

    /// <summary>What it wrote to its standard output and error.</summary>
    public string Output => child.Output();

    /// <summary>The process.</summary>
    public ChildProcess Process => child;

    /// <summary>
    /// Writes a kit's settings into <paramref name="folder"/> and starts the agent on them. <paramref name="link"/> goes into a file that only its
    /// owner can read. <paramref name="logs"/>, <paramref name="parentOfRun"/> and <paramref name="data"/> put these folders onto a disk of one's choice.
    /// With a <paramref name="cable"/> it runs at the kit's end of it. <paramref name="change"/> has the last word on the settings.
    /// </summary>
    public static AgentProcess Start(string folder, string link, string kiosk, int? brokerPort, string kit = "try-kit-01", string? logs = null, string? parentOfRun = null,
        bool clockCanBeSet = false, Cable? cable = null, string? description = null, string? data = null, Action<JsonObject>? change = null)
    {
        Directory.CreateDirectory(folder);
        var secret = Path.Combine(folder, "meeting-link");
        File.WriteAllText(secret, link + "\n");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var run = Path.Combine(parentOfRun ?? Path.GetTempPath(), $"agent-{Guid.NewGuid():N}"[..14]); // a socket's path must be short
        var settings = new JsonObject
        {
            ["kit"] = kit,
            ["school"] = "École des Tilleuls, Schaerbeek",
            ["room"] = "5e année B, local 12",
            ["meeting"] = new JsonObject { ["description"] = description ?? Path.Combine(Checkout.Root, "configs", "meeting", "janus.json"), ["linkFile"] = secret },
            ["keys"] = new JsonObject { ["listen"] = false },
            ["metricsSeconds"] = 10, // a test lasts no five minutes
            ["holidays"] = Path.Combine(Checkout.Root, "configs", "holidays", "fwb.ics"),
            ["camera"] = new JsonObject { ["name"] = "Virtual" }, // the kiosk's virtual devices
            ["speakerphone"] = new JsonObject { ["name"] = "Virtual" },
            ["computer"] = new JsonObject { ["battery"] = false, ["display"] = false }, // the machine may have any
            ["folders"] = new JsonObject { ["run"] = run, ["kiosk"] = kiosk, ["logs"] = logs ?? Path.Combine(folder, "logs"), ["data"] = data ?? Path.Combine(folder, "data") },
        };
        if (brokerPort is { } port)
            settings["broker"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = port, ["keepAliveSeconds"] = 20 }; // a test waits no minute
        change?.Invoke(settings);
        File.WriteAllText(Path.Combine(folder, "kit.json"), settings.ToJsonString(new() { WriteIndented = true }));
        if (clockCanBeSet)
            File.WriteAllText(Clock(folder), "+0");
        return new(folder, run, cable);
    }

    /// <summary>Starts it again on the same settings, after it was killed.</summary>
    public void StartAgain() => child = Run(folder, cable, clockKept);

    /// <summary>Starts it again in a world where a time server keeps its clock.</summary>
    public async Task StartAgainInTime()
    {
        clockKept = await KeptClock.In(folder);
        StartAgain();
    }

    /// <summary>
    /// Sets the wall clock that it sees, and no other: <paramref name="offset"/> as faketime writes it, such as <c>+3d</c>. Its monotonic clock
    /// goes on, as when somebody sets a kit's clock. Only for an agent started with <c>clockCanBeSet</c>.
    /// </summary>
    public void SetClock(string offset)
    {
        File.WriteAllText(Clock(folder) + ".next", offset);
        File.Move(Clock(folder) + ".next", Clock(folder), overwrite: true);
    }

    /// <summary>Ends it at once, without a word.</summary>
    public Task Kill() => child.Kill();

    /// <summary>Runs <c>classcontact</c> with these arguments and <c>--settings</c>; returns its exit code and what it wrote.</summary>
    public async Task<(int Code, string Output)> Command(params string[] arguments)
    {
        var name = $"classcontact-{string.Join('-', arguments.Where(a => !a.StartsWith('-')))}-{Guid.NewGuid():N}";
        await using var command = ChildProcess.Start(name, folder, Program, [.. arguments, "--settings", Settings], cable: cable);
        var (code, output) = (await command.Ended().WaitAsync(WaitFor.Generous), command.Output());
        File.Delete(command.Log);
        return (code, output);
    }

    /// <summary>Asks at its socket, as a key press does: <c>start</c>, <c>end</c>, <c>status</c>. Starts no process; null while no agent answers.</summary>
    public async Task<JsonElement?> Ask(string request)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(RunFolder, "press.sock")), patience.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes(request + "\n"), patience.Token);
            using var reader = new StreamReader(new NetworkStream(socket));
            var answer = await reader.ReadToEndAsync(patience.Token);
            return answer.Length == 0 ? null : JsonDocument.Parse(answer).RootElement;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>What <c>classcontact status --json</c> says; null while no agent answers.</summary>
    public async Task<JsonElement?> Status()
    {
        var (code, output) = await Command("status", "--json");
        return code == 0 ? JsonDocument.Parse(output).RootElement : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        Directory.Delete(RunFolder, recursive: true);
    }

    private static string Clock(string folder) => Path.Combine(folder, "clock");

    // $LIB is for the loader: where this architecture keeps its libraries.
    private static ChildProcess Run(string folder, Cable? cable, IReadOnlyDictionary<string, string?>? more = null) => ChildProcess.Start(
        "agent", folder, Program, ["run", "--settings", Path.Combine(folder, "kit.json")],
        File.Exists(Clock(folder))
            ? new Dictionary<string, string?>
            {
                ["LD_PRELOAD"] = "/usr/$LIB/faketime/libfaketimeMT.so.1",
                ["FAKETIME_TIMESTAMP_FILE"] = Clock(folder),
                ["FAKETIME_NO_CACHE"] = "1",
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            }
            : more, cable);

    // The part of the running test's folder from "bin" on: bin/Debug/net10.0, or with other libraries bin/Named/Debug/net10.0.
    private static string Below(string name)
    {
        var parts = AppContext.BaseDirectory.TrimEnd('/').Split('/');
        return string.Join('/', parts[Array.LastIndexOf(parts, name)..]);
    }
}
