using ClassContact.Kit.Call;

namespace ClassContact.Classroom.Trials.Lessons;

/// <summary>A fault as it came.</summary>
/// <param name="Fault">Which.</param>
/// <param name="Present">From its cause to its end.</param>
/// <param name="Until">What is told until then may be of it.</param>
public sealed record FaultNote(LessonFault Fault, Stretch Present, TimeSpan Until);

/// <summary>What was seen of a lesson, from outside and from what the kit told.</summary>
/// <param name="Plan">As it was drawn.</param>
/// <param name="Pressed">When.</param>
/// <param name="Opened">When the kit told that the class was open; null: never.</param>
/// <param name="Class">From the class's first picture and sound at the pupil's to the press that ended it; null: never.</param>
/// <param name="Faults">As they came.</param>
/// <param name="Told">All that the kit told from the press on.</param>
/// <param name="NoPicture">When the pupil had no picture.</param>
/// <param name="NoSound">When the pupil had no sound.</param>
/// <param name="WaysBack">When the pupil's own side had still to come back: it is not ours.</param>
/// <param name="Lost">Minutes lost, by whose trouble the kit took it for: its lesson record. Null: none came.</param>
public sealed record LessonNotes(
    LessonPlan Plan, TimeSpan Pressed, TimeSpan? Opened, Stretch? Class, IReadOnlyList<FaultNote> Faults, IReadOnlyList<Told> Told,
    IReadOnlyList<Stretch> NoPicture, IReadOnlyList<Stretch> NoSound, IReadOnlyList<Stretch> WaysBack, IReadOnlyDictionary<Side, double>? Lost);

/// <summary>What is to be said of a lesson.</summary>
/// <param name="FirstPress">One press opened the class, and it reached the pupil.</param>
/// <param name="Possible">So long the class could have reached the pupil, once it had.</param>
/// <param name="Missed">So long of that it did not.</param>
/// <param name="FalseAlarms">What was told, or done, and had no reason on our side.</param>
/// <param name="Causes">Of each fault, what was told; null in Problem where that was right.</param>
/// <param name="Record">What the lesson record has wrong; null for nothing.</param>
public sealed record LessonJudgement(
    bool FirstPress, TimeSpan Possible, TimeSpan Missed, IReadOnlyList<string> FalseAlarms, IReadOnlyList<(string Fault, string Told, string? Problem)> Causes, string? Record)
{
    /// <summary>Nothing is to be looked at.</summary>
    public bool IsGood => FirstPress && FalseAlarms.Count == 0 && Causes.All(c => c.Problem is null) && Record is null;

    /// <summary>What is to be looked at.</summary>
    public string Problems => string.Join("; ",
    [
        .. FirstPress ? Array.Empty<string>() : ["first press failed"],
        .. FalseAlarms.Select(a => $"false alarm: {a}"),
        .. Causes.Where(c => c.Problem is not null).Select(c => $"{c.Fault}: {c.Problem}, told: {(c.Told.Length > 0 ? c.Told : "nothing")}"),
        .. Record is null ? Array.Empty<string>() : [Record],
    ]);
}
