using System.Net;
using System.Net.Sockets;
using ClassContact.Mqtt;

namespace ClassContact.Classroom;

/// <summary>Something that listens like a broker and behaves as none of them would (a fake: Mosquitto cannot be made to).</summary>
public sealed class BadBroker : IAsyncDisposable
{
    // MQTT 5, 3.2: flags 0, success, no properties.
    private static readonly byte[] ConnAck = [0x20, 0x03, 0x00, 0x00, 0x00];

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Task serving;
    private int taken;

    /// <summary>Listens on a free port of 127.0.0.1.</summary>
    /// <param name="serve">What it does with each connection before it closes it.</param>
    public BadBroker(Func<NetworkStream, CancellationToken, Task> serve)
    {
        listener.Start();
        serving = Serve(serve);
    }

    /// <summary>How many connections it has taken.</summary>
    public int Taken => Volatile.Read(ref taken);

    /// <summary>The way to it, in a hurry.</summary>
    public BrokerSettings Settings => new("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, KeepAliveSeconds: 5, AnswerSeconds: 1);

    /// <summary>Takes the CONNECT, says yes, and then does something else.</summary>
    public static BadBroker After(Func<NetworkStream, CancellationToken, Task> then) => new(async (stream, ct) =>
    {
        await Next(stream, ct);
        await stream.WriteAsync(ConnAck, ct);
        await then(stream, ct);
    });

    /// <summary>Says yes and takes everything, and acknowledges nothing.</summary>
    public static BadBroker Dumb() => After(async (stream, ct) =>
    {
        while (await Next(stream, ct))
        {
        }
    });

    /// <summary>Reads whatever comes next, as long as somebody is there.</summary>
    public static async Task<bool> Next(NetworkStream stream, CancellationToken ct) => await stream.ReadAsync(new byte[64 * 1024], ct) > 0;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        await serving;
        over.Dispose();
    }

    private async Task Serve(Func<NetworkStream, CancellationToken, Task> serve)
    {
        var all = new List<Task>();
        try
        {
            while (true)
                all.Add(One(await listener.AcceptTcpClientAsync(over.Token), serve));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(all);
        }
    }

    private async Task One(TcpClient client, Func<NetworkStream, CancellationToken, Task> serve)
    {
        Interlocked.Increment(ref taken);
        using (client)
        {
            try
            {
                await serve(client.GetStream(), over.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client has gone, or the test is over.
            }
        }
    }
}
