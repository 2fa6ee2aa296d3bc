using ClassContact.Messages.Enrolling;

namespace ClassContact.Kit.Enrolment;

/// <summary>What is to be done with a link that the service offers.</summary>
public enum LinkStep
{
    /// <summary>Everything is as it should be.</summary>
    Nothing,

    /// <summary>It is new: it waits for somebody at the kit.</summary>
    Wait,

    /// <summary>What waits is void.</summary>
    Forget,
}

/// <summary>Decides about an offered link. A link in use is never taken away: a class must not fall out because a service has lost something.</summary>
internal static class LinkDecision
{
    /// <summary>Decides.</summary>
    /// <param name="inUse">The kit's link and its room; null for none.</param>
    /// <param name="waiting">What waits to be confirmed; null for none.</param>
    /// <param name="offered">What the service has; null for none.</param>
    public static LinkStep Of(RoomLink? inUse, RoomLink? waiting, RoomLink? offered) =>
        offered is null || offered == inUse ? (waiting is null ? LinkStep.Nothing : LinkStep.Forget)
        : offered == waiting ? LinkStep.Nothing
        : LinkStep.Wait;
}
