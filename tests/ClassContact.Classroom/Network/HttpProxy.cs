using System.Globalization;

namespace ClassContact.Classroom.Network;

/// <summary>A real tinyproxy on a free port of 127.0.0.1.</summary>
public sealed class HttpProxy : IAsyncDisposable
{
    private readonly ChildProcess process;

    private HttpProxy(ChildProcess process, int port) => (this.process, Port) = (process, port);

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>As in a setting.</summary>
    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>What it has logged.</summary>
    public string Log => process.Output();

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="folder">For its configuration and its log.</param>
    /// <param name="lines">More lines for its configuration, such as <c>BasicAuth name password</c>.</param>
    public static Task<HttpProxy> Start(string folder, params IEnumerable<string> lines) => StartKnowing([], folder, lines);

    /// <summary>The same, and it alone knows some hosts, which are this machine: nobody comes there but through it.</summary>
    public static async Task<HttpProxy> StartKnowing(IReadOnlyList<string> hosts, string folder, params IEnumerable<string> lines)
    {
        var port = FreePort.Next();
        var file = Path.Combine(folder, "tinyproxy.conf");
        await File.WriteAllLinesAsync(file, [string.Create(CultureInfo.InvariantCulture, $"Port {port}"), "Listen 127.0.0.1", "Timeout 600", "LogLevel Connect", .. lines]);
        var process = hosts.Count == 0
            ? ChildProcess.Start("tinyproxy", folder, "tinyproxy", ["-d", "-c", file])
            : ChildProcess.Start("tinyproxy", folder, "bwrap", [.. await WithHosts(hosts, folder), "tinyproxy", "-d", "-c", file]);
        await WaitFor.That("the proxy to listen", () => FreePort.IsTaken(port), taken => taken);
        return new(process, port);
    }

    private static async Task<string[]> WithHosts(IReadOnlyList<string> hosts, string folder)
    {
        var file = Path.Combine(folder, "tinyproxy.hosts");
        await File.WriteAllLinesAsync(file, hosts.Select(host => $"127.0.0.1 {host}"));
        return ["--dev-bind", "/", "/", "--ro-bind", file, "/etc/hosts", "--die-with-parent", "--"];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => process.DisposeAsync();
}
