using System.Diagnostics;
using System.Text.Json.Nodes;
using ClassContact.Classroom;

namespace ClassContact.Bench.Footprint;

/// <summary>
/// A kit of its own for one agent: kiosk with sound server and browser, certificate, settings, and a copy of the published program, so that the
/// agent shares its program's pages with no other, as on a kit.
/// </summary>
internal sealed class MeasuredKit : IAsyncDisposable
{
    private readonly string program;
    private readonly string settings;
    private readonly string folder;
    private readonly Kiosk kiosk;

    private MeasuredKit(string name, string folder, string program, string settings, Kiosk kiosk) =>
        (Name, this.folder, this.program, this.settings, this.kiosk) = (name, folder, program, settings, kiosk);

    /// <summary>On the wire.</summary>
    public string Name { get; }

    /// <summary>The agent, once started.</summary>
    public ChildProcess? Agent { get; private set; }

    /// <param name="room">Broker, certificates and meeting.</param>
    /// <param name="profile">Which publish profile's program.</param>
    /// <param name="name">On the wire.</param>
    /// <param name="metricsSeconds">So often it publishes figures.</param>
    public static async Task<MeasuredKit> SetUp(ServerRoom room, string profile, string name, int metricsSeconds)
    {
        var folder = Path.Combine(room.Folder, name);
        var programs = await room.CopyOf(profile, name);
        var kiosk = await Kiosk.Start(folder, StandbyIn(programs), [room.Meeting.Origin]);
        var settings = Path.Combine(folder, "kit.json");
        await File.WriteAllTextAsync(settings, Settings(room, name, folder, kiosk.Run, metricsSeconds).ToJsonString());
        return new(name, folder, Path.Combine(programs, "classcontact"), settings, kiosk);
    }

    /// <summary>The standby page that a program of this folder shows.</summary>
    public static string StandbyIn(string programs) => new Uri(Path.Combine(programs, "screen", "standby.html")).AbsoluteUri;

    /// <summary>Starts the agent; returns the moment just before, of <see cref="Stopwatch"/>.</summary>
    public long Start()
    {
        var before = Stopwatch.GetTimestamp();
        Agent = ChildProcess.Start("agent", folder, program, ["run", "--settings", settings]);
        return before;
    }

    public async Task Stop()
    {
        if (Agent is not null)
            await Agent.DisposeAsync();
        Agent = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await kiosk.DisposeAsync();
        Directory.Delete(Path.Combine(Path.GetTempPath(), Name), recursive: true);
    }

    private static JsonObject Settings(ServerRoom room, string name, string folder, string kiosk, int metricsSeconds)
    {
        var link = Path.Combine(folder, "meeting-link");
        File.WriteAllText(link, room.Meeting.Url() + "\n");
        File.SetUnixFileMode(link, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var run = Path.Combine(Path.GetTempPath(), name); // a socket's path must be short
        // No input device exists in the sandbox: the agent listens, on a folder that is empty.
        Directory.CreateDirectory(Path.Combine(run, "input"));
        var tls = room.Certificate(name);
        return new()
        {
            ["kit"] = name,
            ["school"] = "École des Tilleuls, Schaerbeek",
            ["room"] = "5e année B, local 12",
            ["meeting"] = new JsonObject { ["description"] = Path.Combine(Checkout.Root, "configs", "meeting", "janus.json"), ["linkFile"] = link },
            // A kit without faults: one with faults looks again every half minute for ten minutes.
            ["camera"] = new JsonObject { ["name"] = "Virtual" },
            ["speakerphone"] = new JsonObject { ["name"] = "Virtual" },
            ["computer"] = new JsonObject { ["battery"] = false, ["display"] = false },
            ["keys"] = new JsonObject { ["listen"] = false },
            ["folders"] = new JsonObject
            {
                ["run"] = run, ["kiosk"] = kiosk, ["logs"] = Path.Combine(folder, "logs"), ["input"] = Path.Combine(run, "input"),
            },
            ["metricsSeconds"] = metricsSeconds,
            ["broker"] = new JsonObject
            {
                ["host"] = "127.0.0.1", ["port"] = room.Broker.Port,
                ["tls"] = new JsonObject { ["caFile"] = tls.CaFile, ["certificateFile"] = tls.CertificateFile, ["keyFile"] = tls.KeyFile },
            },
        };
    }
}
