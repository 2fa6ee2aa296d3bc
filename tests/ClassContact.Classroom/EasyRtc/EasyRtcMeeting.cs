namespace ClassContact.Classroom.EasyRtc;

/// <summary>
/// A meeting that is not ours: open-easyrtc's multiparty demo, in which sound and picture go straight between the participants. It comes from npm:
/// <c>tests/run</c> puts it into <c>artifacts/easyrtc</c> by <c>EasyRtc/install</c>. The page does not come back by itself when the server was away.
/// </summary>
public sealed class EasyRtcMeeting : IMeeting
{
    private const string Demo = "/demos/demo_multiparty.html";

    private static readonly string Here = Path.Combine(Checkout.Root, "tests", "ClassContact.Classroom", "EasyRtc");
    private static readonly string Modules = Path.Combine(Checkout.Root, "artifacts", "easyrtc");

    private readonly string folder;
    private readonly int port = FreePort.Next();
    private ChildProcess? server;

    private EasyRtcMeeting(string folder) => this.folder = folder;

    /// <summary>False where npm had nothing to install it from.</summary>
    public static bool IsInstalled => File.Exists(Path.Combine(Modules, "installed"));

    /// <inheritdoc/>
    public string Origin => $"http://127.0.0.1:{port}";

    /// <inheritdoc/>
    public string Description => Path.Combine(Here, "easyrtc.json");

    /// <inheritdoc/>
    public PupilsWay Pupils => new(Description, Url(), "easyrtc.enableMicrophone(false)", "easyrtc.enableCamera(false)", "(easyrtc.hangupAll(), easyrtc.disconnect())");

    /// <inheritdoc/>
    public string Url(string? secret = null) => $"{Origin}{Demo}{(secret is null ? "" : $"?key={secret}")}";

    /// <summary>Starts it, with its log in <paramref name="folder"/>, and waits until people can join.</summary>
    /// <exception cref="TimeoutException">It did not begin to listen within 30 s.</exception>
    public static async Task<EasyRtcMeeting> Open(string folder)
    {
        var meeting = new EasyRtcMeeting(folder);
        await meeting.Start();
        return meeting;
    }

    /// <inheritdoc/>
    public async Task Start()
    {
        server = ChildProcess.Start("easyrtc", folder, "node", [Path.Combine(Here, "server.js"), Modules, $"{port}"]);
        await WaitFor.That("easyrtc to listen", async () => (Listens: await FreePort.IsTaken(port), server), seen => seen.Listens);
    }

    /// <inheritdoc/>
    public async Task Kill()
    {
        if (server is not null)
            await server.Kill();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
