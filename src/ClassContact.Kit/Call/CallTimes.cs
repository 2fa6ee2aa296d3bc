namespace ClassContact.Kit.Call;

/// <summary>The call's deadlines. A teacher has thirty seconds; the rest follows from that.</summary>
public static class CallTimes
{
    /// <summary>For the browser to answer. The kiosk restarts a browser that ended; a cold start took 0.5 to 1.7 s here at half a core, and a
    /// kit's disk is slower.</summary>
    public static readonly TimeSpan BrowserReady = TimeSpan.FromSeconds(15);

    /// <summary>For the page to load: 20 to 190 ms here; a school's network may take far longer, a teacher does not wait longer.</summary>
    public static readonly TimeSpan PageLoaded = TimeSpan.FromSeconds(12);

    /// <summary>For the loaded page to join. Under 1 s here.</summary>
    public static readonly TimeSpan Joined = TimeSpan.FromSeconds(20);

    /// <summary>For our own tracks once the page has joined: a page that joins without a camera is open, and the room is told.</summary>
    public static readonly TimeSpan Track = TimeSpan.FromSeconds(3);

    /// <summary>No new attempt begins later than this after the press: the teacher's thirty seconds.</summary>
    public static readonly TimeSpan LastAttempt = TimeSpan.FromSeconds(30);

    /// <summary>Attempts for one press, or for one recovery.</summary>
    public const int Attempts = 3;

    /// <summary>Between a failed attempt and the next: enough for a link that flaps, short enough for a class that waits.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <summary>An end that was not held can be undone for this long (the figure).</summary>
    public static readonly TimeSpan Undo = TimeSpan.FromSeconds(3);

    /// <summary>How long the room is told to hold the key.</summary>
    public static readonly TimeSpan HoldHint = TimeSpan.FromSeconds(4);

    /// <summary>Without remote media for this long, the pupil is taken as gone. Counters are read every second, and a bad network may
    /// pause for a few.</summary>
    public static readonly TimeSpan PupilGone = TimeSpan.FromSeconds(5);

    /// <summary>For the standby page to be shown at the end. A local page takes some 30 ms; a hung page has to be crashed first.</summary>
    public static readonly TimeSpan Ending = TimeSpan.FromSeconds(10);

    /// <summary>For a restarted agent to find its call again. It takes 0.7 to 1.3 s here from the start of the process; a call that goes on must not be
    /// opened anew because the kit is slow, so this is long, and a page that is not there is told at once anyway.</summary>
    public static readonly TimeSpan Resume = TimeSpan.FromSeconds(12);

    /// <summary>A consent that nobody has used for this long is over: a lesson has 50 minutes, and an agent that is started in the morning must not
    /// open last evening's class.</summary>
    public static readonly TimeSpan ConsentLasts = TimeSpan.FromHours(2);

    /// <summary>How often the consent of a running call is written down anew.</summary>
    public static readonly TimeSpan ConsentRefresh = TimeSpan.FromMinutes(1);
}
