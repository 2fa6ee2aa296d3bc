using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Network;

/// <summary>Who stands between the kit and the world: a page that wants a login, a proxy.</summary>
internal static class AccessChecks
{
    internal const string Portal = "captive-portal";
    internal const string Proxy = "proxy";
    private const string LoginNeeded = "login-needed";
    private const string BehindProxy = "behind-proxy";
    private const string Between = "between";
    private const string NoProbe = "no-probe";
    private const string SilentProbe = "silent-probe";

    // A portal lets a session run out after hours; twice an hour is 40 kB a day.
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(30);

    /// <summary>Both, judged by one answer.</summary>
    /// <param name="probe">Null where none is configured.</param>
    /// <param name="caller">The way to the meeting, which may lead through a proxy.</param>
    internal static IReadOnlyList<Check> Of(Probe? probe, MeetingCaller caller)
    {
        var shared = probe is null ? null : new Shared<Probed>(probe.Ask, probe.Time);
        return
        [
            new(Proxy, caller.Proxy is null ? Severity.Degrades : Severity.StopsCalls, Thing.Network,
                [Trouble.ProxyLogin, Trouble.ProxyRefuses, Trouble.NoAnswer, Between, NoProbe, SilentProbe],
                ct => caller.Proxy is { } proxy ? Asked(proxy, caller, ct) : Unasked(shared, ct))
            { Grace = NetworkChecks.Grace, DependsOn = LinkChecks.Local, Every = Often, On = Wakes.Network, Deadline = TimeSpan.FromSeconds(15) },

            new(Portal, Severity.StopsCalls, Thing.Network, [LoginNeeded, BehindProxy, NoProbe, SilentProbe], ct => LetsThrough(shared, ct))
            { Grace = NetworkChecks.Grace, DependsOn = LinkChecks.Local, Every = Often, On = Wakes.Network },
        ];
    }

    private static async Task<Finding> LetsThrough(Shared<Probed>? probe, CancellationToken ct) => probe is null ? Finding.Skipped(NoProbe)
        : await probe.Look(ct) switch
        {
            { IsOurs: true } => Finding.Pass(),
            { Answer: null } => Finding.Skipped(SilentProbe), // one server that is down must not make every kit look ill
            { AsksLogin: true } => Finding.Skipped(BehindProxy),
            { Answer.Status: >= 500 and not 511 } => Finding.Skipped(SilentProbe),
            _ => Finding.Fail(LoginNeeded),
        };

    // Nobody told of a proxy, and there may be one all the same.
    private static async Task<Finding> Unasked(Shared<Probed>? probe, CancellationToken ct) => probe is null ? Finding.Skipped(NoProbe)
        : await probe.Look(ct) switch
        {
            { AsksLogin: true } => Finding.Fail(Trouble.ProxyLogin),
            { Via: { } product } => Finding.Warn(Between, product),
            { Answer: null } => Finding.Skipped(SilentProbe),
            _ => Finding.Pass(),
        };

    private static async Task<Finding> Asked(Place proxy, MeetingCaller caller, CancellationToken ct)
    {
        var alone = await Dial.To(proxy, Purpose.Checks, caller.Time, ct);
        if (alone.Stream is null)
            return Finding.Fail(Trouble.NoAnswer);
        await alone.Stream.DisposeAsync();
        var dialled = await caller.Dial(ct);
        if (dialled.Stream is not null)
            await dialled.Stream.DisposeAsync();
        return dialled.Trouble switch
        {
            null => Finding.Pass(NetworkChecks.Milliseconds("proxy", dialled.Took)),
            Trouble.ProxyLogin or Trouble.ProxyRefuses => Finding.Fail(dialled.Trouble),
            _ => Finding.Fail(Trouble.NoAnswer),
        };
    }
}
