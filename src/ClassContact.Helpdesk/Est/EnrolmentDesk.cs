using System.Security.Cryptography.X509Certificates;
using ClassContact.Helpdesk.Authority;
using ClassContact.Helpdesk.Register;
using ClassContact.Helpdesk.Words;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;
using Microsoft.Extensions.Logging;

namespace ClassContact.Helpdesk.Est;

/// <summary>A thing given, or the code of the refusal (<see cref="Refusals"/>) and a sentence for it.</summary>
internal sealed record Answer<T>(T? Given, string? Refusal = null, string? Why = null)
    where T : class;

/// <summary>What the service does for kits, without a word of HTTP.</summary>
/// <remarks>A kit's newest certificate must have had a fiftieth of its life, some four days, before another is signed: whoever has a stolen kit cannot fill
/// the folder of certificates. A kit asks after two thirds, and again a week later when the broker did not take the new one.</remarks>
/// <param name="authority">Signs.</param>
/// <param name="register">Remembers.</param>
/// <param name="life">How long a certificate lasts.</param>
/// <param name="time">The clock that judges.</param>
/// <param name="log">Names kits and serial numbers; never a code or a link.</param>
internal sealed class EnrolmentDesk(KitAuthority authority, KitRegister register, TimeSpan life, TimeProvider time, ILogger log)
{
    /// <summary>The master key of the kits' doors; null where they have none.</summary>
    public byte[]? DoorKey { private get; init; }

    private TimeSpan Young => life / 50;

    /// <summary>The authority's certificate.</summary>
    public byte[] CaCerts() => authority.CaCerts();

    /// <summary>A first certificate, for a one-time code.</summary>
    public Task<Answer<X509Certificate2>> Enroll(string user, string code, byte[] body, CancellationToken ct)
    {
        var (asked, problem) = CertificateRequests.Read(body);
        if (asked is null)
            return Task.FromResult<Answer<X509Certificate2>>(new(null, Refusals.BadRequest, problem));
        if (!CertificateRequests.IsForKits(user, out var kit) || kit != asked.Kit)
            return Task.FromResult<Answer<X509Certificate2>>(new(null, Refusals.BadRequest, "its common name is not the kit that asks"));
        var typed = OneTimeCode.Typed(register.Read(kit).Code, code); // takes its time, so not while the register is held
        return register.Change(kit, before => ForCode(before, typed, asked), ct);
    }

    /// <summary>The next certificate, for the present one.</summary>
    public Task<Answer<X509Certificate2>> Reenroll(X509Certificate2? client, byte[] body, CancellationToken ct) => ForKit(client, async kit =>
    {
        var (asked, problem) = CertificateRequests.Read(body);
        if (asked is null)
            return new(null, Refusals.BadRequest, problem);
        if (asked.Kit != kit)
            return new(null, Refusals.BadRequest, "its common name is not the certificate's");
        // Asked again while the register is held: a revocation may just have had it.
        return await register.Change(kit, before => register.IsRevoked(before, client!) ? (before, IsRevoked<X509Certificate2>(kit)) : Renew(before, asked), ct);
    });

    /// <summary>The kit's room and link.</summary>
    /// <returns>Nothing given and no refusal when no link was set.</returns>
    public Task<Answer<RoomLink>> Link(X509Certificate2? client) =>
        ForKit(client, kit => Task.FromResult(new Answer<RoomLink>(register.Link(kit))));

    /// <summary>The secret of the kit's door.</summary>
    /// <returns>Nothing given and no refusal when there is no master key.</returns>
    public Task<Answer<byte[]>> DoorSecret(X509Certificate2? client) =>
        ForKit(client, kit => Task.FromResult(new Answer<byte[]>(DoorKey is { } master ? DoorCode.SecretOf(master, kit) : null)));

    /// <summary>Takes the kit out of use.</summary>
    public Task<Answer<string>> Retire(X509Certificate2? client, CancellationToken ct) => ForKit(client, async kit =>
    {
        var (count, trouble) = await register.Retire(kit, client!, ct);
        if (count == 0)
            return IsRevoked<string>(kit);
        log.LogWarning("{Kit}: retired by the kit itself, {Count} certificates revoked", kit, count);
        if (trouble is not null)
            log.LogError("{Kit}: the broker was not told, so it still lets the kit in; it will be told again: {Reason}", kit, trouble);
        return new Answer<string>("");
    });

    /// <summary>Gives something to whoever shows the certificate of a kit of ours that was not revoked.</summary>
    internal async Task<Answer<T>> ForKit<T>(X509Certificate2? client, Func<KitId, Task<Answer<T>>> give)
        where T : class
    {
        var (kit, refusal) = authority.Judge(client, time.GetUtcNow());
        if (kit is not { } known)
            return new(null, refusal);
        return register.IsRevoked(register.Read(known), client!) ? IsRevoked<T>(known) : await give(known);
    }

    private Answer<T> IsRevoked<T>(KitId kit)
        where T : class
    {
        log.LogWarning("{Kit}: came with a revoked certificate", kit);
        return new(null, Refusals.Revoked);
    }

    private (KitRecord, Answer<X509Certificate2>) Renew(KitRecord before, KitKeyRequest asked)
    {
        // Age without a sign: what was signed while the clock was a year ahead must not block the kit for that year.
        if (before.Newest is { } newest && (time.GetUtcNow() - newest.At).Duration() < Young)
        {
            if (newest.Key == asked.Fingerprint)
                return (before, new(register.Signed(newest.Serial))); // its answer may have been lost
            log.LogWarning("{Kit}: renewal refused, the newest certificate is of {At:u}", asked.Kit, newest.At);
            return (before, new(null, Refusals.Unable, HelpdeskWords.Say("renewal.too-soon", ("from", $"{newest.At + Young:yyyy-MM-dd HH:mm}"))));
        }
        var (after, signed) = Sign(before, asked);
        log.LogInformation("{Kit}: renewed, certificate {Serial} until {Until:yyyy-MM-dd}", asked.Kit, signed.SerialNumber, signed.NotAfter);
        return (after, new(signed));
    }

    private (KitRecord, Answer<X509Certificate2>) ForCode(KitRecord before, TypedCode typed, KitKeyRequest asked)
    {
        var (verdict, next) = OneTimeCode.Try(before.Code, typed, asked.Fingerprint, time.GetUtcNow());
        var after = before with { Code = next };
        var given = verdict is CodeVerdict.Again ? before.Certificates.LastOrDefault(c => c.Key == asked.Fingerprint && c.Revoked is null) : null;
        if (given is not null)
            return (after, new(register.Signed(given.Serial)));
        if (verdict is not (CodeVerdict.Right or CodeVerdict.Again))
        {
            if (next is null)
                log.LogWarning("{Kit}: enrolment refused, there is no code for it", asked.Kit);
            else
                log.LogWarning("{Kit}: enrolment refused, {Refusal}; {Wrong} wrong codes so far", asked.Kit, RefusalOf(verdict), next.Wrong);
            return (after, new(null, RefusalOf(verdict)));
        }
        // The broker's authority revokes by name: told late, it would revoke the new certificate, too. The code stays good.
        if (before.IsUntold(time.GetUtcNow()))
        {
            log.LogWarning("{Kit}: enrolment refused, the broker was not told yet that its old certificates are revoked", asked.Kit);
            return (before, new(null, Refusals.Unable, HelpdeskWords.Say("enrolment.untold")));
        }
        var (signedFor, signed) = Sign(after, asked);
        log.LogInformation("{Kit}: enrolled, certificate {Serial} until {Until:yyyy-MM-dd}", asked.Kit, signed.SerialNumber, signed.NotAfter);
        return (signedFor, new(signed));
    }

    private (KitRecord After, X509Certificate2 Signed) Sign(KitRecord before, KitKeyRequest asked)
    {
        var now = time.GetUtcNow();
        var signed = authority.Sign(asked, now, life);
        register.Keep(signed);
        return (before.Add(new(signed.SerialNumber, now, signed.NotAfter.ToUniversalTime(), asked.Fingerprint)), signed);
    }

    private static string RefusalOf(CodeVerdict verdict) => verdict switch
    {
        CodeVerdict.Used => Refusals.CodeUsed,
        CodeVerdict.Expired => Refusals.CodeExpired,
        CodeVerdict.Blocked => Refusals.CodeBlocked,
        _ => Refusals.WrongCode,
    };
}
