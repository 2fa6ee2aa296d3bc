using ClassContact.Kit.Settings;

namespace ClassContact.Kit.Enrolment;

/// <summary>What became of an offered link.</summary>
/// <param name="Step">What was done.</param>
/// <param name="Problem">Why this kit's meeting cannot have the link, without a word of it; null when it can.</param>
public sealed record LinkOffered(LinkStep Step, string? Problem = null);

/// <summary>Asks the service for the kit's link over mutual TLS, and for the secret of its door. A new link waits for somebody at the kit.</summary>
/// <param name="kit">The settings.</param>
/// <param name="links">Where links lie.</param>
/// <param name="time">The clock of deadlines.</param>
public sealed class LinkPull(KitSettings kit, LinkStore links, TimeProvider time)
{
    private readonly IdentityFolder identity = new((kit.Folders ?? new()).Data);

    /// <summary>Asks once.</summary>
    /// <exception cref="EnrolmentException">The kit is not enrolled, or the service refused or cannot be reached.</exception>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public async Task<LinkOffered> Run(CancellationToken ct)
    {
        using var own = identity.Current() ?? throw new EnrolmentException(EnrolmentException.NotEnrolled, "the kit is not enrolled (classcontact enroll)");
        using var service = KitService.Open(kit, identity, own, time);
        await PullDoor(service, ct); // whatever becomes of the link: a kit that is enrolled opens its door to nobody without it
        return links.Offer(await service.Link(ct));
    }

    // Beside the link, and never in its way: without it, or with yesterday's, the kit does all but open its door.
    private async Task PullDoor(EstClient service, CancellationToken ct)
    {
        try
        {
            if (await service.DoorSecret(ct) is { } secret)
                identity.KeepDoorSecret(secret);
        }
        catch (Exception e) when (e is EnrolmentException or IOException or UnauthorizedAccessException)
        {
            // It comes with the next pull.
        }
    }
}
