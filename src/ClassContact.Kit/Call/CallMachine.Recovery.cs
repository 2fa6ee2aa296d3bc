using System.Text.Json;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Call;

// What becomes of an attempt that failed, and of a call that broke.
public static partial class CallMachine
{
    private static Step Recover(Consented call, Cause cause, TimeSpan now)
    {
        var j = new Joining(call.Launch, cause, new(1, now), now, Notice: call.Notice, LastCause: cause);
        return call.Launch.Relaunches.AreSpent(now) ? Later(j, cause, now) : TryAgain(j with { Try = new(0, now), LastCause = null }, now);
    }

    private static Step Retry(Joining j, Cause cause, TimeSpan now) => j switch
    {
        { RetryAt: not null } => new(j),
        // An earlier agent's page is not there: found out at once, and no failed attempt.
        { Try.Number: 0 } => j.Launch.Relaunches.AreSpent(now) ? Later(j, cause, now) : TryAgain(j, now),
        { Recovers: not null, Launch.IsUnderWay: false } => Later(j, cause, now),
        _ when j.Try.Number >= CallTimes.Attempts || now + CallTimes.Retry - j.Began > CallTimes.LastAttempt => Fail(j, cause),
        _ => new(j with { RetryAt = now + CallTimes.Retry, LastCause = cause }),
    };

    // A call that was open comes back for as long as a lesson lasts: quickly at first, then it is told and the kit takes its time.
    private static Step Later(Joining j, Cause cause, TimeSpan now)
    {
        if (now - j.Began >= CallTimes.GiveUp)
            return Fail(j, cause);
        var later = j with { LastCause = cause, AskAt = now + CallTimes.AskPace, MeetingAnswers = null };
        return j.IsTold || j.Launch.Relaunches.AreSpent(now)
            ? new(later with { IsTold = true, RetryAt = now + CallTimes.SlowRetry }, new ShowStandby(), new AskNetwork())
            : new(later with { RetryAt = now + CallTimes.Retry }, new AskNetwork());
    }

    private static Step TryAgain(Joining j, TimeSpan now)
    {
        var launch = j.Launch.IsUnderWay ? j.Launch.Again() : j.Launch with { Receipt = j.Launch.Receipt with { Attempts = j.Launch.Attempt + 1 } };
        if (j.Recovers is not null)
            launch = launch with { Relaunches = launch.Relaunches.With(now) };
        return Attempting(j with { Launch = launch, Try = new(j.Try.Number + 1, now + CallTimes.BrowserReady), RetryAt = null, AskAt = null });
    }

    // A network that is back is not left waiting.
    private static Step Asked(Joining j, NetworkSeen seen, TimeSpan now) =>
        j is { RetryAt: not null, IsTold: true, MeetingAnswers: false } && seen.MeetingAnswers
            ? TryAgain(j with { MeetingAnswers = true }, now)
            : new(j with { MeetingAnswers = seen.MeetingAnswers });

    private static Step Fail(Joining j, Cause cause)
    {
        var stoppedAt = j.Launch.IsUnderWay ? JsonNamingPolicy.CamelCase.ConvertName(j.Try.Waiting.ToString()) : null;
        var launch = j.Launch with { Receipt = j.Launch.Receipt with { StoppedAt = stoppedAt } };
        return new(new Faulted(launch, cause), new DropConsent(), new ShowStandby());
    }
}
