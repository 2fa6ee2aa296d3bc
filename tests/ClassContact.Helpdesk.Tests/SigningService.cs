using ClassContact.Classroom;
using ClassContact.Helpdesk.Authority;
using ClassContact.Helpdesk.Register;
using ClassContact.Helpdesk.Serve;
using ClassContact.Helpdesk.Settings;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ClassContact.Helpdesk.Tests;

/// <summary>The real service on a free port of 127.0.0.1, with an authority made by openssl, and curl to talk to it.</summary>
public sealed class SigningService : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly LogLines log = new();
    private KitAuthority? authority;
    private WebApplication? server;

    private SigningService() => Register = null!;

    internal ShiftedTime Time { get; } = new();

    internal HelpdeskSettings Settings { get; private set; } = null!;

    internal KitRegister Register { get; private set; }

    public string Address => $"https://{Settings.Listen}";

    public string CaFile => folder.File("ca.crt");

    public string Log => log.ToString();

    public static async Task<SigningService> Start(int days = 90, int codeHours = 72, string host = "127.0.0.1")
    {
        var service = new SigningService();
        await Shell.Good("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key", folder: service.folder.Path);
        await Shell.Good(
            "openssl req -x509 -new -key ca.key -subj /CN=Kits -days 3650 -addext keyUsage=critical,keyCertSign,cRLSign -out ca.crt", folder: service.folder.Path);
        await service.Make("server", host, $"subjectAltName={(host == "127.0.0.1" ? "IP" : "DNS")}:{host}");
        service.Settings = new(service.CaFile, service.File("ca.key"), service.File("server.crt"), service.File("server.key"), service.File("data"),
            $"127.0.0.1:{FreePort.Next()}", days, codeHours, Issued: service.File("issued"));
        await service.Listen();
        return service;
    }

    public string File(string name) => folder.File(name);

    /// <summary>Starts with other settings, as after an edit and a restart.</summary>
    internal async Task Restart(Func<HelpdeskSettings, HelpdeskSettings> change)
    {
        await Stop();
        Settings = change(Settings);
        await Listen();
    }

    public async Task Stop()
    {
        await (server?.DisposeAsync() ?? default);
        server = null;
        authority?.Dispose();
    }

    public async Task Listen()
    {
        authority = KitAuthority.Read(Settings.CaFile, Settings.CaKeyFile);
        Register = new(Settings, Time);
        server = EstServer.Create(Settings, authority, Time, to => to.AddProvider(log));
        await server.StartAsync();
    }

    public async Task<string> Code(string kit)
    {
        var (text, kept) = OneTimeCode.Make(Time.GetUtcNow() + TimeSpan.FromHours(Settings.CodeHours));
        await Register.Change(KitId.Parse(kit), before => (before with { Code = kept }, 0), default);
        return text;
    }

    /// <summary>As if the kit's certificates had been signed a week earlier: younger ones are not renewed.</summary>
    public Task Age(string kit) => Register.Change(
        KitId.Parse(kit), known => (new KitRecord(known.Kit, known.Code, [.. known.Certificates.Select(c => c with { At = c.At.AddDays(-7) })]), 0), default);

    /// <summary>A key and a request that openssl made, the request in <c>NAME.b64</c>.</summary>
    public async Task<string> Request(string name, string subject, string key = "EC -pkeyopt ec_paramgen_curve:P-256", string extra = "")
    {
        await Shell.Good($"openssl genpkey -algorithm {key} -out {name}.key", folder: folder.Path);
        await Shell.Good($"openssl req -new -key {name}.key -subj {subject} -outform DER -out {name}.csr{extra}", folder: folder.Path);
        await Shell.Good($"openssl base64 -in {name}.csr -out {name}.b64", folder: folder.Path);
        return File($"{name}.b64");
    }

    /// <summary>A certificate for <c>CN=subject</c> that openssl signs with the authority's key, in <c>NAME.crt</c>.</summary>
    public async Task Make(string name, string subject, string extension)
    {
        await Request(name, $"/CN={subject}");
        await System.IO.File.WriteAllTextAsync(File("extension"), extension + "\n");
        await Shell.Good($"openssl x509 -req -in {name}.csr -inform DER -CA ca.crt -CAkey ca.key -days 365 -extfile extension -out {name}.crt", folder: folder.Path);
    }

    /// <summary>Asks with curl: status and body.</summary>
    public async Task<(int Status, string Body)> Curl(string path, params string[] more)
    {
        var (code, output, error) = await Shell.Run(
            "curl", ["--silent", "--show-error", "--noproxy", "*", "--cacert", CaFile, "--write-out", "\n%{http_code}", .. more, Address + path], folder: folder.Path);
        var at = output.LastIndexOf('\n');
        Assert.True(code == 0, error);
        return (int.Parse(output.AsSpan(at + 1), System.Globalization.CultureInfo.InvariantCulture), output[..at]);
    }

    /// <summary>Enrols with curl, the certificate goes to <c>NAME.crt</c>.</summary>
    public async Task<(int Status, string Body)> Enroll(string kit, string code, string name)
    {
        var answer = await Curl(EnrolPaths.Enroll, "--user", $"{kit}:{code}", "--header", "Content-Type: application/pkcs10", "--data-binary", $"@{name}.b64");
        if (answer.Status == 200)
            await Unpack(answer.Body, name);
        return answer;
    }

    /// <summary>An enrolled kit, all by curl and openssl: <c>NAME.key</c> and <c>NAME.crt</c>.</summary>
    public async Task Enrolled(string kit, string? name = null)
    {
        name ??= kit;
        await Request(name, $"/CN={kit}");
        Assert.Equal(200, (await Enroll(kit, await Code(kit), name)).Status);
    }

    /// <summary>Lets openssl take the certificate out of an answer.</summary>
    public async Task Unpack(string body, string name)
    {
        await System.IO.File.WriteAllTextAsync(File(name + ".p7"), body);
        await Shell.Good($"openssl base64 -d -in {name}.p7 -out {name}.der", folder: folder.Path);
        await Shell.Good($"openssl pkcs7 -inform DER -in {name}.der -print_certs -out {name}.crt", folder: folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        log.Dispose();
        folder.Dispose();
    }
}
