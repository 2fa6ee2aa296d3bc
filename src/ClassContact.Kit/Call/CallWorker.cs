using System.Threading.Channels;
using ClassContact.Messages;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Call;

/// <summary>The call as others see it between two steps.</summary>
/// <param name="State">The state.</param>
/// <param name="Status">The same for the helpdesk.</param>
public sealed record CallSnapshot(CallState State, CallStatus Status);

/// <summary>Feeds the machine: one event after the other, ticks only while a deadline runs.</summary>
/// <param name="consent">Where the consent is kept.</param>
/// <param name="open">Carries out the machine's commands for browser and network; returns at once.</param>
/// <param name="changed">Told of every change, and of the event that it is for the helpdesk, if it is one; returns at once.</param>
/// <param name="time">Its timestamps are the machine's time.</param>
/// <param name="log">Gets states and causes.</param>
public sealed class CallWorker(ConsentFile consent, Action<CallCommand> open, Action<CallSnapshot, News?> changed, TimeProvider time, ILogger log)
{
    /// <summary>A deadline is kept to a quarter of a second; people do not see less.</summary>
    private static readonly TimeSpan TickPace = TimeSpan.FromMilliseconds(250);

    // A press must never be lost, and nobody may wait to hand it in: 1,024 events are minutes of a worker that hangs, and that is told.
    private readonly Channel<CallEvent> inbox = System.Threading.Channels.Channel.CreateBounded<CallEvent>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private CallState state = new CallState.Standby();
    private DateTimeOffset since;
    private LaunchReceipt? last;
    private TimeSpan kept;
    private TimeSpan slept;
    private TimeSpan turned;
    private long turns;

    /// <summary>How long the computer has slept since it was started: the machine's own time stands still then.</summary>
    public Func<TimeSpan> Sleep { get; init; } = () => TimeSpan.Zero;

    /// <summary>The call now.</summary>
    public CallSnapshot Snapshot { get; private set; } = new(new CallState.Standby(), new(CallPhase.Standby, time.GetUtcNow(), null, [], null));

    /// <summary>The machine's time: that of the boot, so that it holds across a restart of the agent.</summary>
    public TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>How often it has turned: what shows that it does not hang.</summary>
    public long Turns => Volatile.Read(ref turns);

    /// <summary>Hands an event in; never blocks.</summary>
    public void Tell(CallEvent e)
    {
        if (!inbox.Writer.TryWrite(e))
            log.LogError("The call's worker hangs: {Event} was not taken", e.GetType().Name);
    }

    /// <summary>The room wants the class open.</summary>
    /// <param name="source"><c>key</c> or <c>press</c>.</param>
    public void Start(string source) => Tell(new StartPressed(Guid.NewGuid().ToString("N")[..12], time.GetUtcNow(), source));

    /// <summary>Works until cancelled. The call stays as it is: the next agent finds it.</summary>
    public async Task Run(CancellationToken ct)
    {
        since = time.GetUtcNow();
        var first = CallMachine.Begin(consent.Read(Now), Now);
        (state, slept, turned) = (first.State, Sleep(), Now);
        Announce(state);
        Do(first);
        while (!ct.IsCancellationRequested)
        {
            var e = await Next(ct);
            // In its sleep the machine's own time stands still; in a process that was stopped, or a virtual machine, it goes on without us.
            var gone = Sleep() - slept + (Now - turned);
            (slept, turned) = (Sleep(), Now);
            if (gone >= CallTimes.ShortestSleep)
                Take(CallMachine.Next(state, new Slept(gone), Now)); // where nothing is due, waiting is no sleep, and no state minds it
            Take(CallMachine.Next(state, e, Now));
            Volatile.Write(ref turns, turns + 1);
        }
    }

    private async Task<CallEvent> Next(CancellationToken ct)
    {
        if (inbox.Reader.TryRead(out var waiting))
            return waiting;
        if (!HasDeadline(state))
            return await inbox.Reader.ReadAsync(ct);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var coming = inbox.Reader.WaitToReadAsync(limit.Token).AsTask();
        await Task.WhenAny(coming, Task.Delay(TickPace, time, limit.Token));
        await limit.CancelAsync();
        ct.ThrowIfCancellationRequested();
        return inbox.Reader.TryRead(out var e) ? e : new Tick();
    }

    private static bool HasDeadline(CallState state) => state is not (CallState.Standby or CallState.Faulted);

    private void Take(Step step)
    {
        var from = state;
        state = step.State;
        // Said before it is done: the page can show nothing new while a meeting's server is waited for.
        if (!IsSame(from, state))
            Announce(from);
        Do(step);
    }

    // That media still arrive is no news, and nor is when the network is asked next.
    private static bool IsSame(CallState a, CallState b) => Shown(a) == Shown(b);

    private static CallState Shown(CallState state) => state switch
    {
        CallState.WithPupil p => p with { LastMedia = default, Page = Shown(p.Page) },
        CallState.Open o => o with { Page = Shown(o.Page) },
        CallState.Interrupted i => i with { AskAt = default },
        CallState.Joining j => j with { AskAt = null },
        _ => state,
    };

    private static PageWatch Shown(PageWatch page) => page with { AskAt = null, BackSince = null, Doubt = page.Doubt is { } doubt ? doubt with { Since = default, Misses = 0 } : null };

    private void Announce(CallState from)
    {
        if (CallNews.Phase(from) != CallNews.Phase(state))
        {
            since = time.GetUtcNow();
            log.LogInformation("Call: {From} → {To}", CallNews.Phase(from), CallNews.Phase(state));
        }
        last = CallNews.ReceiptOf(state) ?? last;
        Snapshot = new(state, CallNews.Status(state, since, last));
        changed(Snapshot, CallNews.Of(from, state));
    }

    private void Do(Step step)
    {
        foreach (var command in step.Do)
            Do(command);
        if (state is CallState.Consented call && Now - kept >= CallTimes.ConsentRefresh)
            Do(new KeepConsent(call.Launch));
    }

    private void Do(CallCommand command)
    {
        switch (command)
        {
            case KeepConsent keep:
                kept = Now;
                consent.Keep(keep.Launch, Now);
                break;
            case DropConsent:
                consent.Drop();
                break;
            default:
                open(command);
                break;
        }
    }
}
