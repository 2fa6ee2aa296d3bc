namespace ClassContact.Kit.Settings;

/// <summary>
/// The address of the meeting. Whoever holds it can enter, so it has no text form: only <see cref="Reveal"/> gives it out, to the browser.
/// </summary>
public sealed class MeetingLink
{
    private const int LongestLink = 2048;

    private readonly Uri address;

    private MeetingLink(Uri address) => this.address = address;

    /// <summary>Scheme, host and port: what the browser's policy needs to know. Not secret.</summary>
    public string Origin => address.GetLeftPart(UriPartial.Authority);

    /// <summary>The host alone, as allowed by the meeting's description. Not secret.</summary>
    public string Host => address.Host;

    /// <summary>Reads the link's file. What is wrong is told without a word of what stands in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hosts">The hosts that the meeting's description allows.</param>
    public static Checked<MeetingLink> Read(string path, IReadOnlyList<string> hosts)
    {
        try
        {
            if (!File.Exists(path))
                return Bad("does not exist");
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) is not UnixFileMode.None and var more)
                return Bad($"must be readable by its owner alone (it also allows {more}): chmod 600 {path}");
            if (new FileInfo(path).Length > LongestLink)
                return Bad($"is longer than {LongestLink} bytes");
            return Parse(File.ReadAllText(path).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Bad(e is UnauthorizedAccessException ? "may not be read by this user" : $"cannot be read ({e.GetType().Name})");
        }

        Checked<MeetingLink> Parse(string text) =>
            text.Length == 0 ? Bad("is empty")
            : text.AsSpan().ContainsAny(" \t\r\n") ? Bad("must hold one address and nothing else")
            : !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 ? Bad("does not hold a web address")
            : uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback) ? Bad("must hold an https address")
            : uri.UserInfo.Length > 0 ? Bad("must hold an address without a user name or a password")
            : !hosts.Contains(uri.IdnHost, StringComparer.OrdinalIgnoreCase) ? Bad($"leads to a host that the meeting's description does not allow (allowed: {string.Join(", ", hosts)})")
            : new(new MeetingLink(uri), []);

        Checked<MeetingLink> Bad(string text) => new(null, [new(path, null, "", text)]);
    }

    /// <summary>The whole address, for the browser and for nobody else.</summary>
    /// <param name="query">Parameters to add; one that the link has already stays as it is.</param>
    public string Reveal(IEnumerable<KeyValuePair<string, string>> query)
    {
        var there = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        var names = there.Select(p => Uri.UnescapeDataString(p.Split('=')[0]));
        var added = query.Where(q => !names.Contains(q.Key)).Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}");
        var all = string.Join('&', there.Concat(added));
        return address.GetLeftPart(UriPartial.Path) + (all.Length > 0 ? "?" + all : "") + address.Fragment;
    }

    /// <summary>Never the address.</summary>
    public override string ToString() => "(a meeting link)";
}
