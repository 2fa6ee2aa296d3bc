namespace ClassContact.Kit.Door;

/// <summary>What is behind the chord.</summary>
internal enum DoorPlace
{
    /// <summary>The standby page, as ever.</summary>
    Closed,

    /// <summary>The code is asked for.</summary>
    AskingCode,

    /// <summary>Too many were wrong: none is taken for a while.</summary>
    Locked,

    /// <summary>The kit has something to protect and no secret to compute a code from: nothing opens it.</summary>
    Shut,

    /// <summary>The technician's screen.</summary>
    Open,
}

/// <summary>What opens the door of this kit.</summary>
internal enum DoorLock
{
    /// <summary>The day's code.</summary>
    Code,

    /// <summary>Nothing is needed: the kit has no certificate, no key and no link yet, and enrolling is what a technician comes for.</summary>
    None,

    /// <summary>Nothing does.</summary>
    NoSecret,
}

/// <summary>The wrong codes so far, as they are kept on the disk: the power does not reset them.</summary>
/// <param name="Wrong">How many, since the last right one or on this day.</param>
/// <param name="Day">The day of the last, by the kit's clock.</param>
internal readonly record struct DoorTries(int Wrong, DateOnly Day)
{
    /// <summary>So many are free: people mishear a digit.</summary>
    public const int Free = 5;

    // The longest holds whoever tries in a break; more would hold the technician, who may have to wait for the next day's code anyway.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(60)];

    /// <summary>What stands for a file that cannot be read: the longest wait, which only a right code ends.</summary>
    public static DoorTries Worst { get; } = new(Free + Waits.Length - 1, DateOnly.MaxValue);

    /// <summary>How long none is taken after these; null while the next may be tried at once.</summary>
    public TimeSpan? Wait => Wrong < Free ? null : Waits[Math.Min(Wrong - Free, Waits.Length - 1)];

    /// <summary>A code is about to be tried. Written down before it is judged, so that pulling the plug gains nothing.</summary>
    public DoorTries OneMore(DateOnly day) => new(Math.Min(Wrong, Worst.Wrong) + 1, day > Day ? day : Day);

    /// <summary>A later day has another code and begins afresh. A clock that is set back does not.</summary>
    public DoorTries On(DateOnly day) => day > Day ? this with { Wrong = 0 } : this;
}

/// <summary>The door.</summary>
/// <param name="Place">What is behind the chord now.</param>
/// <param name="Tries">The wrong codes.</param>
/// <param name="LockedUntil">Until when no code is taken, by the time since the start: pulling the plug begins the wait anew. Null for none.</param>
/// <param name="LastInput">When somebody last did something there.</param>
/// <param name="IsDiskBad">The try could not be written down, so it was not judged.</param>
/// <param name="Since">Since when it is at this place.</param>
internal sealed record DoorState(
    DoorPlace Place, DoorTries Tries, TimeSpan? LockedUntil = null, TimeSpan LastInput = default, bool IsDiskBad = false, TimeSpan Since = default)
{
    /// <summary>At the agent's start.</summary>
    public static DoorState Begin(DoorTries kept, TimeSpan now) => new(DoorPlace.Closed, kept, now + kept.Wait);
}

/// <summary>Something happened at the door.</summary>
internal abstract record DoorEvent
{
    private DoorEvent()
    {
    }

    /// <summary>The chord was held, at standby.</summary>
    public sealed record Knocked(DoorLock Lock, DateOnly Today) : DoorEvent;

    /// <summary>A code was typed and judged.</summary>
    public sealed record CodeTried(bool IsRight, DoorTries Tries) : DoorEvent;

    /// <summary>A code was typed, and the try could not be written down.</summary>
    public sealed record NotWritten : DoorEvent;

    /// <summary>Somebody typed or moved the mouse, or something that was asked for has ended.</summary>
    public sealed record Touched : DoorEvent;

    /// <summary>The technician leaves.</summary>
    public sealed record Left : DoorEvent;

    /// <summary>A class begins: the start key, or a press from elsewhere.</summary>
    public sealed record ClassBegan : DoorEvent;

    /// <summary>The agent ends.</summary>
    public sealed record AgentEnds : DoorEvent;

    /// <summary>Time passed.</summary>
    public sealed record Tick : DoorEvent;
}

/// <summary>What the helpdesk is told: an event's name and cause.</summary>
internal readonly record struct DoorNews(string Name, string Cause)
{
    /// <summary>Opened: <c>code</c> or <c>not-enrolled</c>.</summary>
    public static DoorNews Opened(string how) => new("door-opened", how);

    /// <summary>A code was refused: <c>wrong-code</c>, <c>locked</c> with the last one that was free and each later one, or <c>disk</c>.</summary>
    public static DoorNews Refused(string why) => new("door-refused", why);

    /// <summary>Closed after it was open: <c>left</c>, <c>silence</c>, <c>limit</c>, <c>class</c> or <c>agent</c>.</summary>
    public static DoorNews Closed(string why) => new("door-closed", why);
}

/// <summary>What follows from an event.</summary>
internal readonly record struct DoorStep(DoorState State, DoorNews? News = null);
