using System.Net.Sockets;
using ClassContact.Mqtt.Ways;

namespace ClassContact.Mqtt.MqttNet;

/// <summary>
/// A counted socket that is not closed at once. Closing while the other side still sends makes TCP answer with a reset; the broker may meet that before it
/// has read the DISCONNECT, and then publishes the will of a client that said goodbye.
/// </summary>
internal sealed class PartingStream(Socket socket, TimeProvider time) : CountedStream(socket, Purpose.Helpdesk, ownsSocket: false)
{
    private readonly TaskCompletionSource parted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int parting;

    /// <summary>Completes when the socket is closed.</summary>
    internal Task Parted => parted.Task;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Interlocked.Exchange(ref parting, 1) == 0)
            _ = Part();
    }

    /// <summary>Sends the end and throws away what comes, until the broker has closed its side too.</summary>
    private async Task Part()
    {
        using var limit = new CancellationTokenSource(BrokerLine.Goodbye, time);
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
            var waste = new byte[4096];
            while (await Socket.ReceiveAsync(waste, limit.Token) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The broker is gone, or does not listen.
        }
        Socket.Dispose();
        parted.SetResult();
    }
}
