using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Call;

/// <summary>The call's deadlines. A teacher has thirty seconds; the rest follows from that.</summary>
public static class CallTimes
{
    /// <summary>For the browser to answer. The kiosk restarts a browser that ended; a cold start took 0.5 to 1.7 s here at half a core, and a
    /// kit's disk is slower.</summary>
    public static readonly TimeSpan BrowserReady = TimeSpan.FromSeconds(15) * SlowComputer.Factor;

    /// <summary>For the page to load: 20 to 190 ms here; a school's network may take far longer, a teacher does not wait longer.</summary>
    public static readonly TimeSpan PageLoaded = TimeSpan.FromSeconds(12) * SlowComputer.Factor;

    /// <summary>For the loaded page to join. Under 1 s here.</summary>
    public static readonly TimeSpan Joined = TimeSpan.FromSeconds(20) * SlowComputer.Factor;

    /// <summary>For our own tracks once the page has joined: a page that joins without a camera is open, and the room is told.</summary>
    public static readonly TimeSpan Track = TimeSpan.FromSeconds(3) * SlowComputer.Factor;

    /// <summary>No new attempt begins later than this after the press: the teacher's thirty seconds.</summary>
    public static readonly TimeSpan LastAttempt = TimeSpan.FromSeconds(30) * SlowComputer.Factor;

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
    public static readonly TimeSpan Ending = TimeSpan.FromSeconds(10) * SlowComputer.Factor;

    /// <summary>For a restarted agent to find its call again. It takes 0.7 to 1.3 s here from the start of the process; a call that goes on must not be
    /// opened anew because the kit is slow, so this is long, and a page that is not there is told at once anyway.</summary>
    public static readonly TimeSpan Resume = TimeSpan.FromSeconds(12) * SlowComputer.Factor;

    /// <summary>A consent that nobody has used for this long is over: a lesson has 50 minutes, and an agent that is started in the morning must not
    /// open last evening's class.</summary>
    public static readonly TimeSpan ConsentLasts = TimeSpan.FromHours(2);

    /// <summary>How often the consent of a running call is written down anew.</summary>
    public static readonly TimeSpan ConsentRefresh = TimeSpan.FromMinutes(1);

    /// <summary>So many times in <see cref="RelaunchesWithin"/> the meeting is opened anew before the room and the helpdesk are told (the figures).</summary>
    public const int MostRelaunches = 3;

    /// <summary>See <see cref="MostRelaunches"/>.</summary>
    public static readonly TimeSpan RelaunchesWithin = TimeSpan.FromMinutes(5);

    /// <summary>Between two attempts once it was told; what changes in the network is tried at once.</summary>
    public static readonly TimeSpan SlowRetry = TimeSpan.FromSeconds(30);

    /// <summary>A call that has not come back for a whole lesson is over.</summary>
    public static readonly TimeSpan GiveUp = TimeSpan.FromMinutes(50);

    /// <summary>A device must be listed for this long before the page is opened anew: a plug bounces, and a USB reset takes a second or two.</summary>
    public static readonly TimeSpan DeviceBack = TimeSpan.FromSeconds(2);

    /// <summary>For the meeting's connection to heal by itself. WebRTC calls it disconnected after 5 s or so and failed by 20 s (measured); an outage of
    /// 5 s must restart nothing.</summary>
    public static readonly TimeSpan MeetingMayHeal = TimeSpan.FromSeconds(12);

    /// <summary>Between two questions to the network while something is wrong.</summary>
    public static readonly TimeSpan AskPace = TimeSpan.FromSeconds(2);

    /// <summary>The same while nothing is known to be: an open class that waits must not be shown as open behind a dead cable. One TCP connection.</summary>
    public static readonly TimeSpan QuietAskPace = TimeSpan.FromSeconds(15);

    /// <summary>So many questions in a row go unanswered before the network is said to be lost: one packet may get lost.</summary>
    public const int MissesForLost = 2;

    /// <summary>For the page to come back by itself once the network is there again.</summary>
    public static readonly TimeSpan PageMayRecover = TimeSpan.FromSeconds(5);

    /// <summary>After an outage of this length the page is opened anew even if it shows nothing: its server may have dropped it (socket.io: after 20 to
    /// 45 s), and it may not know (TCP repeats itself at ever longer intervals, RFC 6298).</summary>
    public static readonly TimeSpan LongOutage = TimeSpan.FromSeconds(15);

    /// <summary>A class through which the computer slept this long is over: whoever wakes it up has not asked for a camera.</summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(10);

    /// <summary>What was on its way when the computer fell asleep is received within a second after it woke (seen): no proof of a call.</summary>
    public static readonly TimeSpan WakeSettles = TimeSpan.FromSeconds(2);

    /// <summary>A sleep shorter than this is taken for a busy machine.</summary>
    public static readonly TimeSpan ShortestSleep = TimeSpan.FromSeconds(5);

    /// <summary>UDP that does not come back is not waited for longer than this: the meeting may have a way by TCP.</summary>
    public static readonly TimeSpan UdpMayReturn = TimeSpan.FromSeconds(60);

    /// <summary>The room is warned for this long before the class is ended at the end of the school day.</summary>
    public static readonly TimeSpan DayOverWarning = TimeSpan.FromMinutes(2);

    /// <summary>The room is warned for this long before a class is ended in which nobody has been for long.</summary>
    public static readonly TimeSpan EmptyWarning = TimeSpan.FromMinutes(2);

    /// <summary>A class that the room has kept open is not asked again for this long.</summary>
    public static readonly TimeSpan Stay = TimeSpan.FromMinutes(30);
}
