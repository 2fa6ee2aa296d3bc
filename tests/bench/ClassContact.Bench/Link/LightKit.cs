using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using ClassContact.Mqtt;
using ClassContact.Mqtt.Ways;

namespace ClassContact.Bench.Link;

/// <summary>
/// A connection of a simulated kit: the kit's own line with its TLS and its certificate, and on it no more of MQTT 5 than a birth, a presence now
/// and then, and pings. It has no thread of its own, so that one process holds fifteen hundred.
/// </summary>
internal sealed class LightKit : IMqttConnection
{
    private readonly NetworkStream line;
    private readonly SslStream tls;
    private readonly TimeSpan keepAlive;
    private readonly SemaphoreSlim writing = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource> unanswered = [];
    private readonly TaskCompletionSource<string> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource over = new();
    private int lastId;
    private long said = Stopwatch.GetTimestamp();

    private LightKit(NetworkStream line, SslStream tls, TimeSpan keepAlive) => (this.line, this.tls, this.keepAlive) = (line, tls, keepAlive);

    public ChannelReader<MqttMessage> Received { get; } = Channel.CreateBounded<MqttMessage>(1).Reader;

    public Task<string> Lost => lost.Task;

    public static async Task<IMqttConnection> Open(BrokerSettings to, string id, MqttMessage will, CancellationToken ct)
    {
        var line = await Line.Dial(to, Purpose.Helpdesk, TimeProvider.System, ct);
        try
        {
            var kit = new LightKit(line, await Line.Secure(line, to, TimeProvider.System, ct), TimeSpan.FromSeconds(to.KeepAliveSeconds));
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(to.AnswerSeconds));
            await kit.tls.WriteAsync(Packet(0x10, [.. Text("MQTT"), 5, 0x2E, .. Number(to.KeepAliveSeconds), 0, .. Text(id), 0, .. Text(will.Topic), .. Number(will.Payload.Length), .. will.Payload.Span]), limit.Token);
            var (first, body) = await kit.Read(limit.Token);
            if (first != 0x20 || body[1] != 0)
                throw new MqttException($"refused: 0x{body[1]:X2}");
            _ = kit.Hear();
            _ = kit.Ping();
            return kit;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            await line.DisposeAsync();
            throw new MqttException(e is IOException ? Line.Closed : "no MQTT broker answered", e);
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    public async Task Publish(MqttMessage message, CancellationToken ct)
    {
        var id = 1 + (Interlocked.Increment(ref lastId) & 0x7FFF);
        var answered = unanswered[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Write(Packet(message.Retained ? (byte)0x33 : (byte)0x32, [.. Text(message.Topic), .. Number(id), 0, .. message.Payload.Span]));
        await Task.WhenAny(answered.Task, lost.Task).WaitAsync(TimeSpan.FromSeconds(10), ct);
        if (!answered.Task.IsCompleted)
            throw new MqttException("the connection is lost");
    }

    public Task Subscribe(string filter, CancellationToken ct) => throw new NotSupportedException();

    public async ValueTask DisposeAsync()
    {
        End("it was closed");
        await line.DisposeAsync();
        await tls.DisposeAsync();
    }

    private static byte[] Packet(byte first, ReadOnlySpan<byte> body) => body.Length < 0x80
        ? [first, (byte)body.Length, .. body]
        : [first, (byte)(0x80 | (body.Length & 0x7F)), (byte)(body.Length >> 7), .. body];

    private static byte[] Text(string text) => [.. Number(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Number(int number) => [(byte)(number >> 8), (byte)number];

    private async Task<(byte First, byte[] Body)> Read(CancellationToken ct)
    {
        var head = new byte[2];
        await tls.ReadExactlyAsync(head, ct);
        var body = new byte[head[1]]; // what a broker answers to this is short
        await tls.ReadExactlyAsync(body, ct);
        return (head[0], body);
    }

    private async Task Hear()
    {
        try
        {
            while (true)
            {
                var (first, body) = await Read(over.Token);
                if (first >> 4 == 4 && unanswered.TryRemove(BinaryPrimitives.ReadUInt16BigEndian(body), out var answered))
                    answered.TrySetResult();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            End(Line.Closed);
        }
    }

    // Who has just said something needs no ping.
    private async Task Ping()
    {
        while (!lost.Task.IsCompleted)
        {
            var left = keepAlive - Stopwatch.GetElapsedTime(Volatile.Read(ref said));
            if (left > TimeSpan.Zero)
                await Task.Delay(left, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else
                await Write([0xC0, 0]);
        }
    }

    private async Task Write(byte[] packet)
    {
        await writing.WaitAsync(CancellationToken.None);
        try
        {
            await tls.WriteAsync(packet, over.Token);
            Volatile.Write(ref said, Stopwatch.GetTimestamp());
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            End(Line.Closed);
        }
        finally
        {
            writing.Release();
        }
    }

    private void End(string reason)
    {
        if (lost.TrySetResult(reason))
            over.Cancel();
    }
}
