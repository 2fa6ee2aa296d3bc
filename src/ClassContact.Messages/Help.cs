namespace ClassContact.Messages;

/// <summary>What a call for help brings along, so that the helpdesk need not ask. Cause and launch receipt are the event's own fields.</summary>
/// <param name="Call">The call when the key was pressed.</param>
/// <param name="Since">Since when, UTC by the kit's clock.</param>
/// <param name="Missing">What of ours did not reach the meeting: <c>camera</c>, <c>microphone</c>.</param>
/// <param name="Faults">What the checks had found, the worst first.</param>
/// <param name="Figures">Of the last minute, the oldest first.</param>
public sealed record HelpReport(
    CallPhase Call, DateTimeOffset Since, IReadOnlyList<string> Missing, IReadOnlyList<HelpFault> Faults, IReadOnlyList<HelpFigures> Figures);

/// <summary>A fault in two words; <see cref="HealthStatus"/> has the rest.</summary>
/// <param name="Code">Which check: <c>camera-present</c>.</param>
/// <param name="Reason">Why, as a code out of the check's own list.</param>
public sealed record HelpFault(string Code, string? Reason = null);

/// <summary>Figures of one moment.</summary>
/// <param name="Ago">Seconds before the key was pressed.</param>
/// <param name="Figures">Each name once.</param>
public sealed record HelpFigures(double Ago, IReadOnlyList<Measure> Figures);
