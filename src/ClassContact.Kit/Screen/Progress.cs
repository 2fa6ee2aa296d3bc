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

    /// <summary>Camera and microphone open in any order while joining is waited for, so only the receipt tells of them.</summary>
    private static bool IsDone(Milestone milestone, CallState.Joining joining) => joining switch
    {
        { RetryAt: not null, LastCause: { } cause } => milestone < StepOf(cause),
        _ when milestone >= joining.Waiting => false,
        { Launch.Receipt.CameraOpen: null } when milestone == Milestone.CameraOpen => false,
        { Launch.Receipt.MicrophoneOpen: null } when milestone == Milestone.MicrophoneOpen => false,
        _ => true,
    };

    private static Milestone StepOf(Cause cause) => cause switch
    {
        Cause.BrowserNotAnswering or Cause.BrowserLost or Cause.AgentRestarted => Milestone.BrowserReady,
        Cause.PageNotLoaded or Cause.WrongPage or Cause.PageCrashed or Cause.PageHung => Milestone.PageLoaded,
        Cause.CameraNotOpened => Milestone.CameraOpen,
        Cause.MicrophoneNotOpened => Milestone.MicrophoneOpen,
        _ => Milestone.Joined,
    };
}
