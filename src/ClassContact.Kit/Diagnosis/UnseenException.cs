namespace ClassContact.Kit.Diagnosis;

/// <summary>A part of the kit that a check asked for cannot be seen from here; the check is then skipped with this reason.</summary>
public sealed class UnseenException() : Exception("this part of the kit may not be looked at by this user")
{
    /// <summary>The reason that the finding gets: this user may not look.</summary>
    public const string NotAllowed = "not-allowed";
}
