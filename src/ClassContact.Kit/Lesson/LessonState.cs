using ClassContact.Kit.Call;
using ClassContact.Messages;

namespace ClassContact.Kit.Lesson;

/// <summary>What a call's state means for its lesson.</summary>
internal enum LessonPhase
{
    /// <summary>It is being opened, or comes back.</summary>
    Opening,

    /// <summary>The class is open.</summary>
    Open,

    /// <summary>It is open, and somebody's sound or picture arrives.</summary>
    WithPupil,

    /// <summary>Nobody watches: the agent was restarted and looks for its call.</summary>
    Unwatched,
}

/// <summary>A moment of a lesson.</summary>
/// <param name="Phase">What it is.</param>
/// <param name="Side">Whose trouble it is in; null for none.</param>
/// <param name="Recovers">It was open before and comes back.</param>
/// <param name="NoCamera">The class is open and not seen.</param>
/// <param name="NoMicrophone">The class is open and not heard.</param>
internal sealed record LessonState(LessonPhase Phase, Side? Side = null, bool Recovers = false, bool NoCamera = false, bool NoMicrophone = false)
{
    internal bool IsOpen => Phase is LessonPhase.Open or LessonPhase.WithPupil;

    /// <summary>Of a call; null where no lesson is on.</summary>
    internal static LessonState? Of(CallSnapshot call) => call switch
    {
        { State: not CallState.Consented } => null,
        // What the earlier agent has opened most likely goes on: that would be no trouble and no recovery.
        { State: CallState.Joining { Recovers: Cause.AgentRestarted, Try.Number: 0 } } => new(LessonPhase.Unwatched),
        { Status: var status } => new(
            status.State switch { CallPhase.Open => LessonPhase.Open, CallPhase.WithPupil => LessonPhase.WithPupil, _ => LessonPhase.Opening },
            CallNews.SideOf(call.State), status.State is CallPhase.Recovering, status.Missing.Contains("camera"), status.Missing.Contains("microphone")),
    };
}
