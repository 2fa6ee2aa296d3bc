using ClassContact.Kit.Health;

namespace ClassContact.Kit.Screen;

/// <summary>What the screen must know besides the call.</summary>
/// <param name="School">The school's name as configured.</param>
/// <param name="Room">The room's name as configured.</param>
/// <param name="StartKey">What stands on the start key; the keys of a chord are joined by <c> + </c>.</param>
/// <param name="EndKey">What stands on the end key, in the same way.</param>
/// <param name="HasKeyboard">The keyboard with the start key is plugged in.</param>
/// <param name="Hours">When the helpdesk answers.</param>
public sealed record KitFacts(string School, string Room, string StartKey, string EndKey, bool HasKeyboard, HelpdeskHours Hours)
{
    /// <summary>What stands on the mute key; null where there is none.</summary>
    public string? MuteKey { get; init; }

    /// <summary>What stands on the help key; null where there is none.</summary>
    public string? HelpKey { get; init; }

    /// <summary>The computer went out in a class, not long ago, and nobody has pressed since.</summary>
    public bool ClassWasCut { get; init; }

    /// <summary>What the helpdesk says, and what becomes of a call for help.</summary>
    public IReadOnlyList<ScreenLine> Said { get; init; } = [];

    /// <summary>What the checks found wrong, the worst first.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];
}
