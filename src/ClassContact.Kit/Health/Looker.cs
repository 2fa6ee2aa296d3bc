using ClassContact.Messages;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Health;

/// <summary>Lets one check after the other look, and remembers those that hang or broke.</summary>
internal sealed class Looker(TimeProvider time, ILogger log)
{
    private readonly Dictionary<string, Task> looks = [];
    private readonly HashSet<string> broken = [];

    /// <summary>Looks once; see <see cref="CheckRun.Once"/>.</summary>
    internal async Task<Finding> Look(Check check, CancellationToken ct)
    {
        // One that ignored its token may still hang somewhere; a second one beside it would only hang as well.
        if (looks.TryGetValue(check.Code, out var last) && !last.IsCompleted)
            return Finding.Error(CheckRun.TooSlow);
        var ended = new TaskCompletionSource();
        looks[check.Code] = ended.Task;
        var finding = await CheckRun.Once(check with { Look = token => EndedBy(check.Look, ended, token) }, time, e => Failed(check, e), ct);
        if (finding is not { Verdict: Verdict.Error, Reason: CheckRun.Broke })
            broken.Remove(check.Code);
        return finding;
    }

    private static async Task<Finding> EndedBy(Func<CancellationToken, Task<Finding>> look, TaskCompletionSource ended, CancellationToken ct)
    {
        try
        {
            ct.ThrowIfCancellationRequested(); // a call has begun since
            return await look(ct);
        }
        finally
        {
            ended.SetResult();
        }
    }

    private void Failed(Check check, Exception e)
    {
        if (broken.Add(check.Code)) // it may fail in the same way every half minute
            log.LogError("Check {Check} broke: {Exception}{Where}", check.Code, e.GetType().Name, "\n" + e.StackTrace); // a message may hold an address
    }
}
