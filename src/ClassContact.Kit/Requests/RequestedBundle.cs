using ClassContact.Kit.Bundle;
using ClassContact.Kit.Enrolment;
using ClassContact.Messages.Enrolling;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Requests;

/// <summary>
/// A bundle that the helpdesk asks for. Also in a class: it touches nothing of it, is made by a thread that gives way to all others, packed at the lowest
/// level, and sent at a pace that a class does not notice; and what goes wrong in a class is best seen while it does.
/// </summary>
/// <param name="make">Makes it.</param>
/// <param name="send">Gives it to the service.</param>
/// <param name="log">Gets what became of it.</param>
public sealed class RequestedBundle(Func<CancellationToken, Task<MadeBundle>> make, Func<byte[], CancellationToken, Task<KeptBundle>> send, ILogger log)
{
    /// <summary>Makes and sends it: where it is, or why it is not, as a code: <c>too-large</c>, <c>no-room</c>, <c>not-enrolled</c>, <c>unreachable</c>,
    /// <c>untrusted</c>, <c>bad-answer</c>, <c>disk</c> (a file of the kit cannot be read), or why the service refused it (<see cref="Refusals"/>).</summary>
    public async Task<(string? Reason, KeptBundle? Kept)> Run(CancellationToken ct)
    {
        try
        {
            var bundle = await make(ct);
            if (bundle.Bytes.Length > KeptBundle.Longest)
                return (Refusals.TooLarge, null);
            var kept = await send(bundle.Bytes, ct);
            log.LogInformation("The helpdesk was sent the bundle {Name}, {Bytes} bytes", kept.Name, kept.Bytes);
            return (null, kept);
        }
        catch (EnrolmentException e)
        {
            log.LogWarning("The bundle was not sent: {Cause}: {Reason}", e.Cause, e.Message);
            return (e.Cause, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError("The bundle cannot be made: {Reason}", e.Message);
            return ("disk", null);
        }
    }
}
