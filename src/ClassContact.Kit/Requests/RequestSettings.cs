using ClassContact.Messages;

namespace ClassContact.Kit.Requests;

/// <summary>What the helpdesk may ask of this kit.</summary>
/// <param name="Allow">Names of requests (<see cref="RequestName"/>); null: all but <see cref="RequestName.Reboot"/>.</param>
public sealed record RequestSettings(IReadOnlyList<string>? Allow = null)
{
    /// <summary>The names that are allowed. Not a property: the writer of settings takes one that lists something for a setting.</summary>
    public IReadOnlyList<string> Names() => Allow ?? [.. RequestName.All.Remove(RequestName.Reboot)];

    /// <summary>Everything that the shape alone does not say; each text begins with its field.</summary>
    public IEnumerable<string> Problems() =>
        from name in Allow ?? []
        where !RequestName.All.Contains(name)
        select $"allow '{name}' is no request (known: {string.Join(", ", RequestName.All)})";
}
