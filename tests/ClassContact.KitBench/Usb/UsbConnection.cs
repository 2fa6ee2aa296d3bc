using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace ClassContact.KitBench.Usb;

/// <summary>One device plugged into one machine: carries each transfer to the device and its answer back. Each endpoint does one at a time, in order.</summary>
internal sealed class UsbConnection(UsbDevice device, UsbIpWire wire)
{
    private const int Stall = -32; // EPIPE: the device refuses the request
    private static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(20); // what an isochronous endpoint may make good
    private readonly ConcurrentDictionary<uint, CancellationTokenSource> waiting = [];
    private readonly Dictionary<(int, bool), Channel<Transfer>> endpoints = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Until the machine lets go of the device, or is unplugged.</summary>
    public async Task Run()
    {
        while (await wire.Read() is { } asked)
        {
            if (asked.Transfer is { } transfer)
            {
                waiting[transfer.Number] = new();
                Endpoint(transfer).Writer.TryWrite(transfer);
            }
            else
            {
                var wasThere = waiting.TryRemove(asked.TakenBack, out var stop);
                if (stop is not null) await stop.CancelAsync();
                await wire.AnswerTakenBack(asked.Number, wasThere);
            }
        }

        foreach (var endpoint in endpoints.Values) endpoint.Writer.Complete();
        foreach (var stop in waiting.Values) await stop.CancelAsync();
    }

    private Channel<Transfer> Endpoint(Transfer transfer)
    {
        var key = (transfer.Endpoint, transfer.IsIn && transfer.Endpoint != 0);
        if (endpoints.TryGetValue(key, out var known)) return known;
        endpoints[key] = known = Channel.CreateUnbounded<Transfer>();
        _ = Serve(known.Reader);
        return known;
    }

    private async Task Serve(ChannelReader<Transfer> transfers)
    {
        var due = TimeSpan.Zero;
        await foreach (var transfer in transfers.ReadAllAsync())
        {
            if (!waiting.TryGetValue(transfer.Number, out var stop)) continue; // taken back
            try
            {
                if (transfer.Packets.Length > 0) due = await Pace(due, transfer, stop.Token);
                var (status, data, lengths) = await Answer(transfer, stop.Token);
                if (waiting.TryRemove(transfer.Number, out _)) await wire.Answer(transfer, status, data, lengths);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // Taken back, or unplugged: the reader of the wire sees the latter.
            }
        }
    }

    private async Task<(int Status, byte[] Data, int[]? Lengths)> Answer(Transfer transfer, CancellationToken ct)
    {
        if (transfer.Endpoint == 0)
            return device.Control(transfer.Setup, transfer.Data) is { } said ? (0, said, null) : (Stall, [], null);
        if (transfer.Packets.Length == 0)
            return (0, transfer.IsIn ? await device.Send(transfer.Endpoint, transfer.Length, ct) : [], null);
        if (!transfer.IsIn)
        {
            device.Receive(transfer.Data);
            return (0, [], null);
        }

        var packets = device.Send(transfer.Packets);
        return (0, [.. packets.SelectMany(packet => packet)], [.. packets.Select(packet => packet.Length)]);
    }

    // Isochronous transfers take as long as their packets last, and a little jitter does not add up.
    private async Task<TimeSpan> Pace(TimeSpan due, Transfer transfer, CancellationToken ct)
    {
        var now = watch.Elapsed;
        due = (due > now - Behind ? due : now) + transfer.Packets.Length * device.PacketTime;
        if (due - now is { Ticks: > 0 } wait) await Task.Delay(wait, ct);
        return due;
    }
}
