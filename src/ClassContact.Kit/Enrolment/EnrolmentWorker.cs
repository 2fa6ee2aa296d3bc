using System.Threading.Channels;
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
    private readonly IdentityFolder identity = new((kit.Folders ?? new()).Data);
    private readonly LinkStore links = new(kit);
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Told what happened, as an event's name and cause: <c>certificate-renewed</c>; <c>certificate-not-renewed</c>, <c>link-not-fetched</c> (cause);
    /// <c>link-waits</c>; <c>link-refused</c>; <c>link-confirmed</c>.</summary>
    public Action<string, string?> Tell { get; init; } = (_, _) => { };

    /// <summary>Told that <see cref="WaitingRoom"/> may have changed.</summary>
    public Action Changed { get; init; } = () => { };

    /// <summary>The label of the room whose link waits for somebody at the kit; null when none waits. Kept in memory: it may be asked at every frame.</summary>
    public string? WaitingRoom { get; private set; }

    /// <summary>Looks now: the helpdesk has announced a new link.</summary>
    public void Wake() => bell.Writer.TryWrite(true);

    /// <summary>Somebody at the kit has confirmed the room: the waiting link is the link from now on. Whoever holds the old one must read it anew.</summary>
    /// <returns>False when none waited, or the disk does not take it; then everything is as before.</returns>
    public bool Confirm()
    {
        try
        {
            if (links.Confirm() is null)
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

    /// <summary>Looks for ever; returns only when cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        identity.Recover();
        Show();
        await Wait(Renewal.BeforeFirst(identity.Valid(), time.GetUtcNow(), Random.Shared.NextDouble()), ct);
        while (true)
            await Wait(Renewal.Between(await Look(ct), Random.Shared.NextDouble()), ct);
    }

    /// <summary>Renews what is due and fetches the link. True when nothing is left to be done.</summary>
    internal async Task<bool> Look(CancellationToken ct) => await Renew(ct) & await FetchLink(ct);

    private async Task<bool> Renew(CancellationToken ct)
    {
        using var current = identity.Current();
        if (current is null)
        {
            if (identity.IsThere)
                log.LogError("the kit's certificate and its key do not fit together; enrol again (classcontact enroll)");
            return true; // asking more often changes nothing
        }
        var due = Renewal.Of(new(current.NotBefore, current.NotAfter), time.GetUtcNow());
        if (due is RenewalDue.NotYet or RenewalDue.ClockBehind)
            return due is RenewalDue.NotYet;
        return await Attempt("certificate-not-renewed", async () =>
        {
            var until = await new Renewing(kit, identity, time).Run(current, ct);
            log.LogInformation("the kit's certificate was renewed; the new one is valid until {Until:yyyy-MM-dd}", until);
            Tell("certificate-renewed", null);
        });
    }

    private async Task<bool> FetchLink(CancellationToken ct)
    {
        using var current = identity.Current();
        return current is null || await Attempt("link-not-fetched", async () =>
        {
            RoomLink? offered;
            using (var service = KitService.Open(kit, identity, current, time))
                offered = await service.Link(ct);
            var (step, problem) = links.Offer(offered);
            if (problem is not null)
            {
                log.LogError("the service offers a link that this kit cannot use: {Problem}", problem);
                Tell("link-refused", null);
            }
            if (step is LinkStep.Wait)
                Tell("link-waits", null);
            Show();
        });
    }

    private async Task<bool> Attempt(string failure, Func<Task> attempt)
    {
        try
        {
            await attempt();
            return true;
        }
        catch (EnrolmentException e)
        {
            log.LogWarning("{Failure}: {Cause}: {Reason}", failure, e.Cause, e.Message);
            if (e.Cause is Refusals.Expired or Refusals.Revoked)
                log.LogError("the kit must enrol again: ask the helpdesk for a code, then classcontact enroll");
            Tell(failure, e.Cause);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("{Failure}: {Reason}", failure, e.Message);
            Tell(failure, "disk");
        }
        return false;
    }

    private void Show()
    {
        var waiting = links.WaitingRoom;
        var isNew = waiting != WaitingRoom;
        WaitingRoom = waiting;
        if (isNew)
            Changed();
    }

    private async Task Wait(TimeSpan length, CancellationToken ct)
    {
        using var alarm = time.CreateTimer(_ => Wake(), null, length, Timeout.InfiniteTimeSpan);
        await bell.Reader.ReadAsync(ct);
    }
}
