namespace ClassContact.Kit.Keys;

/// <summary>How far a press of a chord is.</summary>
internal enum PressPhase
{
    /// <summary>Not pressed.</summary>
    Up,

    /// <summary>Completely down, and its stroke is still to come.</summary>
    Pressed,

    /// <summary>Its stroke was given, or it was no deliberate press; nothing more comes until it is up.</summary>
    Over,
}

/// <summary>
/// One chord on one keyboard, as a value: this is all that is known between two events. Of other keys it knows when the last one came, never which.
/// </summary>
/// <param name="Down">The chord's own keys that are down, by <see cref="Chord.Bit"/>.</param>
/// <param name="Phase">How far the press is.</param>
/// <param name="Since">When it was complete.</param>
/// <param name="LooseSince">When it ceased to be complete, while that may still be a bounce.</param>
/// <param name="OtherAt">When another key last came down.</param>
internal readonly record struct ChordPress(
    uint Down = 0, PressPhase Phase = PressPhase.Up, TimeSpan Since = default, TimeSpan? LooseSince = null, TimeSpan? OtherAt = null)
{
    /// <summary>
    /// A release is believed after this long, and so is every press but that of an end. libinput believes a button after 25 ms (evdev-debounce.c,
    /// DEBOUNCE_TIMEOUT_BOUNCE); twice that for a school's worn keyboards, and still half of the 100 ms that a person takes for "at once".
    /// </summary>
    public static readonly TimeSpan Bounce = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// No other key may have come down for so long before a chord is complete. A forearm or a playing hand brings several keys; 40 words a
    /// minute are a key every 300 ms. It is a time, not "no other key is down": a book on the keyboard or a stuck key must not disable the start.
    /// </summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>How long the end is held (design.md: end asks for a hold).</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    /// <summary>When <see cref="Tick"/> next has something to do; null while nothing is pending.</summary>
    public TimeSpan? Deadline(KeyAction action) =>
        IsAwaiting(action) ? Since + Needed(action) : LooseSince + Bounce;

    /// <summary>A key of the chord went down or up.</summary>
    public ChordPress Own(uint bit, bool isDown, uint whole, TimeSpan now)
    {
        var next = this with { Down = isDown ? Down | bit : Down & ~bit };
        var (was, isWhole) = (Down == whole, next.Down == whole);
        if (was == isWhole)
            return next;
        if (!isWhole)
            return next with { LooseSince = now };
        if (Phase != PressPhase.Up)
            return next with { LooseSince = null }; // back within the bounce: the same press goes on
        var alone = OtherAt is not { } other || now - other >= Quiet;
        return next with { Phase = alone ? PressPhase.Pressed : PressPhase.Over, Since = now };
    }

    /// <summary>Another key came down: whoever presses the chord does not mean it.</summary>
    public ChordPress Other(TimeSpan now) =>
        this with { OtherAt = now, Phase = Phase == PressPhase.Pressed ? PressPhase.Over : Phase };

    /// <summary>Time passed; gives the stroke that became due, if any.</summary>
    public (ChordPress Next, KeyStroke? Stroke) Tick(KeyAction action, TimeSpan now)
    {
        var (next, stroke) = (this, (KeyStroke?)null);
        if (IsAwaiting(action) && now >= Since + Needed(action))
            (next, stroke) = (this with { Phase = PressPhase.Over }, new(action, Held: action == KeyAction.End));
        if (next.LooseSince + Bounce <= now)
        {
            if (next.Phase == PressPhase.Pressed)
                stroke = new(action, Held: false);
            next = next with { Phase = PressPhase.Up, LooseSince = null };
        }
        return (next, stroke);
    }

    /// <summary>The state after events went missing: what was under way is forgotten, and what is down now counts only once it was up.</summary>
    public static ChordPress After(uint down, uint whole, TimeSpan now) =>
        new(down, down == whole ? PressPhase.Over : PressPhase.Up, OtherAt: now);

    // A press that was short is still a press; an end must still be down when its hold is complete.
    private bool IsAwaiting(KeyAction action) =>
        Phase == PressPhase.Pressed && (action != KeyAction.End || LooseSince is null);

    private static TimeSpan Needed(KeyAction action) => action == KeyAction.End ? Hold : Bounce;
}
