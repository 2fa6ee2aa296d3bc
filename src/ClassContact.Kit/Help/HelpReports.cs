using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Help;

/// <summary>Makes what a call for help brings along.</summary>
public static class HelpReports
{
    /// <summary>Faults beyond so many are the consequence of a few.</summary>
    private const int MostFaults = 20;

    /// <param name="call">The call now.</param>
    /// <param name="faults">What the checks have found, the worst first.</param>
    /// <param name="figures">Of the last minute.</param>
    public static HelpReport Of(CallStatus call, IEnumerable<Fault> faults, IReadOnlyList<HelpFigures> figures) => new(
        call.State, call.Since, call.Missing, [.. faults.Take(MostFaults).Select(f => new HelpFault(f.Check.Code, f.Finding.Reason))], figures);
}
