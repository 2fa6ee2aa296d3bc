using System.Collections.Immutable;
using System.Net.Security;
using ClassContact.Kit.Health;
using ClassContact.Messages;

namespace ClassContact.Kit.Network;

/// <summary>The meeting's host: its name, its door, who it is, and what time it has. Never a room.</summary>
internal static class MeetingChecks
{
    internal const string Name = "meeting-dns";
    internal const string Door = "meeting-reachable";
    internal const string Clock = "clock-right";
    internal const string Tls = "meeting-tls";
    internal const string Certificate = "meeting-certificate";

    private const string IsAddress = "is-address";
    private const string ByProxy = "by-proxy";
    private const string NotReached = "not-reached";
    private const string NotEncrypted = "not-encrypted";
    private const string WrongName = "wrong-name";
    private const string SelfSigned = "self-signed";
    private const string NotTrusted = "not-trusted";
    private const string Inspected = "inspected";
    private const string Off = "off";
    private const string NoDate = "no-date";

    // A resolver asks again after 5 s (resolv.conf(5)); a host on the other side of the earth shakes hands in under a second.
    private static readonly TimeSpan SlowName = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SlowDoor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SlowTls = TimeSpan.FromSeconds(3);

    // Within half a minute logs can still be laid side by side; beyond five minutes log-ins with signed times begin to fail (RFC 4120: 5 min).
    private static readonly TimeSpan ClockWarns = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ClockFails = TimeSpan.FromMinutes(5);

    /// <summary>All five; a wrong clock comes before TLS, which it breaks.</summary>
    internal static IReadOnlyList<Check> Of(MeetingCaller caller)
    {
        var visit = new Shared<Visit>(caller.Call, caller.Time);
        ImmutableArray<string> way = caller.Proxy is null ? [.. LinkChecks.Local, AccessChecks.Portal] : [.. LinkChecks.Local, AccessChecks.Portal, AccessChecks.Proxy];
        return
        [
            new(Name, Severity.StopsCalls, Thing.Network, [Trouble.UnknownName, Trouble.NoAnswer, NetworkChecks.Slow, IsAddress, ByProxy], ct => Resolves(caller, ct))
            { Grace = NetworkChecks.Grace, DependsOn = way, Every = TimeSpan.FromMinutes(30), On = Wakes.Network }, // 0.3 kB

            new(Door, Severity.StopsCalls, Thing.Network, [Trouble.Refused, Trouble.NoRoute, Trouble.NoAnswer, NetworkChecks.Slow, NotReached], ct => Opens(caller, ct))
            { Grace = NetworkChecks.Grace, DependsOn = [Name, .. way], Every = TimeSpan.FromMinutes(30), On = Wakes.Network }, // 1 kB

            // Each of these three is a handshake, 6 kB, unless they look together. The clock's looks every hour: a host that was not there, or did
            // not tell the time, says nothing when it comes back.
            new(Clock, Severity.Degrades, Thing.Kit, [Off, NoDate, NotTrusted, NotReached], async ct => OfClock(await visit.Look(ct)))
            { Grace = NetworkChecks.Grace, DependsOn = [Door], Every = TimeSpan.FromHours(1), On = Wakes.Network, Deadline = TimeSpan.FromSeconds(20) },

            new(Tls, Severity.StopsCalls, Thing.Network,
                [Trouble.NoAnswer, Handshake.NotTls, WrongName, SelfSigned, NotTrusted, Inspected, NetworkChecks.Slow, NotReached, NotEncrypted],
                async ct => caller.Place.IsEncrypted ? OfTls(await visit.Look(ct)) : Finding.Skipped(NotEncrypted))
            { Grace = NetworkChecks.Grace, DependsOn = [Door, Clock], Every = TimeSpan.FromHours(3), On = Wakes.Network, Deadline = TimeSpan.FromSeconds(20) },

            new(Certificate, Severity.StopsCalls, Thing.Network, [Dates.Expired, Dates.NotYetValid, Dates.ExpiresSoon, NotReached, NotEncrypted],
                async ct => caller.Place.IsEncrypted ? OfDates(await visit.Look(ct), caller.Time.GetUtcNow()) : Finding.Skipped(NotEncrypted))
            { Grace = NetworkChecks.Grace, DependsOn = [Tls, Clock], Every = TimeSpan.FromHours(12), On = Wakes.Network, Deadline = TimeSpan.FromSeconds(20) },
        ];
    }

    private static async Task<Finding> Resolves(MeetingCaller caller, CancellationToken ct)
    {
        if (caller.Proxy is not null)
            return Finding.Skipped(ByProxy);
        if (caller.Place.IsAddress)
            return Finding.Skipped(IsAddress);
        var begun = caller.Time.GetTimestamp();
        var (_, trouble) = await Patience.Within(Patience.Step, ([], Trouble.NoAnswer), caller.Time, either => Dial.Resolve(caller.Place.Host, either), ct);
        var took = caller.Time.GetElapsedTime(begun);
        return trouble is null
            ? NetworkChecks.PassIfFast("dns", took, SlowName)
            : Finding.Fail(trouble, null, NetworkChecks.Milliseconds("dns", took));
    }

    private static async Task<Finding> Opens(MeetingCaller caller, CancellationToken ct)
    {
        var dialled = await caller.Dial(ct);
        if (dialled.Stream is not null)
            await dialled.Stream.DisposeAsync();
        return dialled.Trouble switch
        {
            null => NetworkChecks.PassIfFast("tcp", dialled.Took, SlowDoor),
            Trouble.Refused or Trouble.NoRoute or Trouble.NoAnswer => Finding.Fail(dialled.Trouble, null, NetworkChecks.Milliseconds("tcp", dialled.Took)),
            _ => Finding.Skipped(NotReached), // the name and the proxy have checks of their own
        };
    }

    private static Finding OfTls(Visit visit)
    {
        if (visit.Vouched is not { } vouched)
            return visit.Trouble is Handshake.NotTls ? Finding.Fail(Handshake.NotTls)
                : visit.HandshakeTook > TimeSpan.Zero ? Finding.Fail(Trouble.NoAnswer, null, NetworkChecks.Milliseconds("tls", visit.HandshakeTook))
                : Finding.Skipped(NotReached);
        var took = NetworkChecks.Milliseconds("tls", visit.HandshakeTook, SlowTls);
        var issuer = vouched.Issuer.Organisation;
        if (vouched.Issuer.IsInspection || (vouched.IsTrusted && vouched.CameWithSystem is false))
            return Finding.Fail(Inspected, issuer, took);
        if (vouched.Chain is not System.Security.Cryptography.X509Certificates.X509ChainStatusFlags.NoError)
            return Finding.Fail(vouched.IsSelfSigned ? SelfSigned : NotTrusted, issuer, took);
        if (vouched.Errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return Finding.Fail(WrongName, issuer, took);
        return visit.HandshakeTook > SlowTls ? Finding.Warn(NetworkChecks.Slow, issuer, took) : new(Verdict.Pass, null, issuer, [took]);
    }

    private static Finding OfDates(Visit visit, DateTimeOffset now) =>
        visit.Vouched is not { } vouched ? Finding.Skipped(NotReached)
        : Dates.Judge(vouched.Valid, now, TimeSpan.FromDays(7), "classcontact.network.certificate.remaining");

    private static Finding OfClock(Visit visit)
    {
        if (visit.Vouched is { IsTrusted: false })
            return Finding.CannotTell(NotTrusted);
        if (visit.ClockOffset is not { } offset)
            return visit.Trouble is null ? Finding.CannotTell(NoDate) : Finding.Skipped(NotReached);
        var atLeast = offset.Duration() - visit.ClockDoubt;
        var limit = atLeast > ClockFails ? ClockFails : ClockWarns;
        var measure = new Measure("classcontact.clock.offset", Math.Round(offset.TotalSeconds, 1), "s", limit.TotalSeconds);
        return atLeast > ClockFails ? Finding.Fail(Off, null, measure) : atLeast > ClockWarns ? Finding.Warn(Off, null, measure) : Finding.Pass(measure);
    }
}
