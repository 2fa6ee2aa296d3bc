using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Diagnosis;

/// <summary>What one check found in a diagnosis.</summary>
/// <param name="Check">The check.</param>
/// <param name="Finding">What it found.</param>
/// <param name="Took">How long it looked.</param>
/// <param name="BecauseOf">Code of the check whose fault explains this one; null for a root cause, and for what is as it should be.</param>
public sealed record CheckResult(Check Check, Finding Finding, TimeSpan Took, string? BecauseOf = null)
{
    /// <summary>Whether it is as it should be.</summary>
    public bool IsGood => Finding.Verdict is Verdict.Pass;

    /// <summary>Whether somebody should do something about it.</summary>
    public bool IsFault => Finding.Verdict is not (Verdict.Pass or Verdict.Skipped);

    /// <summary>Whether it is so bad that it explains what depends on it.</summary>
    public bool Explains => Finding.Verdict is Verdict.Fail or Verdict.Error;

    /// <summary>
    /// Whether a class may fail because of it. Of a check that stops calls an error counts as much as a fault does, and so does what could not be
    /// told or looked at: who asks "can a class be held" must not hear yes for an answer that nobody has. Declared absent is no such thing.
    /// </summary>
    public bool StandsInTheWay => Check.Severity is Severity.StopsCalls &&
        (Finding.Verdict is not (Verdict.Pass or Verdict.Warn or Verdict.Skipped) || Finding.Reason is UnseenException.NotAllowed);
}
