namespace ClassContact.Kit.Health;

/// <summary>A moment by both clocks.</summary>
/// <param name="SinceStart">Since the agent started, by a clock that nobody sets: decides.</param>
/// <param name="Utc">By the kit's clock: only stamps what people read.</param>
public readonly record struct Moment(TimeSpan SinceStart, DateTimeOffset Utc);
