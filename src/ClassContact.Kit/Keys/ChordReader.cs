namespace ClassContact.Kit.Keys;

/// <summary>
/// Turns one keyboard's events into strokes. No clock and no I/O: time comes with the events and with <see cref="Tick"/>.
/// A chord counts only when its own keys come alone: another key shortly before, or before its stroke is due, makes it a stray hand.
/// </summary>
internal sealed class ChordReader(Chord start, Chord end)
{
    // What laptops send for Fn with a function key (KEY_FN): it belongs to the press.
    private const ushort Fn = 0x1d0;

    private ChordPress startPress;
    private ChordPress endPress;
    private bool skipping;

    /// <summary>True after lost events: call <see cref="Resync"/> with the keys' real state. Until then nothing is read.</summary>
    public bool NeedsKeyState { get; private set; }

    /// <summary>When <see cref="Tick"/> next has something to do, by the events' clock; null while nothing is pending.</summary>
    public TimeSpan? Deadline =>
        (startPress.Deadline(KeyAction.Start), endPress.Deadline(KeyAction.End)) switch
        {
            ({ } a, { } b) => a < b ? a : b,
            var (a, b) => a ?? b,
        };

    /// <summary>The codes whose state matters.</summary>
    public IReadOnlyList<ushort> Codes { get; } = [.. start.Codes.Union(end.Codes)];

    /// <summary>One event; gives the strokes that were due before it. Autorepeat and all that is no key change nothing.</summary>
    public IReadOnlyList<KeyStroke> Read(InputEvent e)
    {
        if (e is { Type: InputEvent.Sync, Code: InputEvent.Dropped })
            Lose(e.At);
        else if (skipping && e is { Type: InputEvent.Sync, Code: InputEvent.Report })
            (skipping, NeedsKeyState) = (false, true);
        if (skipping || NeedsKeyState || e is not { Type: InputEvent.Key, Value: 0 or 1 })
            return [];
        var due = Tick(e.At);
        startPress = Next(startPress, start, e);
        endPress = Next(endPress, end, e);
        return due;
    }

    /// <summary>Time passed; gives the strokes that became due.</summary>
    public IReadOnlyList<KeyStroke> Tick(TimeSpan now)
    {
        (startPress, var first) = startPress.Tick(KeyAction.Start, now);
        (endPress, var second) = endPress.Tick(KeyAction.End, now);
        return (first, second) switch
        {
            (null, null) => [],
            ({ } one, null) => [one],
            (null, { } one) => [one],
            _ => [first, second],
        };
    }

    /// <summary>Begins again after lost events. It gives no stroke: what is down may have been down for long.</summary>
    /// <param name="down">Those of <see cref="Codes"/> that are down.</param>
    /// <param name="now">By the events' clock.</param>
    public void Resync(IReadOnlySet<ushort> down, TimeSpan now)
    {
        startPress = ChordPress.After(Mask(start, down), start.Whole, now);
        endPress = ChordPress.After(Mask(end, down), end.Whole, now);
        (skipping, NeedsKeyState) = (false, false);
    }

    /// <summary>Everything this reader knows, in words.</summary>
    public override string ToString() => $"start {startPress}, end {endPress}, skipping {skipping}, needs key state {NeedsKeyState}";

    private void Lose(TimeSpan now)
    {
        startPress = ChordPress.After(0, start.Whole, now);
        endPress = ChordPress.After(0, end.Whole, now);
        (skipping, NeedsKeyState) = (true, false);
    }

    private static ChordPress Next(ChordPress press, Chord chord, InputEvent e)
    {
        if (chord.Bit(e.Code) is not 0 and var bit)
            return press.Own(bit, e.Value == 1, chord.Whole, e.At);
        return e.Value == 1 && IsKey(e.Code) ? press.Other(e.At) : press;
    }

    // Mouse and game buttons (BTN_MISC up to KEY_OK) are no hand on the keyboard; some receivers send them on the same node.
    private static bool IsKey(ushort code) => code is (< 0x100 or >= 0x160) and not Fn;

    private static uint Mask(Chord chord, IReadOnlySet<ushort> down) =>
        chord.Codes.Where(down.Contains).Aggregate(0u, (mask, code) => mask | chord.Bit(code));
}
