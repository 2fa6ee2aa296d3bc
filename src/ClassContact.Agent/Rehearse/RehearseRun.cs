using System.Runtime.Versioning;
using System.Threading.Channels;
using ClassContact.Kit.Browser;
using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClassContact.Agent.Rehearse;

/// <summary>Walks the configured meeting once, without a pupil, as a press would, and closes it again however that went.</summary>
[SupportedOSPlatform("linux")]
internal sealed class RehearseRun
{
    private readonly Rehearsal rehearsal;
    private readonly BrowserWorker browser;
    private readonly TimeProvider time;
    private readonly long start;
    // Some hundred facts at most in a rehearsal, each taken at once.
    private readonly Channel<object> facts = Channel.CreateUnbounded<object>();

    public RehearseRun(Setup setup, TimeProvider time)
    {
        (this.time, start) = (time, time.GetTimestamp());
        rehearsal = new(setup.Meeting);
        var words = Kit.Screen.Words.Of(setup.Kit.Language);
        var keys = setup.Kit.Keys ?? new();
        var kit = new KitFacts(setup.Kit.School, setup.Kit.Room, KeyCaps.Of(keys.Start, words), KeyCaps.Of(keys.End, words), true, setup.Hours);
        var standby = Room.Standby(new CallState.Standby(), kit, TimeSpan.Zero, null, words);
        browser = new(setup, () => new(standby, null), e => facts.Writer.TryWrite(e), time, NullLogger.Instance) { Note = n => facts.Writer.TryWrite(n) };
    }

    /// <summary>Rehearses.</summary>
    /// <param name="tell">Told of each point when it is reached.</param>
    /// <param name="ct">Ends it early: what is open is closed all the same.</param>
    public async Task<Rehearsal> Run(Action<RehearsalPoint> tell, CancellationToken ct)
    {
        using var stop = new CancellationTokenSource();
        var working = browser.Run(stop.Token);
        browser.Want(new OpenMeeting(new("rehearsal", 1)));
        var told = 0;
        while (!rehearsal.IsOver && !ct.IsCancellationRequested)
        {
            if (await Next(rehearsal.Deadline, ct) is { } fact)
                rehearsal.See(fact, Now);
            else if (!ct.IsCancellationRequested)
                rehearsal.GiveUp(Now);
            Tell();
        }
        if (rehearsal.Points is not [{ Point: Point.Browser, Result: Result.Failed }]) // without a browser nothing was opened
            rehearsal.Close(await IsStandbyShown(), Now);
        Tell();
        await stop.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return rehearsal;

        void Tell()
        {
            for (; told < rehearsal.Points.Count; told++)
                tell(rehearsal.Points[told]);
        }
    }

    private TimeSpan Now => time.GetElapsedTime(start);

    // A browser that ended meanwhile is started again by the kiosk, and shows the standby page.
    private async Task<bool> IsStandbyShown()
    {
        browser.Want(new ShowStandby());
        var deadline = Now + CallTimes.BrowserReady;
        while (Now < deadline)
        {
            if (await Next(deadline, CancellationToken.None) is StandbyShown)
                return true;
        }
        return false;
    }

    // Null when nothing came in time, or it was cancelled.
    private async Task<object?> Next(TimeSpan deadline, CancellationToken ct)
    {
        var rest = deadline - Now;
        if (rest <= TimeSpan.Zero)
            return null;
        using var limit = new CancellationTokenSource(rest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await facts.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
