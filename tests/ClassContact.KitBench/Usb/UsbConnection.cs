using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace ClassContact.KitBench.Usb;

/// <summary>One device plugged into one machine: carries each transfer to the device and its answer back. Each endpoint does one at a time, in order.</summary>
internal sealed class UsbConnection(UsbDevice device, UsbIpWire wire)
{
    private static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(20); // what an isochronous endpoint may make good
    private readonly ConcurrentDictionary<uint, CancellationTokenSource> waiting = [];
    private readonly Dictionary<uint, uint> ahead = []; // transfers that were taken back before they came, and by which request
    private uint last;
    private readonly Dictionary<(int, bool), Channel<Transfer>> endpoints = [];
    private readonly List<Task> serving = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Until the machine lets go of the device, or the wire is closed; nothing of it works on afterwards.</summary>
    /// <exception cref="InvalidDataException">The other end speaks no USB/IP.</exception>
    public async Task Run()
    {
        try
        {
            while (await wire.Read() is { } asked)
            {
                if (asked.Transfer is { } transfer)
                    await Begin(transfer);
                else
                    await TakeBack(asked);
            }
        }
        finally
        {
            foreach (var endpoint in endpoints.Values) endpoint.Writer.Complete();
            foreach (var stop in waiting.Values) await stop.CancelAsync();
            await Task.WhenAll(serving);
        }
    }

    private async Task Begin(Transfer transfer)
    {
        last = transfer.Number;
        if (ahead.Remove(transfer.Number, out var request))
        {
            await Write(() => UsbIpWire.TakenBack(request, true));
            return;
        }

        waiting[transfer.Number] = new();
        var key = (transfer.Endpoint, transfer.IsIn && transfer.Endpoint != 0);
        if (!endpoints.TryGetValue(key, out var endpoint))
        {
            endpoints[key] = endpoint = Channel.CreateUnbounded<Transfer>();
            serving.Add(Serve(endpoint.Reader));
        }

        endpoint.Writer.TryWrite(transfer);
    }

    // A kernel that was told "done already" takes no answer any more: which of the two it gets is decided when its turn to be written has come. It sends
    // transfers in the order of their numbers, but may take one back before it sends it (vhci_tx of Linux 6.1); an answer to it then would be one too many.
    private async Task TakeBack(Asked asked)
    {
        if (asked.TakenBack > last)
        {
            ahead[asked.TakenBack] = asked.Number;
            return;
        }

        CancellationTokenSource? stop = null;
        await Write(() => UsbIpWire.TakenBack(asked.Number, waiting.TryRemove(asked.TakenBack, out stop)));
        if (stop is not null) await stop.CancelAsync();
    }

    private async Task Serve(ChannelReader<Transfer> transfers)
    {
        try
        {
            var due = TimeSpan.Zero;
            await foreach (var transfer in transfers.ReadAllAsync())
            {
                if (!waiting.TryGetValue(transfer.Number, out var stop)) continue; // taken back
                if (transfer.Packets.Length > 0) due = Due(due, transfer);
                if (await Answer(transfer, due, stop.Token) is { } outcome)
                    await Write(() => waiting.TryRemove(transfer.Number, out _) ? UsbIpWire.Done(transfer, outcome) : null);
            }
        }
        catch
        {
            wire.Dispose(); // the device is at fault, and is as good as unplugged
            throw;
        }
    }

    private async Task<Outcome?> Answer(Transfer transfer, TimeSpan due, CancellationToken ct)
    {
        try
        {
            if (transfer.Packets.Length > 0 && due - watch.Elapsed is { Ticks: > 0 } wait) await Task.Delay(wait, ct);
            return await device.Answer(transfer, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null; // taken back, or unplugged
        }
    }

    private async Task Write(Func<byte[]?> decide)
    {
        try
        {
            await wire.Write(decide);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Unplugged: the reader sees it, too.
        }
    }

    // Isochronous transfers take as long as their packets last, and a little jitter does not add up.
    private TimeSpan Due(TimeSpan last, Transfer transfer)
    {
        var now = watch.Elapsed;
        return (last > now - Behind ? last : now) + transfer.Packets.Length * device.PacketTime;
    }
}
