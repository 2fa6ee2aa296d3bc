using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClassContact.Classroom.Network;
using ClassContact.Kit.Screen;

namespace ClassContact.Classroom;

/// <summary>
/// A whole kit on this machine, of real parts: broker, meeting, kiosk with sound server and browser, agent, and a pupil when one is wanted. Only
/// the camera and the speakerphone are virtual. Lives inside <c>packaging/linux/sandbox</c>.
/// </summary>
public sealed class WholeKit : IAsyncDisposable
{
    private readonly ChildProcess ear;
    private readonly Cable? cable;

    private WholeKit(string folder, Broker broker, IMeeting meeting, Kiosk kiosk, AgentProcess agent, ChildProcess ear, Cable? cable) =>
        (Folder, Broker, Meeting, Kiosk, Agent, this.ear, this.cable) = (folder, broker, meeting, kiosk, agent, ear, cable);

    /// <summary>Logs and pictures.</summary>
    public string Folder { get; }

    /// <summary>A real Mosquitto.</summary>
    public Broker Broker { get; }

    /// <summary>A real Janus, unless another meeting was asked for.</summary>
    public IMeeting Meeting { get; }

    /// <summary>Screen, sound server and Chromium.</summary>
    public Kiosk Kiosk { get; }

    /// <summary>The cable that kiosk and agent are behind, in a kit that was started with a network.</summary>
    public Cable Cable => cable ?? throw new InvalidOperationException("this kit was started without a network of its own");

    /// <summary>The agent.</summary>
    public AgentProcess Agent { get; }

    /// <summary>Every message since the start, <c>topic document</c> a line, as <c>mosquitto_sub</c> heard it.</summary>
    public IReadOnlyList<string> Heard => [.. ear.Output().Split('\n').Where(IsMessage).Select(line => line[2..])];

    /// <summary>What was heard of every kit of this process that has been disposed, each with <c>1 </c> before it when it was sent to be retained.</summary>
    public static IReadOnlyCollection<string> HeardOfAll => HeardSoFar;

    private static readonly ConcurrentQueue<string> HeardSoFar = [];

    /// <summary>The pupil, while there is one.</summary>
    public Pupil? Pupil { get; private set; }

    /// <summary>
    /// Starts everything and waits for the browser; the agent may still be on its way. The meeting is Janus, whose page runs <paramref name="inThePage"/>,
    /// too, or the one that <paramref name="open"/> opens; it is the kit's from then on. With <paramref name="network"/> kiosk and agent are behind a
    /// <see cref="Cable"/>, and broker, meeting and pupil on its other side. <paramref name="change"/> has the last word on the agent's settings.
    /// </summary>
    public static async Task<WholeKit> Start(
        string folder, string screen = "1366x768", string display = "virtual", string? secret = null, string? logs = null, string? parentOfRun = null,
        bool clockCanBeSet = false, string inThePage = "", bool network = false, Func<Task<IMeeting>>? open = null, string? data = null,
        Action<JsonObject>? change = null)
    {
        var meeting = open is null ? await JanusMeeting.Open(folder, inThePage) : await open();
        var broker = await Broker.Start(tls: null);
        var ear = ChildProcess.Start("heard", folder, "mosquitto_sub",
            ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-V", "mqttv5", "--retain-as-published", "-t", "classcontact/#", "-F", "%r %t %p"]);
        var standby = new Uri(Path.Combine(Path.GetDirectoryName(AgentProcess.Program)!, "screen", Path.GetFileName(ScreenFiles.StandbyPage))).AbsoluteUri;
        var cable = network ? await Cable.Lay(folder) : null;
        var kiosk = await Kiosk.Start(folder, standby, [meeting.Origin], screen, display, cable);
        var agent = AgentProcess.Start(
            Path.Combine(folder, "agent"), meeting.Url(secret), kiosk.Run, broker.Port, logs: logs, parentOfRun: parentOfRun, clockCanBeSet: clockCanBeSet, cable: cable,
            description: meeting.Description, data: data, change: change);
        return new(folder, broker, meeting, kiosk, agent, ear, cable);
    }

    /// <summary>Waits until the call is in a state, as <c>classcontact status</c> says it.</summary>
    public async Task Reaches(string state, TimeSpan? deadline = null) => await WaitFor.That(
        $"the call to be '{state}'",
        async () => (await Agent.Status())?.GetProperty("call") is { } call ? (State: call.GetProperty("state").GetString(), call) : (null, default),
        seen => seen.State == state, deadline);

    /// <summary>The pupil comes.</summary>
    public async Task PupilJoins() => Pupil = await Pupil.Join(Folder, Agent.Settings, Meeting.Pupils);

    /// <summary>The pupil's browser is there, and outside the meeting.</summary>
    public async Task PupilArrives() => Pupil = await Pupil.Arrive(Folder, Agent.Settings, Meeting.Pupils);

    /// <summary>The pupil goes.</summary>
    public async Task PupilLeaves()
    {
        if (Pupil is { } leaving)
            await leaving.DisposeAsync();
        Pupil = null;
    }

    /// <summary>
    /// Puts the kit to sleep: every process of kiosk and agent stops, and the world goes on. Unlike in a real one their monotonic clocks go on, too.
    /// </summary>
    public void Suspend()
    {
        ProcessSession.Send(Agent.Process.Id, Signal.Stop);
        ProcessSession.Send(Kiosk.Session, Signal.Stop);
    }

    /// <summary>Wakes it; the agent's wall clock may have been set meanwhile, <see cref="AgentProcess.SetClock"/>.</summary>
    public void Resume()
    {
        ProcessSession.Send(Kiosk.Session, Signal.Continue);
        ProcessSession.Send(Agent.Process.Id, Signal.Continue);
    }

    /// <summary>Waits until <see cref="Heard"/> goes on after the broker was started anew. What is said for it looks like a request that nobody gets.</summary>
    public async Task IsHeardAgain()
    {
        const string Topic = "classcontact/v1/nobody/request/hear";
        await WaitFor.That("the ear at the new broker", async () =>
        {
            await ChildProcess.Run("probe", Folder, "mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-t", Topic, "-m", "{}"]);
            return Heard.Any(line => line.StartsWith(Topic, StringComparison.Ordinal));
        }, heard => heard);
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
        if (cable is not null)
            await cable.DisposeAsync();
        await ear.DisposeAsync();
        foreach (var line in ear.Output().Split('\n').Where(IsMessage))
            HeardSoFar.Enqueue(line);
        await Meeting.DisposeAsync();
        await Broker.DisposeAsync();
    }

    private static bool IsMessage(string line) => line.Length > 2 && line.AsSpan(1).StartsWith(" classcontact/", StringComparison.Ordinal);
}
