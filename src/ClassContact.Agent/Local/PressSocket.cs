using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using ClassContact.Agent.Words;
using ClassContact.Kit.Call;

namespace ClassContact.Agent.Local;

/// <summary>
/// The press socket: a Unix socket for whoever is at the kit (the try-out, a technician's shell). One request a connection, a line of text:
/// <c>start</c>, <c>end</c>, <c>mute</c>, <c>help</c> or <c>status</c>; the answer is one line of JSON. Who may press is a matter of the socket's file permission.
/// </summary>
internal sealed class PressSocket(string path, CallWorker call, Func<KitStatus> status, TimeProvider time, ILogger log)
{
    private const int LongestRequest = 64;
    private const int MostClients = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The help key.</summary>
    public required Action Help { private get; init; }

    /// <summary>The socket of a kit.</summary>
    /// <param name="runFolder">The agent's runtime folder.</param>
    public static string PathIn(string runFolder) => Path.Combine(runFolder, "press.sock");

    /// <summary>Listens until cancelled.</summary>
    [SupportedOSPlatform("linux")]
    public async Task Run(CancellationToken ct)
    {
        File.Delete(path); // a killed predecessor's; the instance lock says that it is not a living one's
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        listener.Listen(MostClients);
        var places = new SemaphoreSlim(MostClients);
        try
        {
            while (true)
            {
                // Side by side, so that one who says nothing holds up nobody; such a one is hung up on after 2 s.
                await places.WaitAsync(ct);
                _ = Serve(await listener.AcceptAsync(ct), places, ct);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task Serve(Socket client, SemaphoreSlim places, CancellationToken ct)
    {
        using var connection = client;
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            var answer = Answer(await ReadLine(client, either.Token));
            await client.SendAsync(JsonSerializer.SerializeToUtf8Bytes(answer, LocalJson.Default.SocketAnswer), either.Token);
            client.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("The press socket: a request did not come to its end: {Reason}", e.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // The agent stops.
        }
        finally
        {
            places.Release();
        }
    }

    private SocketAnswer Answer(string request)
    {
        switch (request)
        {
            case "start":
                call.Start("press");
                return new();
            case "end":
                call.Tell(new EndAsked());
                return new();
            case "mute" when call.Snapshot.State is not CallState.Consented:
                return new(CliWords.Say("press.nothing-to-mute"));
            case "mute":
                call.Tell(new MutePressed());
                return new();
            case "help":
                Help();
                return new();
            case "status":
                return new(Status: status());
            default:
                return new("the requests are: start, end, mute, help, status");
        }
    }

    private static async Task<string> ReadLine(Socket client, CancellationToken ct)
    {
        var buffer = new byte[LongestRequest];
        var length = 0;
        while (length < buffer.Length && !buffer.AsSpan(0, length).Contains((byte)'\n'))
        {
            var count = await client.ReceiveAsync(buffer.AsMemory(length), ct);
            if (count == 0)
                break;
            length += count;
        }
        return Encoding.ASCII.GetString(buffer, 0, length).Split('\n')[0].Trim();
    }
}
