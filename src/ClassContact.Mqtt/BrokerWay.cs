namespace ClassContact.Mqtt;

/// <summary>The ways to a broker, as settings name them.</summary>
public static class BrokerWay
{
    /// <summary>All of the others in their order, and the one that worked is remembered.</summary>
    public const string Auto = "auto";

    /// <summary>Straight to the settings' port.</summary>
    public const string Direct = "direct";

    /// <summary>Straight to port 443, which most schools leave open, with the ALPN name <c>mqtt</c> (registered with IANA).</summary>
    public const string Port443 = "443";

    /// <summary>Through an HTTP proxy (CONNECT).</summary>
    public const string Proxy = "proxy";

    /// <summary>Those that lead somewhere, in the order in which they are tried.</summary>
    internal static readonly IReadOnlyList<string> All = [Direct, Port443, Proxy];
}
