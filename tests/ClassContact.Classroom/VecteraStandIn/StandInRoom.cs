using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace ClassContact.Classroom.VecteraStandIn;

/// <summary>The room: who is in it, who knocks, and what they say to one another to get connected. Sound and picture never come here.</summary>
internal sealed class StandInRoom(string accessKey)
{
    /// <summary>A page that is gone without a word stays in the room for so long, as in real products.</summary>
    private static readonly TimeSpan Vanished = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Participant> participants = [];
    private readonly Dictionary<string, long> left = []; // when a guest was last in the room

    public bool IsLocked { get; set; } = true;

    public bool HostLetsIn { get; set; } = true;

    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(2);

    public string[] Present => Those(p => p.HasEntered);

    public string[] Knocking => Those(p => !p.HasEntered);

    /// <summary>How many times somebody knocked.</summary>
    public int Knocks { get; private set; }

    /// <summary>Serves one page's signalling until it breaks off.</summary>
    public async Task Serve(WebSocket socket, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Participant? participant = null;
        try
        {
            if (await Word.Read(socket, ct) is not { } first)
                return;
            participant = Arrives(first, socket);
            var sending = participant.Send(socket, stop.Token);
            while (await Word.Read(socket, ct) is { } word)
                Hear(participant, word);
            await stop.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It vanished, or its connection was cut.
        }
        finally
        {
            await stop.CancelAsync();
            if (participant is not null)
                _ = BreaksOff(participant, socket);
        }
    }

    /// <summary>A host lets everybody in who knocks.</summary>
    public void LetIn()
    {
        lock (gate)
        {
            foreach (var knocking in participants.Values.Where(p => !p.HasEntered && p.IsOnline).ToList())
                Enter(knocking);
        }
    }

    /// <summary>Says something to every page.</summary>
    public void SayToAll(JsonObject word)
    {
        lock (gate)
            Tell(participants.Values, word);
    }

    /// <summary>Cuts every signalling connection; the pages are still taken for present.</summary>
    public void Cut()
    {
        lock (gate)
        {
            foreach (var participant in participants.Values)
                participant.Socket?.Abort();
        }
    }

    /// <summary>Forgets who is in the room, but not whom it knows: that survives a server's restart.</summary>
    public void Empty()
    {
        lock (gate)
        {
            foreach (var participant in participants.Values.ToList())
                Remove(participant);
        }
    }

    private string[] Those(Func<Participant, bool> which)
    {
        lock (gate)
            return [.. participants.Values.Where(which).Select(p => p.Name)];
    }

    private Participant Arrives(JsonObject word, WebSocket socket)
    {
        lock (gate)
        {
            var id = (string)word["id"]!;
            var was = participants.GetValueOrDefault(id);
            var participant = new Participant(id, (string)word["name"]!, (string?)word["key"] == accessKey ? null : (string)word["guest"]!) { Socket = socket };
            participants[id] = participant;
            if (participant.IsHost || !IsLocked || was?.HasEntered == true || IsKnown(participant.Guest!))
                Enter(participant);
            else
                Knock(participant);
            return participant;
        }
    }

    private bool IsKnown(string guest) => left.TryGetValue(guest, out var at) && TimeProvider.System.GetElapsedTime(at) <= Grace;

    private void Enter(Participant participant)
    {
        participant.HasEntered = true;
        var others = participants.Values.Where(p => p != participant && p.HasEntered && p.IsOnline).ToList();
        participant.Say(new() { ["type"] = "entered", ["others"] = new JsonArray([.. others.Select(o => (JsonNode)o.Id)]) });
        Tell(others, new() { ["type"] = "came", ["id"] = participant.Id });
        if (participant.IsHost && HostLetsIn)
            LetIn();
    }

    private void Knock(Participant participant)
    {
        Knocks++;
        participant.Say(new() { ["type"] = "knocking" });
        if (HostLetsIn && participants.Values.Any(p => p.IsHost && p.HasEntered && p.IsOnline))
            Enter(participant);
    }

    private void Hear(Participant from, JsonObject word)
    {
        lock (gate)
        {
            if ((string?)word["type"] == "leave")
                Remove(from);
            else if (participants.GetValueOrDefault((string?)word["to"] ?? "") is { HasEntered: true } to && from.HasEntered)
                to.Say(new() { ["type"] = "signal", ["from"] = from.Id, ["signal"] = word["signal"]!.DeepClone() });
        }
    }

    private async Task BreaksOff(Participant participant, WebSocket socket)
    {
        lock (gate)
        {
            if (participant.Socket == socket)
                participant.Socket = null;
        }
        if (participant.HasEntered)
            await Task.Delay(Vanished);
        lock (gate)
            Remove(participant);
    }

    // One who came back meanwhile is another one under the same id.
    private void Remove(Participant participant)
    {
        if (participants.GetValueOrDefault(participant.Id) != participant)
            return;
        participants.Remove(participant.Id);
        if (!participant.HasEntered)
            return;
        if (participant.Guest is { } guest)
            left[guest] = TimeProvider.System.GetTimestamp();
        Tell(participants.Values.Where(p => p.HasEntered), new() { ["type"] = "left", ["id"] = participant.Id });
    }

    private static void Tell(IEnumerable<Participant> whom, JsonObject word)
    {
        foreach (var participant in whom)
            participant.Say((JsonObject)word.DeepClone());
    }
}
