using System.Net;
using System.Net.Sockets;
using ClassContact.Mqtt.Ways;

namespace ClassContact.Mqtt.Tests.Ways;

/// <summary>Every byte is counted once, whichever way it is read or written.</summary>
public sealed class TrafficTests
{
    private const Purpose Counted = Purpose.Enrolment; // nothing else here uses it

    [Fact]
    public async Task Every_byte_counts_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var far = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var near = Traffic.Counted(socket, Counted);
        var before = Of();

        near.Write(new byte[1], 0, 1);
        near.Write(new byte[2].AsSpan());
        near.WriteByte(0);
#pragma warning disable CA1835 // the older overloads are meant
        await near.WriteAsync(new byte[4], 0, 4, TestContext.Current.CancellationToken);
#pragma warning restore CA1835
        await near.WriteAsync(new byte[8].AsMemory(), TestContext.Current.CancellationToken);
        await far.GetStream().ReadExactlyAsync(new byte[16], TestContext.Current.CancellationToken);
        Assert.Equal((16, 0), Since(before));

#pragma warning disable CA1835
        foreach (var read in new Func<Task<int>>[]
        {
            () => Task.FromResult(near.Read(new byte[10], 0, 10)),
            () => Task.FromResult(near.Read(new byte[10].AsSpan())),
            () => near.ReadAsync(new byte[10], 0, 10),
            () => near.ReadAsync(new byte[10].AsMemory()).AsTask(),
        })
#pragma warning restore CA1835
        {
            await far.GetStream().WriteAsync(new byte[5], TestContext.Current.CancellationToken);
            for (var left = 5; left > 0; left -= await read())
            {
            }
        }
        Assert.Equal((16, 20), Since(before));
    }

    private static (long Sent, long Received) Of() => Traffic.All.Where(t => t.Purpose == Counted).Select(t => (t.Sent, t.Received)).Single();

    private static (long, long) Since((long Sent, long Received) before) => (Of().Sent - before.Sent, Of().Received - before.Received);
}
