namespace ClassContact.Kit.CallButton;

/// <summary>Why there is no box, as reasons of the check <c>call-button</c>.</summary>
public static class BoxTrouble
{
    /// <summary>Nothing is plugged in where it should be.</summary>
    public const string Missing = "missing";

    /// <summary>The agent's user may not open the line.</summary>
    public const string NoPermission = "no-permission";

    /// <summary>What is there cannot be opened as a serial line.</summary>
    public const string NotALine = "not-a-line";

    /// <summary>Nothing of the protocol was heard for <see cref="BoxTimes.Silent"/>.</summary>
    public const string Silent = "silent";

    /// <summary>It speaks another version of the protocol.</summary>
    public const string OtherVersion = "other-version";

    /// <summary>It sends more than any box would.</summary>
    public const string Floods = "floods";

    /// <summary>The line's driver took nothing, or did not let go, for <see cref="BoxTimes.Hang"/>.</summary>
    public const string Hangs = "hangs";

    /// <summary>Nobody has spoken with it: no agent runs.</summary>
    public const string NotAsked = "not-asked";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Missing, NoPermission, NotALine, Silent, OtherVersion, Floods, Hangs, NotAsked];
}
