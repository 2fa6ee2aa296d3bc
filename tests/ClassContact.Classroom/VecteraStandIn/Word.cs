using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace ClassContact.Classroom.VecteraStandIn;

/// <summary>What pages and stand-in say to each other: one JSON object a message.</summary>
internal static class Word
{
    /// <summary>The next one; null when the page ends the connection properly.</summary>
    public static async Task<JsonObject?> Read(WebSocket socket, CancellationToken ct)
    {
        using var text = new MemoryStream();
        var part = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(part, ct);
            if (received.MessageType is WebSocketMessageType.Close)
                return null;
            text.Write(part, 0, received.Count);
            if (received.EndOfMessage)
                return JsonNode.Parse(text.ToArray())!.AsObject();
        }
    }
}
