namespace ClassContact.Messages;

/// <summary>What a check has found.</summary>
public enum Verdict
{
    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>A class can be held, but something should be looked at.</summary>
    Warn,

    /// <summary>Not as it should be.</summary>
    Fail,

    /// <summary>The check itself broke: nothing is known of what it looks at.</summary>
    Error,

    /// <summary>Not looked at, for the reason given: declared absent, or what it needs is not there.</summary>
    Skipped,

    /// <summary>Only a person at the kit can tell.</summary>
    NeedsPerson,

    /// <summary>Looked at, and it could be either.</summary>
    CannotTell,
}

/// <summary>What a fault means for a class.</summary>
public enum Severity
{
    /// <summary>No class can be held, or not one that is worth it.</summary>
    StopsCalls,

    /// <summary>A class can be held, less well.</summary>
    Degrades,

    /// <summary>Nothing that a class would notice; the helpdesk should know.</summary>
    Informs,
}

/// <summary>The kit's health in one word.</summary>
public enum KitHealth
{
    /// <summary>Not everything has been looked at since the agent started.</summary>
    Checking,

    /// <summary>Nothing stands in the way of a class.</summary>
    Ready,

    /// <summary>A class can be held, less well.</summary>
    Degraded,

    /// <summary>Something stops a class.</summary>
    NotReady,
}

/// <summary>A figure, named and measured as OpenTelemetry does where it has a name for it.</summary>
/// <param name="Name">Such as <c>system.cpu.utilization</c>; ours begin with <c>classcontact.</c></param>
/// <param name="Value">A finite number.</param>
/// <param name="Unit">UCUM: <c>ms</c>, <c>By</c>, <c>1</c>.</param>
/// <param name="Limit">The value beyond which it is a fault; null where there is none.</param>
public sealed record Measure(string Name, double Value, string Unit, double? Limit = null);

/// <summary>One check's verdict.</summary>
/// <param name="Code">Which check: <c>camera-present</c>.</param>
/// <param name="Severity">What a fault of it means.</param>
/// <param name="Verdict">What it found.</param>
/// <param name="Since">Since when this verdict, for this reason, holds, UTC by the kit's clock.</param>
/// <param name="Reason">Why, as a code out of the check's own list; null for a pass.</param>
/// <param name="Found">What was found instead of what was wanted: a device's product name, a certificate's issuing organisation. Never an
/// address, a Wi-Fi network's name or a person's.</param>
/// <param name="BecauseOf">The check whose fault explains this one; null for a root cause.</param>
/// <param name="Measures">What was measured when the verdict was reached.</param>
public sealed record CheckStatus(
    string Code, Severity Severity, Verdict Verdict, DateTimeOffset Since, string? Reason = null, string? Found = null, string? BecauseOf = null,
    IReadOnlyList<Measure>? Measures = null);

/// <summary>Channel <see cref="Channel.Health"/>: every check's verdict, and the kit's in one word.</summary>
/// <param name="State">The kit in one word.</param>
/// <param name="Since">Since when, UTC by the kit's clock.</param>
/// <param name="Worst">Code of the check whose fault weighs most and has outlasted its grace; where there is no fault, one of which nothing is known; null for none.</param>
/// <param name="Checks">In the order of the list of checks.</param>
public sealed record HealthStatus(KitHealth State, DateTimeOffset Since, string? Worst, IReadOnlyList<CheckStatus> Checks);

/// <summary>Channel <see cref="Channel.Selftest"/>: the last diagnosis that the helpdesk asked for (<see cref="RequestName.RunDiagnosis"/>).</summary>
/// <param name="Began">When it began, UTC by the kit's clock.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Ready">Nothing that stops a class was found, and all that could was looked at.</param>
/// <param name="Checks">In the order of the list of checks; each since this diagnosis.</param>
public sealed record Selftest(DateTimeOffset Began, double Seconds, bool Ready, IReadOnlyList<CheckStatus> Checks);

/// <summary>Channel <see cref="Channel.Metrics"/>: figures of the moment.</summary>
/// <param name="Figures">Each name once.</param>
public sealed record Metrics(IReadOnlyList<Measure> Figures);
