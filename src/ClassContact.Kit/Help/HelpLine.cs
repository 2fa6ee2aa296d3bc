using ClassContact.Kit.Requests;

namespace ClassContact.Kit.Help;

/// <summary>The help key at work: sends a call for help, and keeps what the room is to be told of it. All members may be called from any thread, and none waits.</summary>
/// <param name="send">Sends a call for help, and calls back once the broker has it; null where there is no broker.</param>
/// <param name="tellShown">Tells the helpdesk that its line was shown.</param>
/// <param name="changed">The room is to be told something else.</param>
/// <param name="time">Its timestamps are the state's time.</param>
public sealed class HelpLine(Action<Action>? send, Action<string> tellShown, Action changed, TimeProvider time)
{
    private readonly Lock gate = new();
    private HelpState state = new();
    private ITimer? timer;

    /// <summary>How it stands.</summary>
    public HelpState State => Volatile.Read(ref state);

    /// <summary>The state's time: that of the boot, as the call's.</summary>
    public TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>The help key was pressed, at the kit.</summary>
    public void Press() => Take(new HelpEvent.Pressed(send is not null));

    /// <summary>The helpdesk says something.</summary>
    public void Answer(HelpdeskMessage message) => Take(new HelpEvent.Answered(message));

    /// <summary>The line of <see cref="HelpNotice.AnswerId"/> is on the screen. It may be said again and again.</summary>
    public void Shown(string id) => Take(new HelpEvent.Shown(id));

    /// <summary>Lets time pass until cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        await using var alarm = time.CreateTimer(_ => Take(new HelpEvent.Tick()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (gate)
        {
            timer = alarm;
            Wind();
        }
        await Task.Delay(Timeout.InfiniteTimeSpan, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
            timer = null;
    }

    private void Take(HelpEvent e)
    {
        HelpStep step;
        bool isNew;
        lock (gate)
        {
            step = HelpMachine.Next(state, e, Now);
            isNew = step.State != state;
            Volatile.Write(ref state, step.State);
            Wind();
        }
        if (step.Sends)
        {
            var pressed = step.State.Call!.At;
            send!(() => Take(new HelpEvent.Delivered(pressed)));
        }
        if (step.TellShown is { } id)
            tellShown(id);
        if (isNew)
            changed();
    }

    // To be called with the gate held.
    private void Wind() => timer?.Change(
        state.ChangesAt - Now is { } wait ? (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
