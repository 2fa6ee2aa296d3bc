namespace ClassContact.Kit.CallButton;

/// <summary>The protocol's times; <c>packaging/call-button.md</c> names the same.</summary>
internal static class BoxTimes
{
    /// <summary>Between two commands for the lamp, which are the kit's heartbeat. The box puts its lamp out after five of them were missed.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>A box says its button's state every second, and every 200 ms while it is pressed. So much silence is three beats missed.</summary>
    public static readonly TimeSpan Silent = TimeSpan.FromSeconds(3);

    /// <summary>From opening the line to the box's greeting: an Arduino starts anew when its line is opened, and waits 2 s for a new program.</summary>
    public static readonly TimeSpan Greeting = TimeSpan.FromSeconds(6);

    /// <summary>A press in which the box was silent for so long is void: nobody knows what the hand did.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);

    /// <summary>A line takes some 15 ms at 9600 baud; a driver that takes nothing for so long hangs.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(2);

    /// <summary>So many bytes in a second are a flood. A box sends at most 30, a board's greeting when it starts some hundred.</summary>
    public const int MostBytes = 4096;

    /// <summary>
    /// Pauses before it is tried again; the last one stays. A plug is told to us, so the slow pace is only for what nobody tells: a box that
    /// hung and is well again. The quick ones are for udev, which names a line some moments after the kernel told of it.
    /// </summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60)];

    /// <summary>A visit as long as this was a good one: the next trouble is tried again quickly.</summary>
    public static readonly TimeSpan GoodVisit = TimeSpan.FromSeconds(60);
}
