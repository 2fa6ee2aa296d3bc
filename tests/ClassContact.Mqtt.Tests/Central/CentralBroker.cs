using System.Diagnostics;
using System.Globalization;
using ClassContact.Classroom;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>
/// The broker that packaging/broker ships, as it ships it: installed by its own script below a folder of the test, with free ports of 127.0.0.1, in a
/// real Mosquitto. The kits and accounts of it are signed by its own <c>ca</c>.
/// </summary>
public sealed class CentralBroker : IAsyncLifetime
{
    internal const string Host = "localhost";
    private static readonly string Scripts = Path.Combine(Checkout.Root, "packaging/broker");
    private readonly TestFolder folder = new();
    private readonly Dictionary<string, TlsFiles> clients = [];
    private ChildProcess? process;

    internal int Port { get; } = FreePort.Next();

    internal int HttpsPort { get; } = FreePort.Next();

    internal int HelpdeskPort { get; } = FreePort.Next();

    internal string Root => folder.Path;

    internal string Etc => Path.Combine(Root, "etc/classcontact-broker");

    internal string Authorities => Path.Combine(Root, "var/lib/classcontact-broker");

    internal string Log => process?.Output() ?? "";

    /// <summary>Knows the broker and shows nothing.</summary>
    internal TlsFiles Stranger => new(Path.Combine(Etc, "tls/ca.crt"));

    public async ValueTask InitializeAsync()
    {
        (await Install()).Worked();
        await Start();
    }

    /// <summary>Runs <c>install</c>; what it said.</summary>
    internal Task<Said> Install(params string[] more) => Script("install", [
        "--root", Root, "--name", Host, "--also", "127.0.0.1", "--listen", "127.0.0.1",
        "--port", Text(Port), "--https-port", Text(HttpsPort), "--helpdesk-port", Text(HelpdeskPort), .. more]);

    internal Task<Said> Ca(params string[] arguments) => Script("ca", ["--root", Root, .. arguments]);

    /// <summary>As <see cref="Ca"/>, with a clock that is wrong by this much, such as +3y.</summary>
    internal Task<Said> CaAt(string clock, params string[] arguments) => Run("env", [
        "LD_PRELOAD=/usr/$LIB/faketime/libfaketime.so.1", $"FAKETIME={clock}", Path.Combine(Scripts, "ca"), "--root", Root, .. arguments]);

    /// <param name="openFiles">What the unit sets by LimitNOFILE.</param>
    internal async Task Start(int openFiles = 4096)
    {
        process = ChildProcess.Start("mosquitto", folder.Path, "prlimit", [$"--nofile={openFiles}", "/usr/sbin/mosquitto", "-c", Path.Combine(Etc, "mosquitto.conf")]);
        await WaitFor.That($"a broker that listens: {process}", () => Log.Contains(" running", StringComparison.Ordinal) || !process.IsRunning);
        Assert.True(process.IsRunning, process.ToString());
    }

    internal async Task Stop()
    {
        if (process is null)
            return;
        await process.DisposeAsync();
        File.Delete(process.Log);
        process = null;
    }

    internal int ProcessId => process!.Id;

    /// <summary>A kit's files, signed once.</summary>
    internal Task<TlsFiles> Kit(string name) => Client(name, "kit", name);

    /// <summary>The files of the account helpdesk-<paramref name="name"/>, signed once.</summary>
    internal Task<TlsFiles> Account(string name) => Client($"helpdesk-{name}", "helpdesk", name);

    internal async Task<IMqttConnection> OpenKit(string name, MqttMessage? will = null) => await Way(await Kit(name)).Open(name, will);

    internal async Task<IMqttConnection> OpenAccount(string name = "anna", string? clientId = null) =>
        await Way(await Account(name), HelpdeskPort).Open(clientId ?? $"{name}-{Guid.NewGuid():N}"[..20]);

    internal BrokerSettings Way(TlsFiles files, int? port = null, string host = Host) => new(host, port ?? Port, files);

    /// <summary>Files for a certificate that the shipped <c>ca</c> would never sign; signed with its key all the same.</summary>
    internal TlsFiles Forged(string commonName, string authority = "kits", DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        Sign($"CN={commonName}", authority, from, until, null);

    /// <inheritdoc cref="Forged"/>
    internal TlsFiles Forgery(string subject, string authority = "kits", string? server = null, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        Sign(subject, authority, from, until, server);

    internal static Task<Said> Script(string name, params string[] arguments) => Run(Path.Combine(Scripts, name), arguments);

    private static async Task<Said> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        var (output, errors) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3)); // clear, beside everything else that runs
        return new(script.ExitCode, await output, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        folder.Dispose();
    }

    private TlsFiles Sign(string subject, string authority, DateTimeOffset? from, DateTimeOffset? until, string? server) =>
        Central.Forgery.Sign(Path.Combine(Authorities, authority), folder.File($"{Guid.NewGuid():N}"), subject, from, until, server)
            with { CaFile = Stranger.CaFile };

    private async Task<TlsFiles> Client(string commonName, string kind, string name)
    {
        if (clients.TryGetValue(commonName, out var known))
            return known;
        var place = Directory.CreateDirectory(folder.File($"of-{commonName}")).FullName;
        (await Ca(kind, name, "--out", place)).Worked();
        return clients[commonName] = new(Path.Combine(place, "ca.crt"), Path.Combine(place, $"{commonName}.crt"), Path.Combine(place, $"{commonName}.key"));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a script said.</summary>
public sealed record Said(int Code, string Output, string Errors)
{
    internal Said Worked()
    {
        Assert.True(Code == 0, ToString());
        return this;
    }
}
