using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Rehearse;

/// <summary>What a rehearsal passes, in this order; camera and microphone may come earlier.</summary>
internal enum Point
{
    /// <summary>The browser answers.</summary>
    Browser,

    /// <summary>The meeting's server answers, with a page.</summary>
    Page,

    /// <summary>The page is on a host that the meeting's description allows.</summary>
    Host,

    /// <summary>The description's selectors beside its steps are some.</summary>
    Selector,

    /// <summary>A step of the description.</summary>
    Step,

    /// <summary>The camera is open.</summary>
    Camera,

    /// <summary>The microphone is open.</summary>
    Microphone,

    /// <summary>The page has joined.</summary>
    Joined,

    /// <summary>Camera and microphone are closed again, the standby page is shown.</summary>
    Standby,
}

/// <summary>How one point of a rehearsal went.</summary>
/// <param name="Point">Which.</param>
/// <param name="Result">How.</param>
/// <param name="Took">Since the point before.</param>
/// <param name="Found">What was found: an HTTP status, the browser's word for an error; never an address.</param>
/// <param name="Number">A step's number, from 1.</param>
/// <param name="Step">The step.</param>
internal sealed record RehearsalPoint(Point Point, Result Result, TimeSpan Took, string? Found = null, int? Number = null, MeetingStep? Step = null);

/// <summary>How a point went.</summary>
internal enum Result
{
    /// <summary>As it should.</summary>
    Ok,

    /// <summary>An optional step did not come about, which is allowed.</summary>
    PassedOver,

    /// <summary>Not as it should.</summary>
    Failed,
}
