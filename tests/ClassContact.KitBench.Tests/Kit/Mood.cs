using ClassContact.KitBench.Usb;

namespace ClassContact.KitBench.Tests.Kit;

/// <summary>What the standby page's colours say, as in <c>standby.css</c>.</summary>
/// <param name="Panel">Of its left third.</param>
internal sealed record Mood(Rgb Panel)
{
    /// <summary>Of the rest of it, in every mood.</summary>
    public static readonly Rgb Paper = new(0xfb, 0xf6, 0xec);

    /// <summary>A press opens the class.</summary>
    public static Mood Ready { get; } = new(new Rgb(0x1c, 0x6b, 0x4f));

    /// <summary>A press opens the class, and something should be seen to.</summary>
    public static Mood Attention { get; } = new(new Rgb(0xf2, 0xb8, 0x4b));

    /// <summary>The class may not open.</summary>
    public static Mood Trouble { get; } = new(new Rgb(0x9c, 0x3d, 0x22));

    /// <summary>What the agent can show while no class is on; the page alone, before the agent has said anything, has another colour.</summary>
    public static IReadOnlyList<Mood> AtStandby { get; } = [Ready, Attention, Trouble];

    /// <summary>Whether it is this mood's standby page that stands there.</summary>
    public bool IsOf(ScreenPicture picture) => picture.Share(Paper, 4) > 0.3 && picture.Share(Panel, 4) > 0.2;
}
