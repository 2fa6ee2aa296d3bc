using System.Threading.Channels;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Microsoft.Extensions.Logging;
using Channel = ClassContact.Messages.Channel;

namespace ClassContact.Kit.Requests;

/// <summary>
/// Takes in what the helpdesk asks for, and has it done, one after the other. It outlives connections, so that a request that comes again over the next is
/// known. A disk that hangs holds up requests and nothing else.
/// </summary>
public sealed class RequestDesk
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    // What does not fit is a flood, and nobody waits for a flood.
    private readonly Channel<Func<RequestGate, GateStep>> inbox = System.Threading.Channels.Channel.CreateBounded<Func<RequestGate, GateStep>>(256);
    private readonly Dictionary<string, TimeSpan> logged = []; // by verdict: a handful
    private readonly KitId kit;
    private readonly RequestParts parts;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly BookFile file;
    private readonly DeedRunner deeds;
    private RequestGate gate;

    /// <summary>Does nothing before <see cref="Run"/>; what comes earlier waits.</summary>
    /// <param name="kit">Whose requests.</param>
    /// <param name="settings">What may be asked.</param>
    /// <param name="data">The kit's folder for what outlasts a reboot.</param>
    /// <param name="parts">The rest of the kit.</param>
    /// <param name="log">Gets verdicts, each once a minute; never a text, an id or a name from outside.</param>
    public RequestDesk(KitId kit, RequestSettings settings, string data, RequestParts parts, ILogger log)
    {
        (this.kit, this.parts, this.log, time) = (kit, parts, log, TimeProvider.System);
        file = new(data, log);
        deeds = new(parts, Ended, log);
        gate = new(settings.Names(), RequestBook.Empty, "");
    }

    /// <summary>Times floods and what is shown.</summary>
    public TimeProvider Time
    {
        init => (time, deeds.Time) = (value, value);
    }

    /// <summary>The computer's start, to know whether one has passed.</summary>
    internal Func<string> Boot { private get; init; } = KernelBoot.Read;

    /// <summary>The name of what is being done for the helpdesk, for the room to read; null for nothing.</summary>
    public string? Doing => deeds.Doing;

    /// <summary>A class begins: a diagnosis ends at once, and so does the wish for a reboot.</summary>
    public void CallBegins() => deeds.CallBegins();

    /// <summary>A message was shown to the room.</summary>
    public void Shown(string id) => inbox.Writer.TryWrite(gate => gate.Shown(id));

    /// <summary>Subscribes to this kit's requests and takes them in until cancelled or the connection ends. A broker that refuses leaves the kit without
    /// requests until the next connection, and everything else as it was.</summary>
    internal async Task Serve(IMqttConnection connection, CancellationToken ct)
    {
        try
        {
            await connection.Subscribe(Topic.OfKit(kit, Channel.Request), ct);
            await foreach (var message in connection.Received.ReadAllAsync(ct))
                Take(message);
        }
        catch (MqttException e)
        {
            if (!await IsLost(connection))
                log.LogWarning("The broker lets this kit hear no requests: {Reason}", e.Message);
        }
        catch (OperationCanceledException)
        {
            // The connection is over, or the agent stops.
        }
    }

    /// <summary>Works until cancelled: says what became of what an earlier agent had begun, then decides on what comes and has it done.</summary>
    public async Task Run(CancellationToken ct)
    {
        Resume();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct); // neither works without the other
        Task[] both = [Decide(either.Token), deeds.Run(either.Token)];
        await Task.WhenAny(both);
        await either.CancelAsync();
        await Task.WhenAll(both);
    }

    private async Task Decide(CancellationToken ct)
    {
        await foreach (var decide in inbox.Reader.ReadAllAsync(ct))
            Carry(decide(gate));
    }

    private TimeSpan Now => time.GetElapsedTime(0);

    private void Resume()
    {
        var boot = Boot();
        var read = file.Read();
        var before = read ?? RequestBook.AfterLoss(parts.WallClock());
        gate = gate with { Book = before.Resumed(boot), Boot = boot };
        if (read is null || before.Entries.Any(entry => entry.Outcome is Outcome.Accepted))
            file.Keep(gate.Book);
        foreach (var entry in before.Entries.Where(entry => entry.Outcome is Outcome.Accepted))
            parts.Reply(gate.Book.Find(entry.Id)!.Reply);
    }

    internal void Take(MqttMessage message)
    {
        if (!Topic.TryParse(message.Topic, out var topic) || topic.Channel is not Channel.Request || topic.Kit != kit)
            Log("no-request");
        else if (!inbox.Writer.TryWrite(gate => gate.Hear(new(topic.Leaf!, message.Payload, message.Retained), Moment())))
            Log("flood");
    }

    private RequestMoment Moment() => new(Now, parts.WallClock(), parts.Situation());

    private ValueTask Ended(Wanted wanted, DeedEnd end) => inbox.Writer.WriteAsync(gate => gate.Ended(wanted.Request.Id, end.Reason, end.Bundle));

    // Written down first. What does no harm is done all the same when that fails; twice at worst.
    private void Carry(GateStep step)
    {
        if (step.Gate.Book != gate.Book && !file.Keep(step.Gate.Book) && step.Do is { IsHarmless: false } wanted)
            step = step.Gate.Ended(wanted.Request.Id, "not-kept");
        gate = step.Gate;
        Log(step.Verdict);
        if (step.Do is { Text: { } text } message)
            parts.Show(new(message.Request.Id, text));
        else if (step.Do is { } deed)
            deeds.Add(deed);
        if (step.Reply is { } reply)
            parts.Reply(reply); // what becomes of it comes through the inbox, so after this
    }

    // A subscription can fail a moment before the connection is known to be lost.
    private async Task<bool> IsLost(IMqttConnection connection)
    {
        await Task.WhenAny(connection.Lost, Task.Delay(TimeSpan.FromSeconds(1), time, CancellationToken.None));
        return connection.Lost.IsCompleted;
    }

    private void Log(string verdict)
    {
        lock (logged)
        {
            if (logged.TryGetValue(verdict, out var last) && Now - last < Quiet)
                return;
            logged[verdict] = Now;
        }
        log.LogInformation("A request of the helpdesk: {Verdict}", verdict);
    }
}
