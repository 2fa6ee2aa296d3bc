using ClassContact.Kit.Settings;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Kit.Enrolment;

/// <summary>Gives a bundle to the service of the kit's certificate, over mutual TLS and by the way that the link and renewals go. Never over MQTT.</summary>
/// <param name="kit">The settings.</param>
/// <param name="time">The clock of pace and deadlines.</param>
public sealed class BundlePost(KitSettings kit, TimeProvider time)
{
    /// <summary>
    /// Bytes a second while a class is on: a quarter of a megabit, a tenth of what a picture takes upwards, so that neither a class nor a pupil who looks on
    /// notices. A bundle of half a megabyte takes a quarter of a minute then.
    /// </summary>
    public const int InClass = 32 * 1024;

    /// <summary>Bytes a second otherwise: a school has others on its line.</summary>
    public const int Otherwise = 512 * 1024;

    private readonly IdentityFolder identity = new((kit.Folders ?? new()).Data);

    /// <summary>Sends it once.</summary>
    /// <param name="bundle">The tar.gz.</param>
    /// <param name="isInClass">Asked again and again.</param>
    /// <param name="ct">Gives up at once; the service keeps nothing half.</param>
    /// <exception cref="EnrolmentException">The kit is not enrolled, or the service refused or cannot be reached.</exception>
    public async Task<KeptBundle> Send(byte[] bundle, Func<bool> isInClass, CancellationToken ct)
    {
        using var own = identity.Current() ?? throw new EnrolmentException(EnrolmentException.NotEnrolled, "the kit is not enrolled (classcontact enroll)");
        using var service = KitService.Open(kit, identity, own, time);
        return await service.Send(new(bundle, () => isInClass() ? InClass : Otherwise, time), ct);
    }
}
