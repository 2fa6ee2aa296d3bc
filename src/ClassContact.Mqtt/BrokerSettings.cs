using System.Net;

namespace ClassContact.Mqtt;

/// <summary>The way to the broker.</summary>
/// <param name="Host">Name or address. With TLS the broker's certificate must be made out to exactly this.</param>
/// <param name="Port">TCP port; 8883 is MQTT over TLS, 1883 plain MQTT (registered with IANA).</param>
/// <param name="Tls">How to know the broker and be known to it; null is plain MQTT, for a broker on this machine only.</param>
/// <param name="KeepAliveSeconds">Seconds of silence after which a ping goes out. The broker publishes the last will after one and a half of it.
/// 80: a kit says something every minute and needs no ping then; with 20, pings were a third of an idle kit's bytes.</param>
/// <param name="AnswerSeconds">Seconds that the broker may take for an answer: to a connect, or while acknowledgements are due. 10 s is our
/// choice: sooner than the keep-alive alone, which needs twice its own length to see that a broker has stopped.</param>
/// <param name="Way">One of <see cref="BrokerWay"/>.</param>
/// <param name="Proxy">The proxy for that way, <c>http://proxy.example:3128</c>; null for the one that the environment names. Where one is
/// named here, the kit's certificate comes through it, too.</param>
/// <param name="ProxyLoginFile">File with <c>name:password</c> for <paramref name="Proxy"/> alone in it; null for a proxy that wants none. Only its
/// owner may be able to read it.</param>
public sealed record BrokerSettings(
    string Host, int Port = 8883, TlsFiles? Tls = null, int KeepAliveSeconds = 80, int AnswerSeconds = 10, string Way = BrokerWay.Auto, string? Proxy = null,
    string? ProxyLoginFile = null)
{
    /// <summary>The second port that a broker listens on; another one for tests, which may not open this one.</summary>
    internal int SecondPort { get; init; } = 443;

    /// <summary>Host and port as in an address.</summary>
    public string Address => At(Port);

    /// <summary>Where this way leads, for the helpdesk. Never the proxy's own name: it is the school's.</summary>
    internal string Goal => Way is BrokerWay.Proxy ? $"{At(PortOfWay)} through the proxy" : At(PortOfWay);

    /// <summary>All that is wrong, each beginning with the field; nothing when the settings can be used.</summary>
    public IEnumerable<string> Problems() => OwnProblems().Concat(FileProblems());

    /// <summary>What is wrong with the files that are named, as they are now: that may change without the settings.</summary>
    public IEnumerable<string> FileProblems()
    {
        foreach (var problem in TlsFileProblems())
            yield return problem;
        if (ProxyLoginFile is not null && !IsAddress(ProxyLoginFile) && Ways.ProxyLogin.Read(ProxyLoginFile).Problem is { } trouble)
            yield return $"proxyLoginFile {trouble}";
    }

    /// <summary>What is wrong with the settings themselves, whatever stands in the files.</summary>
    public IEnumerable<string> OwnProblems()
    {
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return string.IsNullOrEmpty(Host) ? "host is empty" : $"host '{Host}' is not a host name or an address";
        else if (Tls is null && !IsLoopback(Host))
            yield return $"tls is missing: without it only a broker on this machine is accepted, not '{Host}'";
        if (Port is < 1 or > 65535)
            yield return $"port {Port} is not a port (1..65535)";
        foreach (var problem in Tls?.OwnProblems() ?? [])
            yield return $"tls.{problem}";
        // libmosquitto takes nothing below 5; ten minutes is our own limit, so that a kit that is gone is seen in the same lesson.
        if (KeepAliveSeconds is < 5 or > 600)
            yield return $"keepAliveSeconds {KeepAliveSeconds} is outside 5..600";
        if (AnswerSeconds is < 1 or > 120)
            yield return $"answerSeconds {AnswerSeconds} is outside 1..120";
        foreach (var problem in OfWay())
            yield return problem;
    }

    /// <summary>How long the broker may owe an answer while connected: never so long that a broker which has stopped is noticed after twice the keep-alive.</summary>
    internal TimeSpan Answer => TimeSpan.FromSeconds(Math.Min(AnswerSeconds, KeepAliveSeconds));

    /// <summary>To be asked before a way is opened. What is wrong with the proxy's login is told when it is needed: it hinders no way that needs none.</summary>
    /// <exception cref="ArgumentException">There are problems; names them all.</exception>
    internal void ThrowOnProblems()
    {
        var problems = OwnProblems().Concat(TlsFileProblems()).ToList();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join("; ", problems));
    }

    private IEnumerable<string> TlsFileProblems() => Tls?.FileProblems().Select(problem => $"tls.{problem}") ?? [];

    private string At(int port) => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{port}" : $"{Host}:{port}";

    private IEnumerable<string> OfWay()
    {
        if (Way != BrokerWay.Auto && !BrokerWay.All.Contains(Way))
            yield return $"way '{Way}' is not one of {BrokerWay.Auto}, {string.Join(", ", BrokerWay.All)}";
        else if (Tls is null && Way is BrokerWay.Port443 or BrokerWay.Proxy)
            yield return $"way '{Way}' needs tls";
        if (Proxy is not null && ProxyPlace is null)
            yield return "proxy must be an http address of a host and a port and nothing more; a name and a password belong into proxyLoginFile";
        if (ProxyLoginFile is not null && Proxy is null)
            yield return "proxyLoginFile is there without proxy: what the environment names is given no password";
        if (IsAddress(ProxyLoginFile))
            yield return "proxyLoginFile must be a file's name, not an address";
    }

    /// <summary>No file's name. A meeting's link that was pasted here must go no further, into an error or a log.</summary>
    internal static bool IsAddress(string? file) => file?.Contains("://", StringComparison.Ordinal) == true;

    /// <summary>The port that this way leads to; a proxy may be asked for the other one, too.</summary>
    internal int PortOfWay => Way is BrokerWay.Port443 or BrokerWay.Proxy ? SecondPort : Port;

    /// <summary>The proxy's host and port; null where none is named, or none that could be one.</summary>
    internal Ways.Place? ProxyPlace =>
        Uri.TryCreate(Proxy, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.UserInfo.Length == 0 && uri.PathAndQuery is "/"
            ? Ways.Place.Of(uri.GetLeftPart(UriPartial.Authority)) : null;

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>PEM files for TLS.</summary>
/// <param name="CaFile">The authority that signed the broker's certificate, and no other; null trusts the system's (<c>/etc/ssl/certs</c>).</param>
/// <param name="CertificateFile">The kit's certificate with its chain; null when the broker asks for none.</param>
/// <param name="KeyFile">The certificate's private key, without a pass phrase: nobody is there to type it.</param>
public sealed record TlsFiles(string? CaFile = null, string? CertificateFile = null, string? KeyFile = null)
{
    /// <summary>What is wrong with the names alone, each beginning with the field.</summary>
    public IEnumerable<string> OwnProblems()
    {
        if (CertificateFile is null && KeyFile is not null)
            yield return "certificateFile is missing: keyFile is there, and the two come together";
        if (CertificateFile is not null && KeyFile is null)
            yield return "keyFile is missing: certificateFile is there, and the two come together";
        foreach (var (field, path) in All)
            if (BrokerSettings.IsAddress(path))
                yield return $"{field} must be a file's name, not an address";
    }

    /// <summary>What cannot be read now, each beginning with the field.</summary>
    public IEnumerable<string> FileProblems()
    {
        foreach (var (field, path) in All)
            if (path is not null && !BrokerSettings.IsAddress(path) && WhyUnreadable(path) is { } why)
                yield return $"{field} '{path}' cannot be read: {why}";
    }

    private (string Field, string? Path)[] All => [("caFile", CaFile), ("certificateFile", CertificateFile), ("keyFile", KeyFile)];

    private static string? WhyUnreadable(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return file.Length > 0 ? null : "it is empty";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : e.Message;
        }
    }
}
