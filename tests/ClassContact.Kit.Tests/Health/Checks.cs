using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Tests.Health;

/// <summary>Checks for tests, and findings for them.</summary>
internal static class Checks
{
    internal const string Gone = "gone";

    internal static readonly Finding Ok = Finding.Pass();
    internal static readonly Finding Bad = Finding.Fail(Gone);

    internal static Check Of(
        string code, Severity severity = Severity.StopsCalls, Thing thing = Thing.Camera, Func<CancellationToken, Task<Finding>>? look = null,
        params string[] dependsOn) =>
        new(code, severity, thing, [Gone, "slow"], look ?? (_ => Task.FromResult(Ok))) { DependsOn = [.. dependsOn] };

    internal static readonly DateTimeOffset Monday = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    /// <summary>So many seconds after the start, by a clock that was never set.</summary>
    internal static Moment At(double seconds) => new(TimeSpan.FromSeconds(seconds), Monday.AddSeconds(seconds));

    internal static HealthBoard Next(this HealthBoard board, double seconds, params (string Code, Finding Found)[] found) =>
        board.Next(found.ToDictionary(f => f.Code, f => f.Found), At(seconds));
}
