namespace ClassContact.Messages;

/// <summary>How a lesson went, in one word.</summary>
public enum LessonVerdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>The pupil was with the class, but not as it should be: somebody should look at the reason.</summary>
    Disturbed,

    /// <summary>The class did not open, did not come back, or the pupil had little of it.</summary>
    Failed,

    /// <summary>The class was open and nobody joined it.</summary>
    NobodyCame,

    /// <summary>No lesson: ended before it was open, or soon after and alone.</summary>
    NotHeld,
}

/// <summary>How a lesson went, from the press to its end.</summary>
/// <param name="Id">The launch's id.</param>
/// <param name="Start">When the press came, UTC by the kit's clock at the lesson's end.</param>
/// <param name="End">When it ended.</param>
/// <param name="Verdict">How it went.</param>
/// <param name="Reason">Why that verdict: a code such as <c>lost-network</c>.</param>
/// <param name="Minutes">How long it was what.</param>
/// <param name="Lost">Minutes of it that something went wrong, by whose trouble it was.</param>
/// <param name="Recoveries">How often a class that was open had to come back.</param>
/// <param name="Sent">How the class was seen and heard; null where nobody could tell.</param>
/// <param name="Received">How the others were seen and heard; null where nobody could tell.</param>
/// <param name="Receipt">How its launch went.</param>
/// <param name="Changed">What differs from this kit's last good lesson; null before the first one.</param>
public sealed record LessonRecord(
    string Id, DateTimeOffset Start, DateTimeOffset End, LessonVerdict Verdict, string Reason, LessonMinutes Minutes, LostMinutes Lost, int Recoveries,
    LessonQuality? Sent = null, LessonQuality? Received = null, LaunchReceipt? Receipt = null, IReadOnlyList<LessonChange>? Changed = null);

/// <summary>Minutes of a lesson. A minute with the pupil is open as well; what is neither open nor unwatched was spent opening.</summary>
/// <param name="Total">From the press to the end.</param>
/// <param name="Open">The class was open.</param>
/// <param name="WithPupil">Others' sound or picture arrived.</param>
/// <param name="Unwatched">The agent was not there to see: it was restarted.</param>
/// <param name="WithoutCamera">It was open and the class was not seen.</param>
/// <param name="WithoutMicrophone">It was open and the class was not heard; not counted: muted by the room.</param>
public sealed record LessonMinutes(double Total, double Open, double WithPupil, double Unwatched, double WithoutCamera, double WithoutMicrophone);

/// <summary>Minutes by whose trouble it was. No minute counts twice.</summary>
/// <param name="Ours">The kit's: browser, page, camera, microphone.</param>
/// <param name="FarSide">The pupil's; the class stayed open.</param>
/// <param name="Network">The school's network.</param>
/// <param name="Meeting">The meeting's server.</param>
public sealed record LostMinutes(double Ours, double FarSide, double Network, double Meeting);

/// <summary>One direction's quality, out of figures of 10 s each.</summary>
/// <param name="Sound">Mean opinion score, 1 bad to 4.5.</param>
/// <param name="Fps">Frames a second.</param>
/// <param name="Lines">Height of the picture, pixels.</param>
public sealed record LessonQuality(QualityRange? Sound = null, QualityRange? Fps = null, QualityRange? Lines = null);

/// <summary>The worst 10 s, and the median of all.</summary>
public sealed record QualityRange(double Worst, double Median);

/// <summary>What differs from the last good lesson.</summary>
/// <param name="What">A code: <c>browser</c>, <c>camera-port</c>.</param>
/// <param name="Was">In the last good lesson.</param>
/// <param name="Now">In this one. Of the network a code that only this kit can make; never an address or a name.</param>
public sealed record LessonChange(string What, string Was, string Now);
