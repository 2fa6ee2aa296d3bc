using System.Runtime.Versioning;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Serial;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.CallButton;

/// <summary>
/// The serial box with the call button and its lamp (<c>packaging/call-button.md</c>): opens its line whenever it is there, and tells once what is wrong
/// with it. Members may be called from any thread and return at once.
/// </summary>
/// <param name="settings">Where the box is.</param>
/// <param name="onStroke">Told of every stroke: a short press is a start, a press of 1 s a held end. It must return at once.</param>
/// <param name="time">Of all deadlines.</param>
/// <param name="log">Told when the box comes, goes or misbehaves.</param>
[SupportedOSPlatform("linux")]
public sealed class CallButtonWorker(CallButtonSettings settings, Action<KeyStroke> onStroke, TimeProvider time, ILogger log)
{
    // stty has 5 s; what is beyond is a driver that hangs.
    private static readonly TimeSpan OpeningTime = TimeSpan.FromSeconds(8);
    private static readonly string[] Gone = ["nput/output error", "o such file or directory", "o such device"];

    private readonly Bell shown = new();
    private readonly Bell woken = new();
    private volatile Lamp lamp;
    private volatile string? trouble = BoxTrouble.Missing;
    private Task lastUse = Task.CompletedTask;
    private bool oddWasTold;

    /// <summary>Why the box does not speak with us, as a reason of the check <c>call-button</c>; null when it does.</summary>
    public string? Trouble => trouble;

    /// <summary>Told after <see cref="Trouble"/> has changed; it must return at once.</summary>
    public Action Changed { get; init; } = () => { };

    /// <summary>What the lamp shows from now on, as soon as there is a box.</summary>
    public void Show(Lamp now)
    {
        lamp = now;
        shown.Ring();
    }

    /// <summary>A device came or went: the box is looked for at once.</summary>
    public void Wake() => woken.Ring();

    /// <summary>Works until cancelled, whatever the box does; then the lamp is put out.</summary>
    public async Task Run(CancellationToken ct)
    {
        var failures = 0;
        while (!ct.IsCancellationRequested)
        {
            var begin = time.GetTimestamp();
            var (why, detail) = await Visit(ct);
            if (ct.IsCancellationRequested)
                return;
            Tell(why, detail);
            if (time.GetElapsedTime(begin) >= BoxTimes.GoodVisit)
                failures = 0;
            var pause = BoxTimes.Pauses[Math.Min(failures++, BoxTimes.Pauses.Count - 1)];
            if (await woken.Wait(pause, new TaskCompletionSource().Task, time, ct))
                failures = 0;
        }
    }

    private async Task<(string Why, string? Detail)> Visit(CancellationToken ct)
    {
        if (!lastUse.IsCompleted)
            return (BoxTrouble.Hangs, null);
        if (!File.Exists(settings.Port))
            return (BoxTrouble.Missing, null);
        try
        {
            return (await Talk(await Open(ct), ct), null);
        }
        catch (TimeoutException)
        {
            return (BoxTrouble.Hangs, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return (Reason(e), e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return (BoxTrouble.Missing, null); // nobody reads it
        }
    }

    // What opens late is closed as soon as it is open; until then nobody tries again.
    private async Task<Stream> Open(CancellationToken ct)
    {
        var opening = Task.Run(() => SerialLine.Open(settings.Port, settings.Baud, time, ct), CancellationToken.None);
        try
        {
            return await opening.WaitAsync(OpeningTime, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            lastUse = opening.ContinueWith(
                o =>
                {
                    if (o.IsCompletedSuccessfully)
                        o.Result.Dispose();
                }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private async Task<string> Talk(Stream line, CancellationToken ct)
    {
        var visit = new BoxVisit(line, () => lamp, shown, onStroke, time);
        try
        {
            return await visit.Run(See, ct);
        }
        finally
        {
            lastUse = Task.WhenAll(visit.Ended, Task.Run(line.Dispose, CancellationToken.None)); // a driver may take half a minute to let go
            await Task.WhenAny(lastUse, Task.Delay(BoxTimes.Hang, time, CancellationToken.None));
        }
    }

    private void See(BoxTalk talk)
    {
        if (talk.IsGreeted)
            Tell(null, null);
        if (talk.IsOdd && !oddWasTold)
            log.LogWarning("The call button sends lines that are none of its protocol; they are ignored");
        oddWasTold |= talk.IsOdd;
    }

    private void Tell(string? why, string? detail)
    {
        if (why == trouble)
            return;
        trouble = why;
        if (why is null)
            log.LogInformation("The call button at {Port} is there", settings.Port);
        else
            log.LogWarning("The call button at {Port} is of no use: {Why} {Detail}", settings.Port, why, detail);
        Changed();
    }

    // What the system says, in its words: stty tells no more, in the language that it was asked to speak. System.IO.Ports closes a line that is hung up.
    private string Reason(Exception e) =>
        !File.Exists(settings.Port) || e is ObjectDisposedException || Gone.Any(words => e.Message.Contains(words, StringComparison.Ordinal)) ? BoxTrouble.Missing
        : e is UnauthorizedAccessException || e.Message.Contains("ermission denied", StringComparison.Ordinal) ? BoxTrouble.NoPermission
        : BoxTrouble.NotALine;
}
