using System.Threading.Channels;

namespace ClassContact.Kit.CallButton;

/// <summary>Ends a wait from any thread. Rung twice before anybody waits, it ends one wait.</summary>
internal sealed class Bell
{
    private readonly Channel<bool> rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Ends the wait that is under way, or the next one.</summary>
    public void Ring() => rung.Writer.TryWrite(true);

    /// <summary>Waits; true when it was rung, false when the time had passed or the other thing was done first. Does not throw.</summary>
    public async Task<bool> Wait(TimeSpan longest, Task other, TimeProvider time, CancellationToken ct)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ringing = rung.Reader.WaitToReadAsync(awake.Token).AsTask();
        await Task.WhenAny(ringing, other, Task.Delay(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, time, awake.Token));
        await awake.CancelAsync();
        return rung.Reader.TryRead(out _);
    }
}
