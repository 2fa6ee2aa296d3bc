using ClassContact.Kit.Keys;

namespace ClassContact.Kit.CallButton;

/// <summary>
/// The kit's side of the protocol while a line is open: what the box's bytes mean, and what is to be said to it. No clock and no I/O. Until the box has
/// greeted nothing else counts, so that a modem or a receiver for satellites on the same plug presses no button.
/// </summary>
internal sealed class BoxTalk
{
    private readonly LineSplitter lines = new();
    private ButtonReader button = new();
    private TimeSpan silentAt;
    private TimeSpan nextBeat;
    private TimeSpan window;
    private int bytesInWindow;
    private Lamp said;
    private string? trouble;

    /// <param name="opened">When the line was opened.</param>
    public BoxTalk(TimeSpan opened) => (window, nextBeat, silentAt) = (opened, opened, opened + BoxTimes.Greeting);

    /// <summary>The box has greeted, in our version.</summary>
    public bool IsGreeted { get; private set; }

    /// <summary>It has sent a line that is none of the protocol's since it greeted.</summary>
    public bool IsOdd { get; private set; }

    /// <summary>When <see cref="Tick"/>, <see cref="Say"/> or <see cref="Trouble"/> next has something new.</summary>
    public TimeSpan Deadline => new[] { nextBeat, silentAt, button.Deadline ?? nextBeat }.Min();

    /// <summary>Why this line is to be closed; null while all is well.</summary>
    public string? Trouble(TimeSpan now) => trouble ?? (now >= silentAt ? BoxTrouble.Silent : null);

    /// <summary>The box sent bytes; gives the strokes that they make due.</summary>
    public IReadOnlyList<KeyStroke> Hear(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (now - window >= TimeSpan.FromSeconds(1))
            (window, bytesInWindow) = (now, 0);
        bytesInWindow += bytes.Length;
        if (bytesInWindow > BoxTimes.MostBytes)
            trouble ??= BoxTrouble.Floods;
        List<KeyStroke> strokes = [];
        foreach (var line in lines.Add(bytes))
        {
            if (trouble is null && Hear(line, now) is { } stroke)
                strokes.Add(stroke);
        }
        return strokes;
    }

    /// <summary>Time passed; gives the stroke that became due, if any.</summary>
    public KeyStroke? Tick(TimeSpan now) => button.Tick(now);

    /// <summary>What is to be said now; null for nothing.</summary>
    public string? Say(Lamp lamp, TimeSpan now)
    {
        if (now < nextBeat && (!IsGreeted || lamp == said))
            return null;
        (nextBeat, said) = (now + BoxTimes.Beat, lamp);
        return IsGreeted ? BoxLine.Set(lamp) : BoxLine.Ask;
    }

    private KeyStroke? Hear(string line, TimeSpan now)
    {
        switch (BoxLine.Read(line))
        {
            case BoxLine.Greeting(BoxLine.Version):
                // Again from a box that started anew: what it said of its button before is void.
                (IsGreeted, silentAt, nextBeat, button) = (true, now + BoxTimes.Silent, now, new());
                return null;
            case BoxLine.Greeting:
                trouble = BoxTrouble.OtherVersion;
                return null;
            case BoxLine.Button(var isDown) when IsGreeted:
                silentAt = now + BoxTimes.Silent;
                return button.Read(isDown, now);
            default:
                IsOdd |= IsGreeted && line.Length > 0;
                return null;
        }
    }
}
