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
    public string Origin => $"{address.Scheme}://{Host}{(address.IsDefaultPort ? "" : $":{address.Port}")}";

    /// <summary>The host alone, in ASCII, as allowed by the meeting's description. Not secret.</summary>
    public string Host => address.HostNameType is UriHostNameType.IPv6 ? address.Host : address.IdnHost;

    /// <summary>Reads the link's file. What is wrong is told without a word of what stands in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hosts">The hosts that the meeting's description allows.</param>
    /// <param name="belongsToOwner">Whether it must be readable by its owner alone, as the kit's own; what a technician brings on a stick cannot be.</param>
    public static Checked<MeetingLink> Read(string path, IReadOnlyList<string> hosts, bool belongsToOwner = true)
    {
        try
        {
            if (Directory.Exists(path))
                return Bad("is a folder, not a file");
            if (belongsToOwner && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) is not UnixFileMode.None and var more)
                return Bad($"must be readable by its owner alone (it also allows {more}): chmod 600 {path}");
            if (new FileInfo(path).Length == 0)
                return Bad("is empty"); // so would a pipe or a device be, which could be read for ever
            if (new FileInfo(path).Length > LongestLink)
                return Bad($"is longer than {LongestLink} bytes");
            return Parse(path, File.ReadAllText(path).Trim(), hosts);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Bad(e switch
            {
                FileNotFoundException or DirectoryNotFoundException or ArgumentException => "does not exist",
                UnauthorizedAccessException => "may not be read by this user",
                _ => $"cannot be read ({e.GetType().Name})",
            });
        }

        Checked<MeetingLink> Bad(string text) => new(null, [new(path, null, "", text)]);
    }

    /// <summary>Checks an address that is not in its file yet; <paramref name="path"/> is what problems are told of.</summary>
    internal static Checked<MeetingLink> Parse(string path, string text, IReadOnlyList<string> hosts)
    {
        return text.Length == 0 ? Bad("is empty")
            : text.AsSpan().ContainsAny(" \t\r\n") ? Bad("must hold one address and nothing else")
            : !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 ? Bad("does not hold a web address")
            : uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback) ? Bad("must hold an https address")
            : uri.UserInfo.Length > 0 ? Bad("must hold an address without a user name or a password")
            : !hosts.Any(host => IsAt(uri, host)) ? Bad($"leads to a host that the meeting's description does not allow (allowed: {string.Join(", ", hosts)})")
            : new(new MeetingLink(uri), []);

        Checked<MeetingLink> Bad(string text) => new(null, [new(path, null, "", text)]);
    }

    /// <summary>The whole address, for the browser and for nobody else.</summary>
    /// <param name="query">Parameters to add; one that the link has already stays as it is.</param>
    public string Reveal(IEnumerable<KeyValuePair<string, string>> query)
    {
        var there = address.Query.Length > 0 ? address.Query[1..] : "";
        var names = there.Split('&').Select(p => Uri.UnescapeDataString(p.Split('=')[0])).ToHashSet();
        var added = string.Join('&', query.Where(q => !names.Contains(q.Key)).Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}"));
        var between = added.Length == 0 ? "" : address.Query.Length == 0 ? "?" : there.Length == 0 ? "" : "&";
        return address.GetLeftPart(UriPartial.Query) + between + added + address.Fragment;
    }

    // As addresses, so that an international name is the same in both of its spellings, and ::1 the same as [::1].
    private static bool IsAt(Uri uri, string host) =>
        Uri.TryCreate($"https://{(host.Contains(':') ? $"[{host.Trim('[', ']')}]" : host)}", UriKind.Absolute, out var allowed)
        && allowed.IdnHost.Equals(uri.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Never the address.</summary>
    public override string ToString() => "(a meeting link)";
}
