using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ClassContact.Agent.Local;

/// <summary>Asks the agent at its socket.</summary>
internal static class PressClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="SocketException">No agent listens there, or this user may not ask it.</exception>
    /// <exception cref="TimeoutException">The agent did not answer within 5 s.</exception>
    /// <exception cref="JsonException">What answered is not the agent.</exception>
    public static async Task<SocketAnswer> Ask(string socket, string request, TimeProvider time, CancellationToken ct)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(socket), ct);
        await client.SendAsync(Encoding.ASCII.GetBytes(request + "\n"), ct);
        await using var stream = new NetworkStream(client);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(ct).WaitAsync(Patience, time, ct);
        return JsonSerializer.Deserialize(answer, LocalJson.Default.SocketAnswer)!;
    }
}
