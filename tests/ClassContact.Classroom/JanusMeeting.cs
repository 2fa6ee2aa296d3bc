namespace ClassContact.Classroom;

/// <summary>
/// A meeting that is not ours: Debian's Janus with its VideoRoom demo. It listens on 127.0.0.1 only; media takes one address of this machine.
/// It keeps its ports when it is killed and started again.
/// </summary>
public sealed class JanusMeeting : IMeeting
{
    private const string Demos = "/usr/share/janus/demos";

    private readonly string folder;
    private readonly string inThePage;
    private readonly int sessionSeconds;
    private readonly int webPort = FreePort.Next();
    private readonly int socketPort = FreePort.Next();
    private StaticPages? pages;
    private ChildProcess? janus;

    private JanusMeeting(string folder, string inThePage, int sessionSeconds) => (this.folder, this.inThePage, this.sessionSeconds) = (folder, inThePage, sessionSeconds);

    /// <inheritdoc/>
    public string Origin => $"http://127.0.0.1:{webPort}";

    /// <inheritdoc/>
    public string Description => Path.Combine(Checkout.Root, "configs", "meeting", "janus.json");

    /// <inheritdoc/>
    public PupilsWay Pupils => new(Description, Url(), "sfutest.muteAudio()", "sfutest.muteVideo()", "janus.destroy()");

    /// <summary>The room's page. Like a real link it carries something that nobody else should read: here <paramref name="secret"/>.</summary>
    public string Url(string? secret = null) => $"{Origin}/videoroomtest.html?room=1234{(secret is null ? "" : $"&key={secret}")}";

    /// <summary>Janus's own log.</summary>
    public string Log => Path.Combine(folder, "janus.log");

    /// <summary>Starts a meeting, with its configuration and its log in <paramref name="folder"/>, and waits until people can join.</summary>
    /// <param name="folder">For both.</param>
    /// <param name="inThePage">A script that the room's page runs before Janus's own.</param>
    /// <param name="sessionSeconds">A page from which nothing was heard for so long is dropped; Janus's own figure unless given.</param>
    /// <exception cref="TimeoutException">Janus did not begin to listen within 30 s.</exception>
    public static async Task<JanusMeeting> Open(string folder, string inThePage = "", int sessionSeconds = 60)
    {
        var meeting = new JanusMeeting(folder, inThePage, sessionSeconds);
        await meeting.Start();
        return meeting;
    }

    /// <summary>Starts it again, on the same ports, with nobody in the room.</summary>
    /// <exception cref="TimeoutException">Janus did not begin to listen within 30 s.</exception>
    public async Task Start()
    {
        var configuration = JanusConfiguration.Write(Path.Combine(folder, "janus"), socketPort, sessionSeconds);
        pages = new(webPort, Demos, new Dictionary<string, string> { ["settings.js"] = Settings });
        janus = ChildProcess.Start("janus", folder, "janus", ["--disable-colors", "--configs-folder", configuration]);
        await WaitFor.That("Janus to listen", async () => (Listens: await FreePort.IsTaken(socketPort), janus), seen => seen.Listens);
    }

    /// <summary>Ends server and pages in the middle of everything, as a power cut would.</summary>
    public async Task Kill()
    {
        if (janus is not null) await janus.Kill();
        if (pages is not null) await pages.DisposeAsync();
        (janus, pages) = (null, null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (janus is not null) await janus.DisposeAsync();
        if (pages is not null) await pages.DisposeAsync();
    }

    // An empty list of ICE servers means none; null would mean a public one.
    private string Settings => $"""
        var server = "ws://127.0.0.1:{socketPort}";
        var iceServers = [];
        var token = "";
        var apisecret = "";
        {inThePage}
        """;
}
