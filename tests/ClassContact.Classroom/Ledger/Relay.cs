using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ClassContact.Classroom.Ledger;

/// <summary>A network between a kit and its broker that can be cut, or can hold everything back for a while: a TCP relay on 127.0.0.1.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly int broker;
    private readonly Task accepting;
    private volatile TaskCompletionSource flowing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Relay(int broker)
    {
        this.broker = broker;
        listener.Start();
        accepting = Accept();
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Lets everything pass, what was held back first.</summary>
    internal void Open() => flowing.TrySetResult();

    /// <summary>Holds back what is sent from now on; connections stay.</summary>
    internal void Hold()
    {
        if (flowing.Task.IsCompleted)
            flowing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Ends every connection at once, without a word of what was on its way.</summary>
    internal void Cut()
    {
        foreach (var socket in open.Keys.Where(socket => open.TryRemove(socket, out _)))
            Reset(socket);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Cut();
        Open();
        await accepting;
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new(true, 0);
            socket.Dispose();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It ended by itself just now.
        }
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task Serve(Socket kit)
    {
        open[kit] = true;
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        kit.NoDelay = true;
        try
        {
            await flowing.Task;
            open[far] = true;
            await far.ConnectAsync(IPAddress.Loopback, broker);
            await Task.WhenAny(Pass(kit, far), Pass(far, kit));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of the two is gone, which the other learns now.
        }
        open.TryRemove(kit, out _);
        open.TryRemove(far, out _);
        kit.Dispose();
    }

    private async Task Pass(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                await flowing.Task;
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut, or the other side is gone.
        }
    }
}
