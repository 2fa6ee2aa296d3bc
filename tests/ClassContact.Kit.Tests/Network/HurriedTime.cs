namespace ClassContact.Kit.Tests.Network;

/// <summary>The real clock, off by so much, whose deadlines come twenty times sooner: for servers that let one wait.</summary>
internal sealed class HurriedTime(int times = 20, TimeSpan off = default) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / times : dueTime, period);
}
