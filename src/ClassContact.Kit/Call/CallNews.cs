using System.Text.Json;
using ClassContact.Messages;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Call;

/// <summary>An event for the helpdesk.</summary>
public sealed record News(string Name, string? Cause, LaunchReceipt? Receipt);

/// <summary>What the helpdesk is told of a state, and of a step from one to another.</summary>
public static class CallNews
{
    /// <summary>The state as a document.</summary>
    /// <param name="state">The call.</param>
    /// <param name="since">Since when it has been in this phase, UTC.</param>
    /// <param name="last">The receipt of the last launch, for states that hold none.</param>
    public static CallStatus Status(CallState state, DateTimeOffset since, LaunchReceipt? last) =>
        new(Phase(state), since, CauseOf(state) is { } cause ? Word(cause) : null, MissingOf(state), ReceiptOf(state) ?? last,
            state is Consented { Launch.Muted: true } ? true : null);

    /// <summary>The state in one word.</summary>
    public static CallPhase Phase(CallState state) => state switch
    {
        Standby => CallPhase.Standby,
        Joining { Recovers: null } => CallPhase.Joining,
        Joining or Interrupted => CallPhase.Recovering,
        Open => CallPhase.Open,
        WithPupil => CallPhase.WithPupil,
        Ending => CallPhase.Ending,
        Faulted => CallPhase.Faulted,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>The receipt that the state holds.</summary>
    public static LaunchReceipt? ReceiptOf(CallState state) => state switch
    {
        Consented c => c.Launch.Receipt,
        Faulted f => f.Launch?.Receipt,
        _ => null,
    };

    /// <summary>The event that a step is; null for a step that is none.</summary>
    public static News? Of(CallState from, CallState to) => (from, to) switch
    {
        (Standby or Faulted or Ending, Joining j) => new("call-started", null, j.Launch.Receipt),
        (Joining { IsTold: false } or Joined or Interrupted, Joining { IsTold: true } j) => new("call-troubled", Word(j.LastCause ?? j.Recovers!.Value), j.Launch.Receipt),
        (Joined { Page.IsHeld: false }, Joined { Page: { IsHeld: true } page } held) => new("call-troubled", Word(page.LostDevice), held.Launch.Receipt),
        (Joined, Joining { Recovers: { } cause } j) => new("call-recovering", Word(cause), j.Launch.Receipt),
        (Joined, Interrupted i) => new("call-recovering", Word(i.Cause), i.Launch.Receipt),
        (Joining or Interrupted, Joined o) => new("call-open", null, o.Launch.Receipt),
        (Open, WithPupil p) => new("pupil-arrived", null, p.Launch.Receipt),
        (WithPupil, Open o) => new("pupil-left", null, o.Launch.Receipt),
        (Consented c, Ending) => new("call-ended", null, c.Launch.Receipt),
        (not Faulted, Faulted f) => new("call-failed", Word(f.Cause), f.Launch?.Receipt),
        _ => null,
    };

    /// <summary>Whose trouble it is; null where nothing is in the way.</summary>
    public static Side? SideOf(CallState state) => state switch
    {
        Joining { Recovers: not null, LastCause: Cause.PageNotLoaded, MeetingAnswers: { } answers } => answers ? Side.Meeting : Side.Network,
        Joining { Recovers: { } first, LastCause: Cause.NotJoined } => SideOf(first), // a page that takes long to join shows no trouble of its own
        _ => CauseOf(state) is { } cause ? SideOf(cause) : null,
    };

    private static Side SideOf(Cause cause) => cause switch
    {
        Cause.FarSide => Side.FarSide,
        Cause.NetworkLost or Cause.PageNotLoaded or Cause.WrongPage => Side.Network,
        Cause.MeetingLost or Cause.NotJoined => Side.Meeting,
        _ => Side.Ours,
    };

    private static Cause? CauseOf(CallState state) => state switch
    {
        Joining j => j.LastCause ?? j.Recovers,
        Interrupted i => i.Cause,
        Joined { FarSideIsLost: true } => Cause.FarSide,
        Faulted f => f.Cause,
        _ => null,
    };

    // One list a value, so that two equal documents compare equal.
    private static readonly string[][] Missing =
        [.. Enumerable.Range(0, 4).Select(set => new[] { Tracks.Camera, Tracks.Microphone }.Where(t => ((Tracks)set).HasFlag(t)).Select(Word).ToArray())];

    private static string[] MissingOf(CallState state) => Missing[(int)(state is Joined call ? call.Missing : Tracks.None)];

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
