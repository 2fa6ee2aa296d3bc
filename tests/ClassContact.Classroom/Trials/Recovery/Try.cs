namespace ClassContact.Classroom.Trials.Recovery;

/// <summary>How one fault went.</summary>
/// <param name="Noticed">From the fault until the kit told of it; null where it need not.</param>
/// <param name="Open">From the fault, or from its end where nothing can come back before, until the kit told that all is well; null where it never told otherwise.</param>
/// <param name="Seen">From the same moment until the pupil had picture and sound of the class again.</param>
/// <param name="Failed">What did not happen as it must.</param>
public sealed record Try(TimeSpan? Noticed = null, TimeSpan? Open = null, TimeSpan? Seen = null, string? Failed = null);
