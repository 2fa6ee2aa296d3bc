using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ClassContact.Classroom;

/// <summary>TLS for a <see cref="Broker"/>: PEM files, and whether clients must show a certificate of the same authority.</summary>
public sealed record BrokerTls(string CaFile, string CertificateFile, string KeyFile, bool AsksForCertificate = false);

/// <summary>
/// A real Mosquitto on a free port of 127.0.0.1, with a configuration and a folder of its own. It ends with the object, and also with the process
/// that made it, however that one ends.
/// </summary>
public sealed class Broker : IAsyncDisposable
{
    // The shell outlives us by a moment: when our end of its input closes, whatever the reason, it kills the broker and waits for it.
    private const string Keeper = "\"$@\" > /dev/null 2>&1 & echo $!; cat > /dev/null; kill -9 $! 2> /dev/null; wait";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TestFolder folder = new();
    private readonly IReadOnlyList<string> extra;
    private readonly BrokerTls? tls;
    private Process? keeper;
    private int broker;

    private Broker(BrokerTls? tls, IReadOnlyList<string> extra) => (this.tls, this.extra) = (tls, extra);

    /// <summary>Its port on 127.0.0.1; the same after each start.</summary>
    public int Port { get; private set; }

    /// <summary>Its process; another after each start.</summary>
    public int ProcessId => broker;

    /// <summary>What it has logged so far, with times and client names.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => folder.File("mosquitto.log");

    /// <summary>Starts one and waits until it accepts connections.</summary>
    /// <param name="tls">Null for plain MQTT.</param>
    /// <param name="extra">More lines for its configuration, such as an <c>acl_file</c>.</param>
    public static async Task<Broker> Start(BrokerTls? tls = null, params IReadOnlyList<string> extra)
    {
        var broker = new Broker(tls, extra);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                broker.Port = FreePort.Next();
                try
                {
                    await broker.Start();
                    return broker;
                }
                catch (InvalidOperationException) when (attempt < 3 && broker.Log.Contains("in use", StringComparison.Ordinal))
                {
                    // Somebody else was faster with the port.
                }
            }
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on the same port after <see cref="Kill"/>; it remembers nothing.</summary>
    public async Task Start()
    {
        await File.WriteAllLinesAsync(folder.File("mosquitto.conf"), Configuration());
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "-c", Keeper, "sh", "/usr/sbin/mosquitto", "-c", folder.File("mosquitto.conf") })
            start.ArgumentList.Add(argument);
        keeper = Process.Start(start) ?? throw new InvalidOperationException("no /bin/sh");
        broker = int.Parse(await keeper.StandardOutput.ReadLineAsync() ?? "0", CultureInfo.InvariantCulture);
        using var patience = new CancellationTokenSource(Patience);
        while (!await Accepts(patience.Token))
        {
            if (!Directory.Exists($"/proc/{broker}") || patience.IsCancellationRequested)
            {
                await Kill();
                throw new InvalidOperationException($"mosquitto did not start:\n{Log}");
            }
            await Task.Delay(20);
        }
    }

    /// <summary>SIGKILL, and waits for its end.</summary>
    public async Task Kill()
    {
        if (keeper is null)
            return;
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
        keeper = null;
    }

    /// <summary>SIGSTOP: its sockets stay open and nothing answers.</summary>
    public void Stop() => Signal(19);

    /// <summary>SIGCONT.</summary>
    public void Continue() => Signal(18);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        folder.Dispose();
    }

    private IEnumerable<string> Configuration()
    {
        yield return $"user {Environment.UserName}"; // as root it would otherwise become somebody who cannot read our files
        yield return "persistence false";
        yield return "allow_anonymous true";
        yield return "set_tcp_nodelay true";
        yield return $"log_dest file {LogFile}";
        yield return $"listener {Port} 127.0.0.1";
        if (tls is not null)
        {
            yield return $"cafile {tls.CaFile}";
            yield return $"certfile {tls.CertificateFile}";
            yield return $"keyfile {tls.KeyFile}";
            yield return $"require_certificate {(tls.AsksForCertificate ? "true" : "false")}";
        }
        foreach (var line in extra)
            yield return line;
    }

    private async Task<bool> Accepts(CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), ct);
            return Directory.Exists($"/proc/{broker}"); // else it is somebody else's port
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Signal(int signal)
    {
        if (kill(broker, signal) != 0)
            throw new InvalidOperationException($"kill {broker}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}
