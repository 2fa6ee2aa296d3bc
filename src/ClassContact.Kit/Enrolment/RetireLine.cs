namespace ClassContact.Kit.Enrolment;

/// <summary>The steps of taking a kit out of use, in their order.</summary>
public enum RetireStep
{
    /// <summary>What the broker keeps of the kit is cleared.</summary>
    Documents,

    /// <summary>The kit's certificates are revoked.</summary>
    Certificates,

    /// <summary>The meeting's link is deleted.</summary>
    Link,

    /// <summary>The lessons' records are deleted.</summary>
    Lessons,

    /// <summary>The events that wait are deleted.</summary>
    Outbox,

    /// <summary>What else the agent remembered is deleted: requests that were done, the way to the broker.</summary>
    Notes,

    /// <summary>The kit's key and the proxy's password are deleted: only once its certificate is revoked, for without them the kit could not ask for that any more.</summary>
    Key,
}

/// <summary>How a step went.</summary>
public enum RetireResult
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There was nothing to do, for example because it was done before.</summary>
    Nothing,

    /// <summary>It failed, or was left for later; run it again.</summary>
    Left,

    /// <summary>It cannot be done from here, however often it is tried: it is for the broker's administrator.</summary>
    Elsewhere,
}

/// <summary>One line of the account.</summary>
/// <param name="Step">What.</param>
/// <param name="Result">How it went.</param>
/// <param name="Why">Why it was left.</param>
public sealed record RetireLine(RetireStep Step, RetireResult Result, string? Why = null);
