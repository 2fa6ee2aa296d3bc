namespace ClassContact.Mqtt.Ways;

/// <summary>
/// The proxies that the environment names, as Chromium reads it on Linux. The kiosk and the agent are given the same environment, or these
/// checks would go another way than the browser. A name or password in a proxy's address is not used: Chromium does not, either.
/// </summary>
internal sealed record Proxies(string? ForHttp, string? ForHttps, string? Never)
{
    /// <summary>No proxy at all.</summary>
    internal static readonly Proxies None = new(null, null, null);

    internal static Proxies Of(Func<string, string?> variable) => new(
        variable("http_proxy") ?? variable("all_proxy"), // never HTTP_PROXY: a web server's client could set that (httpoxy)
        variable("https_proxy") ?? variable("HTTPS_PROXY") ?? variable("all_proxy"),
        variable("no_proxy") ?? variable("NO_PROXY"));

    /// <summary>The proxy that leads to a place; null for the straight way.</summary>
    internal Place? To(Place place)
    {
        var proxy = place.IsEncrypted ? ForHttps : ForHttp;
        if (string.IsNullOrWhiteSpace(proxy) || place.IsHere || IsSpared(place.Host))
            return null;
        return Uri.TryCreate(proxy.Contains("://", StringComparison.Ordinal) ? proxy : $"http://{proxy}", UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp
            ? Place.Of(uri.GetLeftPart(UriPartial.Authority))
            : null; // SOCKS and the like are not spoken here
    }

    private bool IsSpared(string host) => (Never ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(spared =>
        spared is "*" || host.Equals(spared.TrimStart('*', '.'), StringComparison.OrdinalIgnoreCase)
        || host.EndsWith("." + spared.TrimStart('*', '.'), StringComparison.OrdinalIgnoreCase));
}
