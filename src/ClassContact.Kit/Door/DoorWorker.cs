using System.Threading.Channels;
using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;
using ClassContact.Messages.Enrolling;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Door;

/// <summary>
/// The technician's door at work: takes the page's words, tries codes, has things done one at a time, and closes by itself. It stands beside the teacher's way: a
/// class takes the screen from it at once, and nothing here is waited for.
/// </summary>
internal sealed class DoorWorker : IDisposable
{
    private static readonly TimeSpan TickPace = TimeSpan.FromSeconds(1);

    // A page that floods it loses words; a class that begins is not among them: it is seen at the next tick besides.
    private readonly Channel<object> inbox = Channel.CreateBounded<object>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly DoorParts parts;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly TriesFile file;
    private readonly DoorRoom room;
    private volatile string noted = "";
    private volatile DoorState state = new(DoorPlace.Closed, DoorTries.Worst);

    /// <param name="parts">The rest of the agent.</param>
    /// <param name="time">Its timestamps are the machine's time; its clock has the day's date.</param>
    /// <param name="log">Gets what happens at the door; never a code or a value.</param>
    public DoorWorker(DoorParts parts, TimeProvider time, ILogger log)
    {
        (this.parts, this.time, this.log, file) = (parts, time, log, new(parts.Data, log));
        room = new(parts, time, log) { Ended = () => inbox.Writer.TryWrite(new DoorEvent.Touched()) };
    }

    /// <summary>What the page shows now; null while the door is closed.</summary>
    public DoorView? View() => DoorScreen.Of(state, parts, room, HelpdeskHours.DayOf(time.GetUtcNow()), time.GetElapsedTime(0));

    /// <summary>The page has taken the view.</summary>
    public void Shown(DoorView view)
    {
        if (view.Name != noted)
            log.LogInformation("The technician's door shows {View}", view.Name);
        noted = view.Name;
    }

    /// <summary>The page says something.</summary>
    public void Hear(string payload)
    {
        if (DoorWord.Read(payload) is { } word)
            inbox.Writer.TryWrite(word);
    }

    /// <summary>The browser's worker saw something: a browser that comes back shows the door again.</summary>
    public void Seen(CallEvent e)
    {
        if (e is BrowserAttached)
            noted = "";
        if (e is BrowserAttached or StandbyShown && !IsClosed)
            inbox.Writer.TryWrite(e);
    }

    /// <summary>A class begins, or something of it.</summary>
    public void CallChanged()
    {
        if (!IsClosed && !parts.IsFree())
            inbox.Writer.TryWrite(new DoorEvent.ClassBegan());
    }

    /// <summary>The agent is being stopped, and can still say so.</summary>
    public void Stopping()
    {
        if (DoorMachine.Next(state, new DoorEvent.AgentEnds(), Now).News is { } told)
            parts.Tell(told.Name, told.Cause);
    }

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();

    /// <summary>Works until cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        state = DoorState.Begin(file.Read(), Now);
        try
        {
            while (true)
                Handle(await Next(ct));
        }
        finally
        {
            await room.Leave();
        }
    }

    private bool IsClosed => state.Place is DoorPlace.Closed;

    private TimeSpan Now => time.GetElapsedTime(0);

    // While the door is closed nothing turns.
    private async Task<object> Next(CancellationToken ct)
    {
        if (IsClosed)
            return await inbox.Reader.ReadAsync(ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var coming = inbox.Reader.WaitToReadAsync(limit.Token).AsTask();
        await Task.WhenAny(coming, Task.Delay(TickPace, time, limit.Token));
        await limit.CancelAsync();
        ct.ThrowIfCancellationRequested();
        return inbox.Reader.TryRead(out var heard) ? heard : new DoorEvent.Tick();
    }

    private void Handle(object heard)
    {
        if (!IsClosed && !parts.IsFree())
            Take(new DoorEvent.ClassBegan());
        else if (heard is DoorEvent e)
            Take(e);
        else if (heard is CallEvent && !IsClosed)
            parts.Show(true);
        else if (heard is DoorWord word)
            Take(word);
    }

    private void Take(DoorWord word)
    {
        switch (state.Place, word.Action)
        {
            case (DoorPlace.Closed, "knock") when parts.IsFree():
                Take(new DoorEvent.Knocked(parts.Lock().Lock, Today));
                break;
            case (DoorPlace.Closed, _) or (_, "knock"):
                break;
            case (_, "leave"):
                Take(new DoorEvent.Left());
                break;
            case (DoorPlace.AskingCode, "code"):
                Try(word["code"]);
                break;
            default:
                if (state.Place is DoorPlace.Open)
                    room.Do(word);
                Take(new DoorEvent.Touched());
                break;
        }
    }

    // Written down as wrong before anybody knows.
    private void Try(string typed)
    {
        var tries = state.Tries.OneMore(Today);
        if (parts.Lock() is not { Secret: { } secret })
            Take(new DoorEvent.Left());
        else if (!file.Keep(tries))
            Take(new DoorEvent.NotWritten());
        else if (!DoorCode.IsRight(secret, Today, typed))
            Take(new DoorEvent.CodeTried(false, tries));
        else
            Take(file.Keep(default) ? new DoorEvent.CodeTried(true, default) : new DoorEvent.NotWritten());
    }

    private DateOnly Today => HelpdeskHours.DayOf(time.GetUtcNow());

    private void Take(DoorEvent e)
    {
        var before = state;
        var (after, news) = DoorMachine.Next(before, e, Now);
        state = after;
        if (news is { } told)
        {
            log.LogWarning("The technician's door: {News} ({Cause})", told.Name, told.Cause);
            parts.Tell(told.Name, told.Cause);
        }
        var (isShown, wasShown) = (after.Place is not DoorPlace.Closed, before.Place is not DoorPlace.Closed);
        if (isShown != wasShown)
        {
            noted = "";
            parts.Show(isShown);
        }
        if (after.Place is DoorPlace.Open && before.Place is not DoorPlace.Open)
            room.Enter();
        if (before.Place is DoorPlace.Open && after.Place is not DoorPlace.Open)
            _ = room.Leave();
        if (isShown && (after != before || after.Place is DoorPlace.Locked)) // the wait is counted down
            parts.Changed();
    }
}
