using System.Collections.Concurrent;
using ClassContact.Kit.Screen;

namespace ClassContact.Classroom;

/// <summary>
/// A whole kit on this machine, of real parts: broker, meeting, kiosk with sound server and browser, agent, and a pupil when one is wanted. Only
/// the camera and the speakerphone are virtual. Lives inside <c>packaging/linux/sandbox</c>.
/// </summary>
public sealed class WholeKit : IAsyncDisposable
{
    private readonly ChildProcess ear;

    private WholeKit(string folder, Broker broker, JanusMeeting meeting, Kiosk kiosk, AgentProcess agent, ChildProcess ear) =>
        (Folder, Broker, Meeting, Kiosk, Agent, this.ear) = (folder, broker, meeting, kiosk, agent, ear);

    /// <summary>Logs and pictures.</summary>
    public string Folder { get; }

    /// <summary>A real Mosquitto.</summary>
    public Broker Broker { get; }

    /// <summary>A real Janus.</summary>
    public JanusMeeting Meeting { get; }

    /// <summary>Screen, sound server and Chromium.</summary>
    public Kiosk Kiosk { get; }

    /// <summary>The agent.</summary>
    public AgentProcess Agent { get; }

    /// <summary>Every message since the start, <c>topic document</c> a line, as <c>mosquitto_sub</c> heard it.</summary>
    public IReadOnlyList<string> Heard => [.. ear.Output().Split('\n').Where(IsMessage).Select(line => line[2..])];

    /// <summary>What was heard of every kit of this process that has been disposed, each with <c>1 </c> before it when it was sent to be retained.</summary>
    public static IReadOnlyCollection<string> HeardOfAll => HeardSoFar;

    private static readonly ConcurrentQueue<string> HeardSoFar = [];

    /// <summary>The pupil, while there is one.</summary>
    public Pupil? Pupil { get; private set; }

    /// <summary>Starts everything and waits for the browser; the agent may still be on its way. The meeting's page runs <paramref name="inThePage"/>, too.</summary>
    public static async Task<WholeKit> Start(
        string folder, string screen = "1366x768", string display = "virtual", string? secret = null, string? logs = null, string? parentOfRun = null,
        bool clockCanBeSet = false, string inThePage = "", string? data = null)
    {
        var broker = await Broker.Start(tls: null);
        var ear = ChildProcess.Start("heard", folder, "mosquitto_sub",
            ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-V", "mqttv5", "--retain-as-published", "-t", "classcontact/#", "-F", "%r %t %p"]);
        var meeting = await JanusMeeting.Open(folder, inThePage);
        var standby = new Uri(Path.Combine(Path.GetDirectoryName(AgentProcess.Program)!, "screen", Path.GetFileName(ScreenFiles.StandbyPage))).AbsoluteUri;
        var kiosk = await Kiosk.Start(folder, standby, [meeting.Origin], screen, display);
        var agent = AgentProcess.Start(Path.Combine(folder, "agent"), meeting.Url(secret), kiosk.Run, broker.Port, logs: logs, parentOfRun: parentOfRun, clockCanBeSet: clockCanBeSet, data: data);
        return new(folder, broker, meeting, kiosk, agent, ear);
    }

    /// <summary>Waits until the call is in a state, as <c>classcontact status</c> says it.</summary>
    public async Task Reaches(string state, TimeSpan? deadline = null) => await WaitFor.That(
        $"the call to be '{state}'",
        async () => (await Agent.Status())?.GetProperty("call") is { } call ? (State: call.GetProperty("state").GetString(), call) : (null, default),
        seen => seen.State == state, deadline);

    /// <summary>The pupil comes.</summary>
    public async Task PupilJoins() => Pupil = await Pupil.Join(Folder, Agent.Settings);

    /// <summary>The pupil goes.</summary>
    public async Task PupilLeaves()
    {
        if (Pupil is { } leaving)
            await leaving.DisposeAsync();
        Pupil = null;
    }

    /// <summary>Everything that the broker keeps, <c>topic document</c> a line, as <c>mosquitto_sub</c> reads it.</summary>
    public async Task<IReadOnlyList<string>> Retained()
    {
        await using var read = ChildProcess.Start($"retained-{Guid.NewGuid():N}", Folder, "mosquitto_sub",
            ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-t", "classcontact/#", "-v", "--retained-only", "-W", "1"]);
        await read.Ended();
        return read.Output().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("classcontact/", StringComparison.Ordinal)).ToList();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await PupilLeaves();
        await Agent.DisposeAsync();
        await Kiosk.DisposeAsync();
        await ear.DisposeAsync();
        foreach (var line in ear.Output().Split('\n').Where(IsMessage))
            HeardSoFar.Enqueue(line);
        await Meeting.DisposeAsync();
        await Broker.DisposeAsync();
    }

    private static bool IsMessage(string line) => line.Length > 2 && line.AsSpan(1).StartsWith(" classcontact/", StringComparison.Ordinal);
}
