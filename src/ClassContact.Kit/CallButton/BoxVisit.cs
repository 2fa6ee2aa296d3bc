using System.Text;
using ClassContact.Kit.Keys;

namespace ClassContact.Kit.CallButton;

/// <summary>One time that the line is open: moves bytes and time between the line and <see cref="BoxTalk"/>, and decides nothing.</summary>
/// <param name="line">The open line; whoever opened it closes it.</param>
/// <param name="lamp">What the lamp is to show.</param>
/// <param name="shown">Rung when that changed.</param>
/// <param name="give">Gets the strokes.</param>
/// <param name="time">Of all deadlines.</param>
internal sealed class BoxVisit(Stream line, Func<Lamp> lamp, Bell shown, Action<KeyStroke> give, TimeProvider time)
{
    private readonly byte[] buffer = new byte[256];
    private Task<int>? reading;
    private Task writing = Task.CompletedTask;

    /// <summary>What was said so far; null before <see cref="Run"/>.</summary>
    public BoxTalk? Talk { get; private set; }

    /// <summary>Ends when nothing of this visit uses the line any more: a driver that hangs may keep it for long.</summary>
    public Task Ended => Task.WhenAll(reading ?? Task.CompletedTask, writing).ContinueWith(
        _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Talks until something is wrong, and says what: one of <see cref="BoxTrouble"/>.</summary>
    /// <param name="changed">Told after each step.</param>
    /// <param name="ct">Ends it; the lamp is put out.</param>
    /// <exception cref="IOException">The line broke: the box was pulled out.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<string> Run(Action<BoxTalk> changed, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            return await Loop(Talk = new(Now), changed, stop.Token);
        }
        catch (TimeoutException)
        {
            return BoxTrouble.Hangs;
        }
        finally
        {
            if (ct.IsCancellationRequested && Talk is { IsGreeted: true })
                await PutOut();
            await stop.CancelAsync();
        }
    }

    private TimeSpan Now => time.GetElapsedTime(0);

    private async Task<string> Loop(BoxTalk talk, Action<BoxTalk> changed, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            reading ??= line.ReadAsync(buffer, ct).AsTask();
            if (talk.Trouble(Now) is { } trouble)
                return trouble;
            if (talk.Say(lamp(), Now) is { } text)
                await Write(text);
            await shown.Wait(talk.Deadline - Now, reading, time, ct);
            if (reading.IsCompleted)
            {
                var read = await reading;
                if (read == 0)
                    return BoxTrouble.Missing;
                GiveAll(talk.Hear(buffer.AsSpan(0, read), Now));
                reading = null;
            }
            else if (talk.Tick(Now) is { } stroke)
            {
                give(stroke);
            }
            changed(talk);
        }
    }

    private void GiveAll(IEnumerable<KeyStroke> strokes)
    {
        foreach (var stroke in strokes)
            give(stroke);
    }

    // Nobody cancels a write within a driver: it is left behind, and the line with it.
    private Task Write(string text)
    {
        writing = Task.Run(() => line.WriteAsync(Encoding.ASCII.GetBytes(text), CancellationToken.None).AsTask(), CancellationToken.None);
        return writing.WaitAsync(BoxTimes.Hang, time, CancellationToken.None);
    }

    private async Task PutOut()
    {
        try
        {
            if (writing.IsCompleted)
                await Write(BoxLine.Set(Lamp.Off));
        }
        catch (Exception e) when (e is IOException or TimeoutException or ObjectDisposedException)
        {
            // The box puts its lamp out by itself, some seconds later.
        }
    }
}
