using System.Threading.Channels;
using Channel = System.Threading.Channels.Channel;

namespace ClassContact.Kit.Health;

/// <summary>Checks that look one after the other, each when it is due, causes before what they cause.</summary>
/// <param name="checks">In the order of the list of checks.</param>
/// <param name="times">When they are due.</param>
/// <param name="looker">Looks.</param>
/// <param name="found">Takes a finding and returns how its check now stands.</param>
/// <param name="time">For the alarm.</param>
internal sealed class Lane(IReadOnlyList<Check> checks, CheckTimes times, Looker looker, Func<Check, Finding, Standing> found, TimeProvider time)
{
    // One ring is enough, however much has happened: the loop looks at everything.
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock gate = new();
    private readonly HashSet<Check> hurried = [];
    private bool resumes;

    /// <summary>These look as soon as things have settled. Returns at once, from any thread.</summary>
    internal void Hurry(IEnumerable<Check> which)
    {
        lock (gate)
            hurried.UnionWith(which.Where(checks.Contains));
        Ring();
    }

    /// <summary>A call has ended; to be followed by a ring. Returns at once, from any thread.</summary>
    internal void Resume()
    {
        lock (gate)
            resumes = true;
    }

    /// <summary>Something has changed. Returns at once, from any thread.</summary>
    internal void Ring() => bell.Writer.TryWrite(true);

    /// <summary>Works until cancelled.</summary>
    /// <param name="now">Time since the agent's start.</param>
    /// <param name="silence">Cancelled while a call is on.</param>
    /// <param name="tick">Called at every turn; returns when it wants the next at the latest.</param>
    /// <param name="ct">Ends it.</param>
    internal async Task Run(Func<TimeSpan> now, Func<CancellationToken> silence, Func<TimeSpan?> tick, CancellationToken ct)
    {
        using var alarm = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (true)
        {
            var quiet = silence();
            TakeHurried(now());
            if (!quiet.IsCancellationRequested && times.Next <= now())
                await LookAtDue(now, quiet, ct);
            var next = new[] { tick(), silence().IsCancellationRequested ? null : times.Next }.Min();
            alarm.Change(next is { } at ? Max(at - now(), TimeSpan.FromMilliseconds(1)) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            await bell.Reader.ReadAsync(ct);
        }
    }

    private async Task LookAtDue(Func<TimeSpan> now, CancellationToken quiet, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, quiet);
        try
        {
            foreach (var check in checks.Where(check => times.IsDue(check, now())).ToList())
            {
                var finding = await looker.Look(check, either.Token);
                either.Token.ThrowIfCancellationRequested();
                times.Looked(found(check, finding), now());
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // A call begins; what was not looked at is still due when it ends.
        }
    }

    private void TakeHurried(TimeSpan now)
    {
        lock (gate)
        {
            foreach (var check in hurried)
                times.Hurry(check, now);
            hurried.Clear();
            if (resumes)
                times.Resume(now);
            resumes = false;
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
