using ClassContact.Kit.Health;

namespace ClassContact.Kit.Diagnosis;

/// <summary>Lets every check of a list look once, one after the other, those too that only a person at the kit may run.</summary>
/// <param name="checks">In the list's order: causes before what they cause.</param>
/// <param name="time">Of the deadlines.</param>
public sealed class DiagnosisRun(IReadOnlyList<Check> checks, TimeProvider time)
{
    private readonly List<CheckResult> results = [];
    private readonly Dictionary<string, string> roots = [];

    /// <summary>Looks. A check that hangs is left behind at its deadline.</summary>
    /// <param name="begins">Told of each check, with its number from 1, before it looks.</param>
    /// <param name="ct">Cancels; the only thing that throws.</param>
    public async Task<IReadOnlyList<CheckResult>> Run(Action<Check, int> begins, CancellationToken ct)
    {
        foreach (var check in checks)
        {
            begins(check, results.Count + 1);
            var start = time.GetTimestamp();
            // What broke is in the finding by its type's name; the message may hold an address.
            var finding = await CheckRun.Once(MayBeUnseen(check), time, _ => { }, ct);
            results.Add(Explained(new(check, finding, time.GetElapsedTime(start))));
        }
        return results;
    }

    // The cause at the root: one that is itself explained hands on its own, also through what was skipped for its sake.
    private CheckResult Explained(CheckResult result)
    {
        var code = result.Check.Code;
        var cause = result.Check.DependsOn.Select(on => roots.GetValueOrDefault(on)).FirstOrDefault(root => root is not null);
        if (result.Explains || (cause is not null && !result.IsGood))
            roots[code] = cause ?? code;
        return result.IsGood ? result : result with { BecauseOf = cause };
    }

    private static Check MayBeUnseen(Check check) => check with
    {
        Reasons = check.Reasons.Add(UnseenException.NotAllowed),
        Look = async ct =>
        {
            try
            {
                return await check.Look(ct);
            }
            catch (UnseenException)
            {
                return Finding.Skipped(UnseenException.NotAllowed);
            }
        },
    };
}
