using System.Collections.Immutable;

namespace ClassContact.Messages.Enrolling;

/// <summary>Why the signing service says no: the first word of a refusal's text, before a colon and a sentence for people.</summary>
public static class Refusals
{
    /// <summary>Every one of them.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        WrongCode, CodeExpired, CodeUsed, CodeBlocked, BadRequest, NoCertificate, NotAKit, Expired, NotYetValid, Revoked, TooLarge, NoRoom, Unable,
    ];

    /// <summary>The kit's name and the code do not belong together, or there is no such code.</summary>
    public const string WrongCode = "wrong-code";

    /// <summary>The right code, too late.</summary>
    public const string CodeExpired = "code-expired";

    /// <summary>The right code, already used with another key.</summary>
    public const string CodeUsed = "code-used";

    /// <summary>The right code, after too many wrong ones.</summary>
    public const string CodeBlocked = "code-blocked";

    /// <summary>The certificate request cannot be read, or asks for what is not given.</summary>
    public const string BadRequest = "bad-request";

    /// <summary>No certificate was shown where one is needed.</summary>
    public const string NoCertificate = "no-certificate";

    /// <summary>The certificate is not one of a kit, or not of this authority.</summary>
    public const string NotAKit = "not-a-kit";

    /// <summary>The kit's certificate has expired by the service's clock.</summary>
    public const string Expired = "expired";

    /// <summary>The kit's certificate is not valid yet by the service's clock.</summary>
    public const string NotYetValid = "not-yet-valid";

    /// <summary>The kit's certificate was revoked.</summary>
    public const string Revoked = "revoked";

    /// <summary>The bundle is longer than the service takes.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The service keeps so many bundles already that it takes no more.</summary>
    public const string NoRoom = "no-room";

    /// <summary>The service cannot do it just now: its disk, its lock, its authority.</summary>
    public const string Unable = "unable";
}
