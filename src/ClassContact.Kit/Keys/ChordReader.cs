namespace ClassContact.Kit.Keys;

/// <summary>
/// Turns one keyboard's events into strokes. No clock and no I/O: time comes with the events and with <see cref="Tick"/>.
/// A chord counts only when its own keys come alone: another key shortly before, or before its stroke is due, makes it a stray hand.
/// </summary>
internal sealed class ChordReader(IReadOnlyList<KeyChord> keys)
{
    // What laptops send for Fn with a function key (KEY_FN): it belongs to the press.
    private const ushort Fn = 0x1d0;

    private readonly ChordPress[] presses = new ChordPress[keys.Count]; // each key's, in their order
    private bool skipping;

    /// <summary>True after lost events: call <see cref="Resync"/> with the keys' real state. Until then nothing is read.</summary>
    public bool NeedsKeyState { get; private set; }

    /// <summary>When <see cref="Tick"/> next has something to do, by the events' clock; null while nothing is pending.</summary>
    public TimeSpan? Deadline => keys.Zip(presses, (key, press) => press.Deadline(key.Action)).Min();

    /// <summary>The codes whose state matters.</summary>
    public IReadOnlyList<ushort> Codes { get; } = [.. keys.SelectMany(key => key.Chord.Codes).Distinct()];

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
        for (var i = 0; i < presses.Length; i++)
            presses[i] = Next(presses[i], keys[i].Chord, e);
        return due;
    }

    /// <summary>Time passed; gives the strokes that became due.</summary>
    public IReadOnlyList<KeyStroke> Tick(TimeSpan now)
    {
        List<KeyStroke>? strokes = null;
        for (var i = 0; i < presses.Length; i++)
        {
            (presses[i], var stroke) = presses[i].Tick(keys[i].Action, now);
            if (stroke is not null)
                (strokes ??= []).Add(stroke);
        }
        return strokes ?? [];
    }

    /// <summary>Begins again after lost events. It gives no stroke: what is down may have been down for long.</summary>
    /// <param name="down">Those of <see cref="Codes"/> that are down.</param>
    /// <param name="now">By the events' clock.</param>
    public void Resync(IReadOnlySet<ushort> down, TimeSpan now)
    {
        Forget(down, now);
        (skipping, NeedsKeyState) = (false, false);
    }

    /// <summary>Everything this reader knows, in words.</summary>
    public override string ToString() => $"{string.Join(", ", keys.Zip(presses, (key, press) => $"{key.Action} {press}"))}, skipping {skipping}, needs key state {NeedsKeyState}";

    private void Lose(TimeSpan now)
    {
        Forget(new HashSet<ushort>(), now);
        (skipping, NeedsKeyState) = (true, false);
    }

    private void Forget(IReadOnlySet<ushort> down, TimeSpan now)
    {
        for (var i = 0; i < presses.Length; i++)
            presses[i] = ChordPress.After(Mask(keys[i].Chord, down), keys[i].Chord.Whole, now);
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
