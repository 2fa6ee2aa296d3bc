using ClassContact.Kit.Call;

namespace ClassContact.Classroom.Trials.Lessons;

/// <summary>What of the class cannot reach the pupil, whatever the kit does.</summary>
[Flags]
public enum Denied
{
    /// <summary>All could.</summary>
    Nothing = 0,

    /// <summary>The picture.</summary>
    Picture = 1,

    /// <summary>The sound.</summary>
    Sound = 2,

    /// <summary>Both.</summary>
    Both = Picture | Sound,
}

/// <summary>Something that goes wrong in a lesson.</summary>
/// <param name="Name">In the list of what happened.</param>
/// <param name="Side">Whose trouble it is in truth; null where it should be nobody's.</param>
/// <param name="Weight">How often it is drawn, beside the others.</param>
/// <param name="Seconds">How long it lasts: from, and to.</param>
/// <param name="Begin">Causes it for real.</param>
/// <param name="Mend">Ends it.</param>
public sealed record LessonFault(string Name, Side? Side, int Weight, (double From, double To) Seconds, Func<WholeKit, Task> Begin, Func<WholeKit, Task>? Mend = null)
{
    /// <summary>While it lasts.</summary>
    public Denied Denies { get; init; }

    /// <summary>Causes, missing devices, or <c>pupil-left</c>: what is right to tell of it.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    /// <summary>One of them has to be told; otherwise silence is right, too.</summary>
    public bool MustBeTold { get; init; }

    /// <summary>It is there when the key is pressed.</summary>
    public bool AtLaunch { get; init; }
}
