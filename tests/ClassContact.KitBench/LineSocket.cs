using System.Net.Sockets;
using ClassContact.Classroom;

namespace ClassContact.KitBench;

/// <summary>Lines to and from one of QEMU's Unix sockets.</summary>
internal sealed class LineSocket : IDisposable
{
    private readonly Socket socket;
    private readonly StreamReader reader;
    private readonly StreamWriter writer;

    private LineSocket(Socket socket)
    {
        this.socket = socket;
        var stream = new NetworkStream(socket);
        (reader, writer) = (new(stream), new(stream) { AutoFlush = true });
    }

    /// <summary>Connects as soon as QEMU listens there.</summary>
    /// <exception cref="TimeoutException">It did not within 30 s.</exception>
    public static async Task<LineSocket> Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await WaitFor.That($"QEMU to listen at {path}", () => TryConnect(socket, path));
        return new(socket);
    }

    /// <summary>Null when the other end is gone.</summary>
    public async Task<string?> Read()
    {
        try
        {
            return await reader.ReadLineAsync();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    public Task Write(string line) => writer.WriteAsync(line + "\n");

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private static bool TryConnect(Socket socket, string path)
    {
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
