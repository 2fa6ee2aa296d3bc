using System.Net;
using System.Net.Sockets;

namespace ClassContact.KitBench.Usb;

/// <summary>A device on its way into a machine: waits on 127.0.0.1 for the machine's kernel to take it. Disposing it pulls the plug.</summary>
public sealed class UsbPlug : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource pulled = new();
    private readonly Task serving;

    internal UsbPlug(UsbDevice device)
    {
        listener.Start(1);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        serving = Serve(device);
    }

    internal int Port { get; }

    /// <summary>Pulls the plug; the device lives on, without power.</summary>
    /// <exception cref="InvalidDataException">What took it was no kernel, or asked for what the device does not know; the message tells what.</exception>
    public async ValueTask DisposeAsync()
    {
        await pulled.CancelAsync();
        await serving;
    }

    private async Task Serve(UsbDevice device)
    {
        try
        {
            using var taker = await Taker();
            taker.NoDelay = true;
            using var wire = new UsbIpWire(taker.GetStream());
            await using var end = pulled.Token.Register(wire.Dispose);
            device.PowerOn();
            await new UsbConnection(device, wire).Run();
        }
        catch (OperationCanceledException) when (pulled.IsCancellationRequested)
        {
            // nobody took it
        }
    }

    private async Task<TcpClient> Taker()
    {
        using (listener)
            return await listener.AcceptTcpClientAsync(pulled.Token);
    }
}
