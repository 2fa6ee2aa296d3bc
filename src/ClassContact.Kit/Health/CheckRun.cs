using ClassContact.Messages;

namespace ClassContact.Kit.Health;

/// <summary>Lets a check look once, whatever it does: its deadline is kept and its errors become findings.</summary>
public static class CheckRun
{
    /// <summary>The look took longer than the check's deadline.</summary>
    public const string TooSlow = "too-slow";

    /// <summary>The look failed in a way that the check did not foresee.</summary>
    public const string Broke = "check-broke";

    /// <summary>Looks once. A check that ignores its token is left behind at the deadline and may end when it likes.</summary>
    /// <param name="check">The check.</param>
    /// <param name="time">Of the deadline.</param>
    /// <param name="failed">Told of an exception that the check did not foresee, for the log.</param>
    /// <param name="ct">Cancels; the only thing that throws.</param>
    public static async Task<Finding> Once(Check check, TimeProvider time, Action<Exception> failed, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(check.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var token = either.Token;
        try
        {
            var finding = await Task.Run(() => check.Look(token), CancellationToken.None).WaitAsync(token);
            return IsDeclared(check, finding) ? finding : throw new InvalidOperationException($"the reason '{finding.Reason}' is not declared");
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            return Finding.Error(TooSlow);
        }
        catch (Exception e)
        {
            failed(e);
            return Finding.Error(Broke, e.GetType().Name);
        }
    }

    private static bool IsDeclared(Check check, Finding finding) =>
        finding.Verdict is Verdict.Pass ? finding.Reason is null : finding.Reason is { } reason && check.Reasons.Contains(reason);
}
