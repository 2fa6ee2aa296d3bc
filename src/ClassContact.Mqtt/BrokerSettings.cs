using System.Net;

namespace ClassContact.Mqtt;

/// <summary>The way to the broker.</summary>
/// <param name="Host">Name or address. With TLS the broker's certificate must be made out to exactly this.</param>
/// <param name="Port">TCP port; 8883 is MQTT over TLS, 1883 plain MQTT (registered with IANA).</param>
/// <param name="Tls">How to know the broker and be known to it; null is plain MQTT, for a broker on this machine only.</param>
/// <param name="KeepAliveSeconds">Seconds of silence after which a ping goes out. The broker publishes the last will after one and a half of it.</param>
/// <param name="AnswerSeconds">Seconds that the broker may take for an answer: to a connect, or while acknowledgements are due. 10 s is our
/// choice: four times sooner than the keep-alive alone, which needs twice its own length to see that a broker has stopped.</param>
public sealed record BrokerSettings(string Host, int Port = 8883, TlsFiles? Tls = null, int KeepAliveSeconds = 20, int AnswerSeconds = 10)
{
    /// <summary>Host and port as in an address.</summary>
    public string Address => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>All that is wrong, each beginning with the field; nothing when the settings can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return string.IsNullOrEmpty(Host) ? "host is empty" : $"host '{Host}' is not a host name or an address";
        else if (Tls is null && !IsLoopback(Host))
            yield return $"tls is missing: without it only a broker on this machine is accepted, not '{Host}'";
        if (Port is < 1 or > 65535)
            yield return $"port {Port} is not a port (1..65535)";
        foreach (var problem in Tls?.Problems() ?? [])
            yield return $"tls.{problem}";
        // libmosquitto takes nothing below 5; ten minutes is our own limit, so that a kit that is gone is seen in the same lesson.
        if (KeepAliveSeconds is < 5 or > 600)
            yield return $"keepAliveSeconds {KeepAliveSeconds} is outside 5..600";
        if (AnswerSeconds is < 1 or > 120)
            yield return $"answerSeconds {AnswerSeconds} is outside 1..120";
    }

    /// <exception cref="ArgumentException">There are problems; names them all.</exception>
    internal void ThrowOnProblems()
    {
        var problems = Problems().ToList();
        if (problems.Count > 0)
            throw new ArgumentException(string.Join("; ", problems));
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>PEM files for TLS.</summary>
/// <param name="CaFile">The authority that signed the broker's certificate, and no other; null trusts the system's (<c>/etc/ssl/certs</c>).</param>
/// <param name="CertificateFile">The kit's certificate with its chain; null when the broker asks for none.</param>
/// <param name="KeyFile">The certificate's private key, without a pass phrase: nobody is there to type it.</param>
public sealed record TlsFiles(string? CaFile = null, string? CertificateFile = null, string? KeyFile = null)
{
    /// <summary>All that is wrong, each beginning with the field.</summary>
    public IEnumerable<string> Problems()
    {
        if (CertificateFile is null && KeyFile is not null)
            yield return "certificateFile is missing: keyFile is there, and the two come together";
        if (CertificateFile is not null && KeyFile is null)
            yield return "keyFile is missing: certificateFile is there, and the two come together";
        foreach (var (field, path) in new[] { ("caFile", CaFile), ("certificateFile", CertificateFile), ("keyFile", KeyFile) })
            if (path is not null && WhyUnreadable(path) is { } why)
                yield return $"{field} '{path}' cannot be read: {why}";
    }

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
