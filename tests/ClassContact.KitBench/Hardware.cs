namespace ClassContact.KitBench;

/// <summary>What differs from machine to machine.</summary>
/// <param name="Megabytes">Its memory.</param>
/// <param name="HasScreen">It has a graphics card and a screen, 1280 by 720.</param>
/// <param name="ReachesHost">Its cable leads to this computer's 127.0.0.1, which it sees as <see cref="Outside"/>; otherwise nowhere.</param>
public sealed record Hardware(int Megabytes = 1024, bool HasScreen = false, bool ReachesHost = false)
{
    /// <summary>This computer, at the other end of the cable.</summary>
    public const string Outside = "10.0.2.2";

    /// <summary>No screen, and a cable that leads nowhere.</summary>
    public static Hardware Plain { get; } = new();

    /// <summary>A small computer of a classroom: a browser with a meeting in it takes some 1.2 GB.</summary>
    public static Hardware Classroom { get; } = new(2048, HasScreen: true, ReachesHost: true);
}
