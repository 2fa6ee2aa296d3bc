using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Browser;

/// <summary>
/// How long the browser may take for an answer on this computer. While it starts that grows with every page or browser that was given up, for that may only
/// have been slow, and is as short as it was once all answers have been prompt for a while; once it has shown something it is always the same, so that a page
/// that hangs in a class is noticed within 10 s. One for the agent's life; safe for several threads.
/// </summary>
/// <param name="time">Of the calm that ends it.</param>
internal sealed class BrowserPatience(TimeProvider time)
{
    /// <summary>A page answers in milliseconds; one that takes this long hangs (jibri looks every 15 s; ours is to be noticed within 10).</summary>
    internal static readonly TimeSpan Usual = TimeSpan.FromSeconds(4) * SlowComputer.Factor;

    /// <summary>For a browser that has just started and has its programs still to read: an old computer's disk gives some 50 MB/s, and Chromium is 350 MB.</summary>
    internal static readonly TimeSpan Starting = TimeSpan.FromSeconds(30) * SlowComputer.Factor;

    /// <summary>A browser that says nothing for so long is no use to anybody, however slow the computer.</summary>
    internal static readonly TimeSpan MostStarting = TimeSpan.FromMinutes(2) * SlowComputer.Factor;

    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private int givenUp;
    private long slow; // when something was last

    /// <summary>For an answer.</summary>
    /// <param name="isStarting">It has not shown anything yet.</param>
    internal TimeSpan For(bool isStarting)
    {
        if (!isStarting)
            return Usual;
        lock (gate)
        {
            if (givenUp > 0 && time.GetElapsedTime(slow) > Calm)
                givenUp = 0;
            return TimeSpan.FromTicks(Math.Min(Starting.Ticks << Math.Min(givenUp, 8), MostStarting.Ticks));
        }
    }

    /// <summary>A page, or the whole browser, was given up because it did not answer.</summary>
    internal void GaveUp()
    {
        lock (gate)
            (givenUp, slow) = (givenUp + 1, time.GetTimestamp());
    }

    /// <summary>An answer came.</summary>
    /// <param name="took">After so long.</param>
    internal void Answered(TimeSpan took)
    {
        if (took < Usual / 2)
            return;
        lock (gate)
            slow = time.GetTimestamp();
    }
}
