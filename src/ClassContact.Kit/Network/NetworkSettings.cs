namespace ClassContact.Kit.Network;

/// <summary>What is tried of the network beyond the meeting's host and the broker. What is left out is skipped.</summary>
/// <param name="Stun">A STUN server, <c>stun.example.org:3478</c>, to see whether UDP passes: meetings prefer it.</param>
/// <param name="Probe">An <c>http://</c> address whose answer is known, to see a captive portal or a proxy in between.</param>
/// <param name="ProbeText">What that answer is, exactly but for white space around it.</param>
public sealed record NetworkSettings(string? Stun = null, string? Probe = null, string? ProbeText = null)
{
    /// <summary>Port of STUN over UDP where none is named (RFC 8489).</summary>
    public const int StunPort = 3478;

    /// <summary>Everything that is wrong, each beginning with the field's name.</summary>
    public IEnumerable<string> Problems()
    {
        if (Stun is not null && StunServer is null)
            yield return $"stun '{Stun}' is not a host, or a host and a port";
        if (Probe is not null && !(Uri.TryCreate(Probe, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.UserInfo.Length == 0))
            yield return "probe is not an http:// address without a user name";
        if (Probe is null != ProbeText is null)
            yield return "probe and probeText go together";
    }

    /// <summary>The STUN server's host and port; null where none is named, or none that could be one.</summary>
    internal (string Host, int Port)? StunServer =>
        Uri.TryCreate($"stun://{Stun}", UriKind.Absolute, out var uri) && Uri.CheckHostName(uri.IdnHost) != UriHostNameType.Unknown && uri.PathAndQuery is "/" or ""
            && uri.UserInfo.Length == 0 ? (uri.IdnHost, uri.Port < 1 ? StunPort : uri.Port) : null;
}
