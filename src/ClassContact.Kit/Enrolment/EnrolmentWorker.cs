using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Kit.Settings;
using ClassContact.Messages.Enrolling;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Enrolment;

/// <summary>
/// Looks after the kit's certificate and its link, at the start, once a day and when asked to. Only for kits whose settings name the service; nothing of
/// it is in the teacher's way.
/// </summary>
/// <param name="kit">The settings.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Gets what was done and what failed; never a link.</param>
public sealed class EnrolmentWorker(KitSettings kit, TimeProvider time, ILogger log)
{
    private const string NotRenewed = "certificate-not-renewed";
    private const string NotFetched = "link-not-fetched";
    private const string LinkRefused = "link-refused";
    private const string Disk = "disk";

    private readonly IdentityFolder identity = new((kit.Folders ?? new()).Data);
    private readonly LinkStore links = new(kit);
    private readonly ConcurrentDictionary<string, string> told = [];
    private volatile string? waitingRoom;

    /// <summary>
    /// Told what happened, as an event's name and cause: <c>certificate-renewed</c>; <c>certificate-not-renewed</c>, <c>link-not-fetched</c> (cause), once
    /// until the cause changes; <c>link-waits</c>; <c>link-refused</c>; <c>link-confirmed</c>.
    /// </summary>
    public Action<string, string?> Tell { get; init; } = (_, _) => { };

    /// <summary>Told that <see cref="WaitingRoom"/> has changed; may come on any thread.</summary>
    public Action Changed { get; init; } = () => { };

    /// <summary>Whether the certificate may be renewed and the link asked for at this moment: not in a class. Whoever calls <see cref="Refresh"/> is not asked.</summary>
    public Func<bool> IsFree { get; init; } = () => true;

    /// <summary>The label of the room whose link waits for somebody at the kit; null when none waits. Kept in memory: it may be asked at every frame.</summary>
    public string? WaitingRoom => waitingRoom;

    /// <summary>
    /// Somebody at the kit has confirmed the room: the waiting link is the link from now on, once the settings are read anew. Writes to the disk, so it
    /// must not hold up a key.
    /// </summary>
    /// <param name="room">The label that was on the screen: if another waits by now, nothing is confirmed.</param>
    /// <returns>False when it does not wait, or the disk does not take it; then everything is as before.</returns>
    public bool Confirm(string room)
    {
        try
        {
            if (!links.Confirm(room))
                return false;
            log.LogInformation("the link of another room was confirmed at the kit");
            Tell("link-confirmed", null);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("the new link cannot be taken into use: {Reason}", e.Message);
            return false;
        }
        finally
        {
            Show();
        }
    }

    /// <summary>Asks the service for the link now, for example because the helpdesk has announced a new one. May be called at any time.</summary>
    /// <returns>Null when that is done, whether or not the link is new; else why not, as a code: <c>not-enrolled</c>, <c>link-refused</c> (this kit's
    /// meeting cannot have it), <c>disk</c>, <c>unreachable</c>, <c>untrusted</c>, <c>bad-answer</c>, or <c>refused</c> by the service.</returns>
    public async Task<string?> Refresh(CancellationToken ct)
    {
        LinkOffered? offered = null;
        var trouble = await Attempt(NotFetched, async () => offered = await new LinkPull(kit, links, time).Run(ct));
        Show();
        if (offered is { Problem: { } problem })
        {
            log.LogError("the service offers a link that this kit cannot use: {Problem}", problem);
            TellOnce(LinkRefused, "");
            return LinkRefused;
        }
        if (offered is not null)
            told.TryRemove(LinkRefused, out _);
        if (offered is { Step: LinkStep.Wait })
            Tell("link-waits", null);
        return trouble is null or EnrolmentException.Unreachable or EnrolmentException.Untrusted or EnrolmentException.BadAnswer
            or EnrolmentException.NotEnrolled or Disk ? trouble : "refused";
    }

    /// <summary>Looks for ever; returns only when cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        Recover();
        Show();
        await Wait(Renewal.BeforeFirst(identity.Valid(), time.GetUtcNow(), Random.Shared.NextDouble()), ct);
        while (true)
            await Wait(Renewal.Between(await Look(ct), Random.Shared.NextDouble()), ct);
    }

    /// <summary>Renews what is due and fetches the link. True when nothing is left to be done soon.</summary>
    internal async Task<bool> Look(CancellationToken ct)
    {
        if (!IsFree() || !Recover())
            return false;
        using var current = identity.Current();
        if (current is not null)
            return await Renew(current, ct) & await Refresh(ct) is null;
        if (identity.IsThere)
            log.LogError("the kit's certificate and its key do not fit together; enrol again (classcontact enroll)");
        return true; // asking more often changes nothing
    }

    // A disk that does not take it now may take it at the next look.
    private bool Recover()
    {
        try
        {
            identity.Recover();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("the new certificate cannot be put in its place: {Reason}", e.Message);
            TellOnce(NotRenewed, Disk);
            return false;
        }
    }

    private async Task<bool> Renew(X509Certificate2 current, CancellationToken ct)
    {
        var due = Renewal.Of(new(current.NotBefore, current.NotAfter), time.GetUtcNow());
        if (due is RenewalDue.NotYet or RenewalDue.ClockBehind)
            return due is RenewalDue.NotYet;
        return await Attempt(NotRenewed, async () =>
        {
            var until = await new Renewing(kit, identity, time).Run(current, ct);
            log.LogInformation("the kit's certificate was renewed; the new one is valid until {Until:yyyy-MM-dd}", until);
            Tell("certificate-renewed", null);
        }) is null;
    }

    // The cause of the failure; null for none.
    private async Task<string?> Attempt(string failure, Func<Task> attempt)
    {
        try
        {
            await attempt();
            told.TryRemove(failure, out _);
            return null;
        }
        catch (EnrolmentException e)
        {
            log.LogWarning("{Failure}: {Cause}: {Reason}", failure, e.Cause, e.Message);
            if (e.Cause is Refusals.Expired or Refusals.Revoked)
                log.LogError("the kit must enrol again: ask the helpdesk for a code, then classcontact enroll");
            return TellOnce(failure, e.Cause);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("{Failure}: {Reason}", failure, e.Message);
            return TellOnce(failure, Disk);
        }
    }

    // A service that is away for the holidays is one event, not one an hour.
    private string TellOnce(string name, string cause)
    {
        if (!told.TryGetValue(name, out var before) || before != cause)
            Tell(name, cause.Length > 0 ? cause : null);
        return told[name] = cause;
    }

    private void Show()
    {
        var waiting = links.WaitingRoom;
        var isNew = waiting != waitingRoom;
        waitingRoom = waiting;
        if (isNew)
            Changed();
    }

    // In steps: a kit that sleeps between lessons counts no time meanwhile, and a day of its waking may be a month.
    private async Task Wait(TimeSpan length, CancellationToken ct)
    {
        var until = time.GetUtcNow() + length;
        for (var left = length; left > TimeSpan.Zero && time.GetUtcNow() < until; left -= Renewal.Step)
            await Task.Delay(left < Renewal.Step ? left : Renewal.Step, time, ct);
    }
}
