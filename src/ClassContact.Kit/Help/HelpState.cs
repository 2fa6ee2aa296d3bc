using ClassContact.Kit.Requests;

namespace ClassContact.Kit.Help;

/// <summary>How far a call for help has come.</summary>
public enum HelpStage
{
    /// <summary>On its way to the broker.</summary>
    Sending,

    /// <summary>The broker has it, so the helpdesk sees it.</summary>
    Known,

    /// <summary>It has not got through, or there is no way at all.</summary>
    NotReached,
}

/// <summary>A call for help.</summary>
/// <param name="At">When the key was pressed, as time since start.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Until">Until when the room is told how far; null while it waits, and once there is nothing more to tell.</param>
public sealed record HelpCall(TimeSpan At, HelpStage Stage, TimeSpan? Until);

/// <summary>The helpdesk's line while the room can read it.</summary>
/// <param name="Message">What it says.</param>
/// <param name="Until">When it goes by itself, as time since start.</param>
/// <param name="IsShown">The screen had it.</param>
public sealed record HelpAnswer(HelpdeskMessage Message, TimeSpan Until, bool IsShown);

/// <summary>The help key and what the helpdesk answers.</summary>
/// <param name="Call">The last call for help; null before the first.</param>
/// <param name="Answer">The helpdesk's line; null when there is none to show.</param>
public sealed record HelpState(HelpCall? Call = null, HelpAnswer? Answer = null)
{
    /// <summary>When something changes by mere time; null for never.</summary>
    public TimeSpan? ChangesAt => new[]
    {
        Answer?.Until,
        Call is { Stage: HelpStage.Sending } ? Call.At + HelpMachine.Patience : Call?.Until,
    }.Min();
}

/// <summary>What happens to it.</summary>
public abstract record HelpEvent
{
    private HelpEvent()
    {
    }

    /// <summary>The help key.</summary>
    /// <param name="CanSend">There is a broker in the settings.</param>
    public sealed record Pressed(bool CanSend) : HelpEvent;

    /// <summary>The broker has the call of that moment.</summary>
    public sealed record Delivered(TimeSpan PressedAt) : HelpEvent;

    /// <summary>The helpdesk says something.</summary>
    public sealed record Answered(HelpdeskMessage Message) : HelpEvent;

    /// <summary>The screen has the line of that id.</summary>
    public sealed record Shown(string Id) : HelpEvent;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : HelpEvent;
}

/// <summary>A step of it.</summary>
/// <param name="State">From now on.</param>
/// <param name="Sends">A call for help is to be sent.</param>
/// <param name="TellShown">The helpdesk is to be told that its line was shown: that line's id.</param>
public readonly record struct HelpStep(HelpState State, bool Sends = false, string? TellShown = null);
