using ClassContact.Kit.Quality;
using ClassContact.Messages;

namespace ClassContact.Kit.Lesson;

/// <summary>What makes a lesson good, in one table: the first line that holds is the verdict, and its code the reason.</summary>
internal static class LessonRules
{
    /// <summary>A class that is open alone for less than this was a try or a mistake.</summary>
    internal static readonly TimeSpan Tried = TimeSpan.FromMinutes(3);

    /// <summary>One page that had to come back within its 15 s is no disturbed lesson.</summary>
    internal static readonly TimeSpan Allowed = TimeSpan.FromSeconds(15);

    /// <summary>99 % of the minutes that are possible are to be delivered: the project's own goal.</summary>
    internal const double AllowedShare = 0.01;

    /// <summary>Where the kit's side took as much of the lesson as this, the pupil had little of it.</summary>
    internal const double FailedShare = 0.5;

    /// <summary>More often than this within a lesson, coming back is a disturbance by itself: three in five minutes are told to the room.</summary>
    internal const int AllowedRecoveries = 3;

    /// <summary>Below it a picture is a row of stills; testrtc fails a camera below 5 frames a second, people see a jerk below 10.</summary>
    internal const double PoorFps = 10;

    /// <summary>Of a lesson that was not watched so long nobody can say that it was good.</summary>
    internal const double UnwatchedShare = 0.2;

    /// <summary>The verdict on a lesson that is over.</summary>
    /// <param name="of">The lesson.</param>
    /// <param name="fault">Why it ended, when nobody ended it.</param>
    internal static (LessonVerdict Verdict, string Reason) Judge(LessonDraft of, string? fault) =>
        Table(of, fault).First(line => line.Holds) is var (verdict, reason, _) ? (verdict, reason) : default;

    private static IEnumerable<(LessonVerdict Verdict, string Reason, bool Holds)> Table(LessonDraft of, string? fault)
    {
        var side = (Lost: of.Ours, Reason: "lost-ours");
        side = of.Network > side.Lost ? (of.Network, "lost-network") : side;
        side = of.Meeting > side.Lost ? (of.Meeting, "lost-meeting") : side;
        var lost = of.Ours + of.Network + of.Meeting;
        var (sent, received) = (of.Sent.Quality, of.Received.Quality);

        // It did not open, or did not come back: the code says what stopped it (page-not-loaded, browser-lost).
        yield return (LessonVerdict.Failed, fault ?? "", fault is not null && of.Open < of.Total * FailedShare);
        yield return (LessonVerdict.NotHeld, "ended-before-open", of.Open == TimeSpan.Zero && of.Unwatched == TimeSpan.Zero);
        yield return (LessonVerdict.Failed, side.Reason, lost > of.Total * FailedShare);
        yield return (LessonVerdict.Disturbed, fault ?? "", fault is not null); // near its end
        yield return (LessonVerdict.NotHeld, "tried", of.WithPupil == TimeSpan.Zero && of.Total < Tried);
        yield return (LessonVerdict.NobodyCame, "nobody-came", of.WithPupil == TimeSpan.Zero && of.Unwatched <= of.Total * UnwatchedShare);
        yield return (LessonVerdict.Disturbed, side.Reason, Matters(lost, of));
        yield return (LessonVerdict.Disturbed, "recoveries", of.Recoveries > AllowedRecoveries);
        yield return (LessonVerdict.Disturbed, "no-camera", Matters(of.NoCamera, of));
        yield return (LessonVerdict.Disturbed, "no-microphone", Matters(of.NoMicrophone, of));
        yield return (LessonVerdict.Disturbed, "sound-sent", sent?.Sound?.Median < Mos.Poor);
        yield return (LessonVerdict.Disturbed, "picture-sent", sent?.Fps?.Median < PoorFps);
        yield return (LessonVerdict.Disturbed, "lost-far-side", Matters(of.FarSide, of));
        yield return (LessonVerdict.Disturbed, "sound-received", received?.Sound?.Median < Mos.Poor);
        yield return (LessonVerdict.Disturbed, "picture-received", received?.Fps?.Median < PoorFps);
        yield return (LessonVerdict.Disturbed, "unwatched", of.Unwatched > of.Total * UnwatchedShare);
        yield return (LessonVerdict.Good, "as-it-should-be", true);
    }

    private static bool Matters(TimeSpan lost, LessonDraft of) => lost > Allowed && lost > of.Total * AllowedShare;
}
