namespace ClassContact.Mqtt.Tests;

/// <summary>The real time, shifted: what has passed since, and what the wall clock says.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long passed;
    private TimeSpan off;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref passed);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;

    /// <summary>So much more time has passed, for whoever measures it; timers go on as they were.</summary>
    internal void Pass(TimeSpan time) => Interlocked.Add(ref passed, (long)(time.TotalSeconds * TimestampFrequency));

    /// <summary>Somebody sets the wall clock.</summary>
    internal void SetClock(TimeSpan ahead) => off = ahead;
}
