using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.Classroom.Network;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Settings;
using ClassContact.Messages;

namespace ClassContact.Helpdesk.Tests.Enrolment;

/// <summary>A school whose proxy alone knows where the service and the broker are, and wants a password.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly LogLines log = new();
    private readonly ShiftedTime time = new();
    private SigningService service = null!;
    private Broker broker = null!;
    private HttpProxy proxy = null!;

    public async ValueTask InitializeAsync()
    {
        service = await SigningService.Start(host: "enrol.invalid");
        await service.Make("broker", "broker.invalid", "subjectAltName=DNS:broker.invalid");
        broker = await Broker.Start(
            new(service.CaFile, service.File("broker.crt"), service.File("broker.key"), AsksForCertificate: true), "use_identity_as_username true");
        proxy = await HttpProxy.StartKnowing(["enrol.invalid", "broker.invalid"], folder.Path, "BasicAuth kit sesame");
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await broker.DisposeAsync();
        await service.DisposeAsync();
        log.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("proxy")]
    public async Task A_school_that_lets_nothing_out_but_its_proxy_lets_its_kit_enrol_renew_and_retire(string way)
    {
        using var kit = await Kit(way);
        var (code, output, error) = await kit.Command(await service.Code("kit-1") + "\n", "enroll");
        Assert.True(code == 0, output + error);
        var first = await File.ReadAllTextAsync(kit.Identity("kit.crt"));

        await service.Age("kit-1");
        time.By = TimeSpan.FromDays(61);
        Assert.True(await new EnrolmentWorker(Setup.ReadUnenrolled(kit.SettingsFile).Value!, time, log).Look(default), log.ToString());
        Assert.NotEqual(first, await File.ReadAllTextAsync(kit.Identity("kit.crt")));

        var kept = await new BundlePost(Setup.ReadUnenrolled(kit.SettingsFile).Value!, time).Send(new byte[100], () => false, default);
        Assert.Equal(100, kept.Bytes);

        (code, output, _) = await kit.Command(null, "retire", "kit-1");
        Assert.True(code == 0, output);
        Assert.All(service.Register.Read(KitId.Parse("kit-1")).Certificates, c => Assert.NotNull(c.Revoked));
        Assert.False(File.Exists(kit.InFolder("login"))); // the school's password is no longer the kit's to know
    }

    [Fact]
    public async Task Where_the_settings_name_no_proxy_the_environments_leads_to_the_service()
    {
        using var kit = await Kit("auto", change: settings => settings.Remove("broker"));
        var environs = $"https_proxy={proxy.Address.Replace("//", "//kit:sesame@", StringComparison.Ordinal)}";
        var (code, _, error) = await Shell.Run(
            "env", ["-u", "no_proxy", "-u", "NO_PROXY", environs, AgentProcess.Program, "enroll", "--settings", kit.SettingsFile], await service.Code("kit-1") + "\n");
        Assert.True(code == 0, error);
    }

    [Theory]
    [InlineData("proxy", null, "proxyLoginFile")]
    [InlineData("proxy", "kit:open", "the proxy does not accept what proxyLoginFile")]
    [InlineData("direct", "kit:sesame", "the name cannot be looked up")]
    public async Task What_keeps_a_kit_from_the_service_is_told_in_the_links_words(string way, string? login, string told)
    {
        using var kit = await Kit(way, login);
        var (code, _, error) = await kit.Command("AAAA-AAAA\n", "enroll");
        Assert.Equal(4, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain("kit:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", 0)]
    [InlineData("proxy", 4)]
    public async Task A_proxy_that_is_not_there_is_gone_round_unless_the_settings_say_otherwise(string way, int expected)
    {
        await using var near = await SigningService.Start();
        using var kit = new EnrolledKit(near, change: settings => settings["broker"] = new JsonObject
        {
            ["host"] = "broker.invalid", ["tls"] = new JsonObject(), ["way"] = way, ["proxy"] = $"http://127.0.0.1:{FreePort.Next()}",
        });
        var (code, _, error) = await kit.Command(await near.Code("kit-1") + "\n", "enroll");
        Assert.True(code == expected, error);
        Assert.Equal(expected != 0, error.Contains("the proxy refuses connections", StringComparison.Ordinal));
    }

    private async Task<EnrolledKit> Kit(string way, string? login = "kit:sesame", Action<JsonObject>? change = null)
    {
        var kit = new EnrolledKit(service, change: settings =>
        {
            settings["enrolment"]!["server"] = service.Address.Replace("127.0.0.1", "enrol.invalid", StringComparison.Ordinal);
            settings["broker"] = new JsonObject
            {
                ["host"] = "broker.invalid", ["port"] = broker.Port, ["way"] = way, ["proxy"] = proxy.Address, ["proxyLoginFile"] = "login",
                ["tls"] = new JsonObject { ["caFile"] = "data/identity/ca.crt", ["certificateFile"] = "data/identity/kit.crt", ["keyFile"] = "data/identity/kit.key" },
            };
            change?.Invoke(settings);
        });
        if (login is not null)
        {
            await File.WriteAllTextAsync(kit.InFolder("login"), login + "\n");
            File.SetUnixFileMode(kit.InFolder("login"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return kit;
    }
}
