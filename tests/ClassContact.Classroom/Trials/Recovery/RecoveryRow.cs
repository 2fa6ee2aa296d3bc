namespace ClassContact.Classroom.Trials.Recovery;

/// <summary>A line of the table of faults: what is broken, and what must happen.</summary>
/// <param name="Name">As in <c>--only</c>.</param>
/// <param name="Fault">For people.</param>
/// <param name="Run">Breaks it, in a class with the pupil, and watches.</param>
public sealed record RecoveryRow(string Name, string Fault, Func<Scene, Task<Try>> Run)
{
    /// <summary>It must be noticed within this; null for no limit.</summary>
    public TimeSpan? Notice { get; init; }

    /// <summary>The class must be open again within this; null for no limit.</summary>
    public TimeSpan? Open { get; init; }

    /// <summary>The agent's wall clock jumps.</summary>
    public bool ClockJumps { get; init; }

    /// <summary>Only tried when time is no matter, and then once.</summary>
    public bool TakesLong { get; init; }

    /// <summary>What a try has not kept to; null when all is well.</summary>
    public string? Problem(Try of) =>
        of.Failed
        ?? (Notice is { } n && (of.Noticed is null || of.Noticed > n) ? $"noticed after {Seconds(of.Noticed)}, limit {Seconds(n)}" : null)
        ?? (Open is { } o && (of.Open is null || of.Open > o) ? $"open again after {Seconds(of.Open)}, limit {Seconds(o)}" : null);

    private static string Seconds(TimeSpan? time) => time is { } t ? $"{t.TotalSeconds:0.0} s" : "never";
}
