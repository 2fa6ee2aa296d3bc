namespace ClassContact.Helpdesk.Tests;

/// <summary>The system's clock, set forward or back by somebody; its timers go on as they are.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + By;
}
