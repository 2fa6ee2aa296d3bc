using ClassContact.Kit.Call;

namespace ClassContact.Classroom.Trials.Lessons;

/// <summary>Holds what the kit told of a lesson against what was done to it.</summary>
public static class LessonJudge
{
    /// <summary>The record rounds to hundredths of a minute, and a look a second is late by up to that.</summary>
    private const double Notable = 0.05;

    /// <summary>Judges; pure.</summary>
    public static LessonJudgement Judge(LessonNotes notes)
    {
        var (possible, missed) = Delivery(notes);
        return new(notes is { Opened: not null, Class: not null }, possible, missed, [.. FalseAlarms(notes)], [.. notes.Faults.Select(f => Cause(notes, f))], Record(notes));
    }

    private static (TimeSpan Possible, TimeSpan Missed) Delivery(LessonNotes notes)
    {
        if (notes.Class is not { } time)
            return (notes.Plan.Lasts, notes.Plan.Lasts);
        var neverPossible = Stretch.Union([.. Denies(notes, Denied.Both), .. notes.WaysBack], time);
        var missed = Stretch.Union(
            [.. notes.NoPicture.SelectMany(gap => gap.Without(Denies(notes, Denied.Picture))), .. notes.NoSound.SelectMany(gap => gap.Without(Denies(notes, Denied.Sound)))], time)
            .SelectMany(gap => gap.Without(neverPossible));
        return (Sum(time.Without(neverPossible)), Sum(missed));
    }

    private static IEnumerable<Stretch> Denies(LessonNotes notes, Denied what) =>
        notes.Faults.Where(f => f.Fault.Denies.HasFlag(what)).Select(f => f.Present);

    private static TimeSpan Sum(IEnumerable<Stretch> stretches) => TimeSpan.FromTicks(stretches.Sum(s => s.Length.Ticks));

    // A fault told, or the meeting opened anew, where nothing was broken on our side of the pupil's.
    private static IEnumerable<string> FalseAlarms(LessonNotes notes)
    {
        var attempts = 1;
        foreach (var told in notes.Told)
        {
            var again = told.Attempts > attempts;
            attempts = Math.Max(attempts, told.Attempts);
            var alarm = again || told.State is "recovering" or "faulted" || (told.IsOpen && (told.Missing != "" || told.Cause is not (null or "far-side")));
            if (alarm && !notes.Faults.Any(f => f.Fault.Side is not (null or Side.FarSide) && told.At >= f.Present.From && told.At <= f.Until))
                yield return $"{told.State} {told.Cause} {told.Missing} attempt {told.Attempts} at {(told.At - notes.Pressed).TotalSeconds:0.0} s";
        }
    }

    private static (string Fault, string Told, string? Problem) Cause(LessonNotes notes, FaultNote note)
    {
        var told = Words(notes, note).Distinct().ToList();
        // That a pupil is gone is the visible part of much else.
        var wrong = told.Where(word => word != "pupil-left" && !note.Fault.Wanted.Contains(word)).ToList();
        var problem = wrong.Count > 0 ? "wrong cause" : note.Fault.MustBeTold && !note.Fault.Wanted.Any(told.Contains) ? "not told" : null;
        return (note.Fault.Name, string.Join(' ', told), problem);
    }

    private static IEnumerable<string> Words(LessonNotes notes, FaultNote note)
    {
        var before = notes.Told.LastOrDefault(t => t.At < note.Present.From)?.State;
        foreach (var told in notes.Told.Where(t => t.At >= note.Present.From && t.At <= note.Until))
        {
            if (told.State is not ("standby" or "ending") && told.Cause is { } cause)
                yield return cause;
            foreach (var device in told.Missing.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return device;
            if (before is "with-pupil" && told.State is "open")
                yield return "pupil-left";
            before = told.State ?? before;
        }
    }

    private static string? Record(LessonNotes notes)
    {
        if (notes.Lost is null)
            return notes.Opened is null ? null : "no lesson record came";
        var wrong = notes.Lost.Where(l => l.Value >= Notable && !notes.Faults.Any(f => f.Fault.Side == l.Key)).ToList();
        return wrong.Count == 0 ? null : $"the record blames {string.Join(", ", wrong.Select(w => $"{w.Key} ({w.Value} min)"))}";
    }
}
