using System.Net;
using System.Net.Sockets;

namespace ClassContact.KitBench.Usb;

/// <summary>A device on its way into a machine: waits on 127.0.0.1 for the machine's kernel to take it. Disposing it pulls the plug.</summary>
public sealed class UsbPlug : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;
    private TcpClient? client;

    internal UsbPlug(UsbDevice device)
    {
        listener.Start(1);
        serving = Serve(device);
    }

    internal int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        client?.Client.Close();
        await serving;
        client?.Dispose();
        listener.Dispose();
    }

    private async Task Serve(UsbDevice device)
    {
        try
        {
            client = await listener.AcceptTcpClientAsync();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return; // nobody took it
        }

        client.NoDelay = true;
        using var wire = new UsbIpWire(client.GetStream());
        await new UsbConnection(device, wire).Run();
    }
}
