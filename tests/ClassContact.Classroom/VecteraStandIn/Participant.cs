using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace ClassContact.Classroom.VecteraStandIn;

/// <summary>One page that knocks or is in the room.</summary>
/// <param name="id">Chosen by the page; the same when its signalling comes back.</param>
/// <param name="name">What the others see.</param>
/// <param name="guest">Of the browser: who returns with it is known. Null for a host.</param>
internal sealed class Participant(string id, string name, string? guest)
{
    private readonly Channel<JsonObject> words = Channel.CreateUnbounded<JsonObject>();

    public string Id => id;

    public string Name => name;

    public string? Guest => guest;

    public bool IsHost => guest is null;

    /// <summary>In the room, no longer before its door.</summary>
    public bool HasEntered { get; set; }

    /// <summary>Its signalling connection; null after that broke.</summary>
    public WebSocket? Socket { get; set; }

    public bool IsOnline => Socket is not null;

    public void Say(JsonObject word) => words.Writer.TryWrite(word);

    /// <summary>Sends what is said, in order, until the connection ends.</summary>
    public async Task Send(WebSocket socket, CancellationToken ct)
    {
        await foreach (var word in words.Reader.ReadAllAsync(ct))
            await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(word.ToJsonString()), WebSocketMessageType.Text, true, ct);
    }
}
