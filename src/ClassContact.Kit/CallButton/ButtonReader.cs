using ClassContact.Kit.Keys;

namespace ClassContact.Kit.CallButton;

/// <summary>
/// Turns what the box says of its button into strokes, as <see cref="ChordPress"/> does for the end key: a short press starts the class, a press that
/// is held for 1 s ends it. No clock and no I/O. A hold counts only while the box keeps saying so: a box that dies with its button down ends nothing.
/// </summary>
internal sealed class ButtonReader
{
    private const uint Bit = 1;
    private ChordPress press;
    private TimeSpan? heard;

    /// <summary>When <see cref="Tick"/> next has something to do; null while nothing is pending.</summary>
    public TimeSpan? Deadline => press.LooseSince + ChordPress.Bounce;

    /// <summary>The box said the button's state; gives the stroke that this made due, if any.</summary>
    public KeyStroke? Read(bool isDown, TimeSpan now)
    {
        var (before, was) = (heard, press);
        heard = now;
        if (before is null || (now - before > BoxTimes.Gap && was is { Phase: not PressPhase.Up, LooseSince: null }))
        {
            // What is down before it was up is no press.
            press = isDown ? ChordPress.After(Bit, Bit, now) : default;
            return null;
        }
        var stroke = Tick(now);
        press = press.Own(Bit, isDown, Bit, now);
        return stroke;
    }

    /// <summary>Time passed, or the box said something; gives the stroke that became due, if any.</summary>
    public KeyStroke? Tick(TimeSpan now)
    {
        if (press.LooseSince is null && heard != now)
            return null; // a hold needs the box's word
        (press, var stroke) = press.Tick(KeyAction.End, now);
        return stroke is { Held: false } ? new(KeyAction.Start, Held: false) : stroke;
    }
}
