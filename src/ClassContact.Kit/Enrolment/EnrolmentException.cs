using ClassContact.Messages.Enrolling;

namespace ClassContact.Kit.Enrolment;

/// <summary>
/// The signing service refused, could not be reached, or gave what cannot be used. The message is written for a technician and holds no secret.
/// </summary>
public sealed class EnrolmentException : Exception
{
    /// <summary>The service could not be reached, or is not what it should be.</summary>
    internal const string Unreachable = "unreachable";

    /// <summary>The service's certificate was not accepted.</summary>
    internal const string Untrusted = "untrusted";

    /// <summary>What the service gave cannot be used.</summary>
    internal const string BadAnswer = "bad-answer";

    /// <summary>The kit has no certificate.</summary>
    internal const string NotEnrolled = "not-enrolled";

    /// <summary>The new certificate was signed, and the broker does not take it, or cannot be reached to say so.</summary>
    internal const string NotProven = "not-proven";

    /// <summary>With the cause and the sentence to show.</summary>
    internal EnrolmentException(string cause, string message, Exception? inner = null)
        : base(message, inner) => Cause = cause;

    /// <summary>One of <see cref="Refusals"/>, or <c>unreachable</c>, <c>untrusted</c>, <c>bad-answer</c>, <c>not-enrolled</c>, <c>not-proven</c>.</summary>
    public string Cause { get; }

    /// <summary>The service answered, and said no.</summary>
    public bool IsRefusal => Cause is not (Unreachable or Untrusted or BadAnswer or NotEnrolled or NotProven);
}
