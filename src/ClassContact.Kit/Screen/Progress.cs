using ClassContact.Kit.Call;

namespace ClassContact.Kit.Screen;

/// <summary>A starting call as steps.</summary>
internal static class Progress
{
    private static readonly Milestone[] Milestones =
        [Milestone.BrowserReady, Milestone.PageLoaded, Milestone.CameraOpen, Milestone.MicrophoneOpen, Milestone.Joined];

    /// <summary>One step is under way at a time, or has failed.</summary>
    public static IReadOnlyList<ScreenStep> Steps(CallState.Joining joining, Words words)
    {
        var due = Due(joining);
        var failed = joining is { RetryAt: not null, LastCause: not null };
        return
        [
            .. Milestones.Select(milestone => new ScreenStep(
                words.About("step", milestone, "label"),
                milestone == due ? failed ? StepState.Failed : StepState.Doing
                : IsDone(milestone, joining) ? StepState.Done : StepState.Todo)),
        ];
    }

    /// <summary>The first step that is not done; the one that failed, where a failure is told.</summary>
    public static Milestone Due(CallState.Joining joining) =>
        joining is { RetryAt: not null, LastCause: { } cause } ? StepOf(cause) : Milestones.FirstOrDefault(milestone => !IsDone(milestone, joining), Milestone.Joined);

    private static bool IsDone(Milestone milestone, CallState.Joining joining) => joining switch
    {
        { RetryAt: not null, LastCause: { } cause } => milestone < StepOf(cause),
        { Try: var attempt } => milestone switch
        {
            Milestone.BrowserReady => attempt.BrowserReady,
            Milestone.PageLoaded => attempt.Loaded,
            Milestone.CameraOpen => attempt.Live.HasFlag(Tracks.Camera),
            Milestone.MicrophoneOpen => attempt.Live.HasFlag(Tracks.Microphone),
            _ => false,
        },
    };

    private static Milestone StepOf(Cause cause) => cause switch
    {
        Cause.BrowserNotAnswering or Cause.BrowserLost or Cause.AgentRestarted => Milestone.BrowserReady,
        Cause.PageNotLoaded or Cause.WrongPage or Cause.PageCrashed or Cause.PageHung or Cause.NetworkLost or Cause.MeetingLost => Milestone.PageLoaded,
        Cause.CameraNotOpened or Cause.CameraLost => Milestone.CameraOpen,
        Cause.MicrophoneNotOpened or Cause.MicrophoneLost => Milestone.MicrophoneOpen,
        _ => Milestone.Joined,
    };
}
