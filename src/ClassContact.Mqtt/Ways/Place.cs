namespace ClassContact.Mqtt.Ways;

/// <summary>Somebody to connect to: what of an address is not secret.</summary>
/// <param name="Host">Name in ASCII, or an address without brackets.</param>
/// <param name="Port">TCP port.</param>
/// <param name="IsEncrypted">Whether TLS is spoken there.</param>
internal sealed record Place(string Host, int Port, bool IsEncrypted)
{
    /// <summary>Of an origin such as <c>https://meeting.example:8443</c>.</summary>
    internal static Place Of(string origin)
    {
        var uri = new Uri(origin);
        return new(uri.IdnHost, uri.Port, uri.Scheme == Uri.UriSchemeHttps);
    }

    /// <summary>True when the host is an address, so that nothing needs to be resolved.</summary>
    internal bool IsAddress => Uri.CheckHostName(Host) is UriHostNameType.IPv4 or UriHostNameType.IPv6;

    /// <summary>True when the host is this computer, which is reached without a network.</summary>
    internal bool IsHere => new Uri($"tcp://{Authority}").IsLoopback;

    /// <summary>Host and port, as in CONNECT and in a Host header.</summary>
    internal string Authority => $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}";
}
