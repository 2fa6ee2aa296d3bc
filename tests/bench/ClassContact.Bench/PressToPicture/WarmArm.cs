using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ClassContact.Classroom;

namespace ClassContact.Bench.PressToPicture;

/// <summary>The kit: its browser stands on the standby page, and the start is pressed at the agent's socket.</summary>
internal sealed class WarmArm(WholeKit kit, PageMarks marks)
{
    /// <summary>One launch and its end; times in ms from the press.</summary>
    public async Task<Launch> Run()
    {
        var press = Stopwatch.GetTimestamp();
        await Ask("start");
        var seen = await marks.After(press, "?room");
        var receipt = await WaitFor.That("the receipt", Receipt, r => r.TryGetProperty("firstRemoteMedia", out _));
        await Ask("end");
        await kit.Reaches("standby");
        return Launch.Of("warm", press, seen, receipt);
    }

    private async Task<JsonElement> Receipt() =>
        JsonDocument.Parse(await Ask("status")).RootElement.GetProperty("status").GetProperty("call").GetProperty("receipt");

    private async Task<string> Ask(string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(kit.Agent.RunFolder, "press.sock")));
        await socket.SendAsync(Encoding.ASCII.GetBytes(request + "\n"));
        using var reader = new StreamReader(new NetworkStream(socket));
        return await reader.ReadToEndAsync();
    }
}
