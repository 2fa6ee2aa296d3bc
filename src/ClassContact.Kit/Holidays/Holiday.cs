namespace ClassContact.Kit.Holidays;

/// <summary>Days on which schools, and with them the helpdesk, are closed.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them, itself closed.</param>
/// <param name="Name">As the calendar calls it.</param>
/// <param name="IsTentative">True when the calendar says that this is not official yet. It counts as a holiday all the same: to promise an
/// answer that does not come is worse than to be reached unexpectedly.</param>
public sealed record Holiday(DateOnly First, DateOnly Last, string Name, bool IsTentative);
