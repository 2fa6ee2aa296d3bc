using System.Collections.Immutable;

namespace ClassContact.Kit.Health;

/// <summary>How one check stands. Times are since the agent's start.</summary>
/// <param name="Check">The check.</param>
/// <param name="Verdict">What holds now; null before the first look. For a check that settles it is not always what was last found.</param>
/// <param name="Since">Since when that verdict holds for that reason.</param>
/// <param name="Latest">What was last found, with the newest measures.</param>
internal sealed record Standing(Check Check, Finding? Verdict = null, TimeSpan Since = default, Finding? Latest = null)
{
    /// <summary>Twilio's voice SDK: raised by three of the last five samples, cleared by none of five (facts/selftest.md).</summary>
    private const int Window = 5;

    private const int Raising = 3;

    /// <summary>Since when it has been in trouble without another check that explains it: the grace runs from here.</summary>
    public TimeSpan TroubleSince { get; private init; }

    /// <summary>Its trouble was explained when last looked at. It stays hidden until it was looked at again without that explanation.</summary>
    public bool WasExplained { get; private init; }

    private ImmutableArray<bool> Samples { get; init; } = [];

    private Finding? Raised { get; init; }

    /// <summary>Not as it should be.</summary>
    public bool IsFault => Verdict?.Verdict is Messages.Verdict.Fail or Messages.Verdict.Warn;

    /// <summary>Nothing is known: that counts neither as a fault nor as a pass.</summary>
    public bool IsUnknown => Verdict?.Verdict is Messages.Verdict.Error or Messages.Verdict.CannotTell or Messages.Verdict.NeedsPerson;

    /// <summary>Either of them.</summary>
    public bool IsTrouble => IsFault || IsUnknown;

    /// <summary>Its fault may explain those of others. A warning explains nothing: a weak network is no reason why a server is gone.</summary>
    public bool Explains => Verdict?.Verdict is Messages.Verdict.Fail;

    /// <summary>The last look differs from the verdict, told nothing, or is a fault that somebody may be mending.</summary>
    public bool IsUnsettled => IsFault || Latest?.Verdict is Messages.Verdict.Fail or Messages.Verdict.Warn or Messages.Verdict.Error or Messages.Verdict.CannotTell;

    /// <summary>When its grace ends; only of one in trouble.</summary>
    public TimeSpan GraceEnds => TroubleSince + Check.Grace;

    /// <summary>It is not told: because its grace runs, or because it waits for a look after its cause has gone.</summary>
    public bool IsHeldBack(TimeSpan now) => WasExplained || now < GraceEnds;

    /// <summary>Takes in what a look has found.</summary>
    public Standing Look(Finding found, TimeSpan now)
    {
        var settled = Check.Settles ? Sample(found) : this;
        var verdict = Check.Settles && IsSample(found) ? settled.Raised ?? Passed(found) : found;
        var next = settled with { Verdict = verdict, Latest = found, WasExplained = false };
        if (Verdict is null || (verdict.Verdict, verdict.Reason) != (Verdict.Verdict, Verdict.Reason))
            next = next with { Since = now };
        return next.IsTrouble && !IsTrouble ? next with { TroubleSince = now } : next;
    }

    /// <summary>Another check explains its trouble.</summary>
    public Standing Explained(TimeSpan now) => this with { WasExplained = true, TroubleSince = now };

    /// <summary>Its grace is over.</summary>
    public Standing AtOnce(TimeSpan now) => this with { TroubleSince = GraceEnds > now ? now - Check.Grace : TroubleSince };

    private static bool IsSample(Finding found) => found.Verdict is Messages.Verdict.Pass or Messages.Verdict.Warn or Messages.Verdict.Fail;

    private static Finding Passed(Finding found) => found.Verdict is Messages.Verdict.Pass ? found : Finding.Pass(found.Measures);

    private Standing Sample(Finding found)
    {
        if (!IsSample(found))
            return this; // a look that tells nothing says nothing about the figure
        var isFault = found.Verdict is not Messages.Verdict.Pass;
        var samples = Samples.Length == Window ? Samples.RemoveAt(0).Add(isFault) : Samples.Add(isFault);
        var faults = samples.Count(sample => sample);
        var raised = isFault && (Raised is not null || faults >= Raising) ? found : faults == 0 && samples.Length == Window ? null : Raised;
        return this with { Samples = samples, Raised = raised };
    }
}
