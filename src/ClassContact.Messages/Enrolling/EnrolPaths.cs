namespace ClassContact.Messages.Enrolling;

/// <summary>Where a kit and the signing service meet. The first three are EST's (RFC 7030, 3.2.2).</summary>
public static class EnrolPaths
{
    /// <summary>GET: the authority's certificate. Needs no certificate.</summary>
    public const string CaCerts = "/.well-known/est/cacerts";

    /// <summary>POST: a first certificate, for the kit's name and its one-time code by HTTP Basic.</summary>
    public const string Enroll = "/.well-known/est/simpleenroll";

    /// <summary>POST: the next certificate, by the present one.</summary>
    public const string Reenroll = "/.well-known/est/simplereenroll";

    /// <summary>GET: the kit's room and meeting link (<see cref="RoomLink"/>), by the kit's certificate.</summary>
    public const string Link = "/classcontact/v1/link";

    /// <summary>GET: the 32 bytes from which the kit computes the code of its technician's door, by the kit's certificate. 204 where the helpdesk has no door key.</summary>
    public const string Door = "/classcontact/v1/door";

    /// <summary>POST: a bundle (<see cref="KeptBundle"/>) for the helpdesk, by the kit's certificate, which alone says whose it is.</summary>
    public const string Bundles = "/classcontact/v1/bundles";

    /// <summary>POST: the kit goes out of use; all its certificates are revoked. By one of them.</summary>
    public const string Retire = "/classcontact/v1/retire";
}
