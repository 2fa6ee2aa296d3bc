using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.Helpdesk.Settings;

namespace ClassContact.Helpdesk.Tests.Kits;

/// <summary>The real <c>classcontact-helpdesk</c> beside a running service.</summary>
public sealed class KitCommandsTests : IAsyncLifetime
{
    internal static readonly string Program = Path.Combine(
        Checkout.Root, Path.GetRelativePath(Checkout.Root, AgentProcess.Program).Replace("ClassContact.Agent", "ClassContact.Helpdesk", StringComparison.Ordinal)) + "-helpdesk";

    private SigningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await SigningService.Start();
        await Write(service.Settings.Listen);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_code_that_the_command_makes_enrols_at_the_running_service()
    {
        var (exit, code, error) = await Run(null, "code", "kit-1");
        Assert.True(exit == 0, error);
        Assert.Matches(@"\A[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\n\z", code);
        Assert.Contains("code waits until", (await Run(null, "kits")).Output, StringComparison.Ordinal);
        await service.Request("kit-1", "/CN=kit-1");
        Assert.Equal(200, (await service.Enroll("kit-1", code.Trim(), "kit-1")).Status);
        Assert.Contains("kit-1\tvalid until", (await Run(null, "kits")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Run(null, "revoke", "kit-1")).Code);
        Assert.Contains("kit-1\trevoked", (await Run(null, "kits")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_for_a_kit_with_a_valid_certificate_says_that_the_old_one_stays_valid()
    {
        Assert.DoesNotContain("stays valid", (await Run(null, "code", "kit-1")).Error, StringComparison.Ordinal);
        await service.Enrolled("kit-1");
        var (exit, code, error) = await Run(null, "code", "kit-1");
        Assert.Equal(0, exit);
        Assert.Equal(10, code.Length);
        Assert.Contains("stays valid", error, StringComparison.Ordinal);
        Assert.Contains("revoke kit-1", error, StringComparison.Ordinal);
        Assert.Equal(0, (await Run(null, "revoke", "kit-1")).Code);
        Assert.DoesNotContain("stays valid", (await Run(null, "code", "kit-1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_read_from_a_file_or_standard_input_and_never_shown()
    {
        await Run(null, "code", "kit-1");
        var (exit, output, error) = await Run("https://meet.example.org/secret-room\n", "link", "kit-1", "--room", "5e B", "--file", "-");
        Assert.True(exit == 0, error);
        await File.WriteAllTextAsync(service.File("link.txt"), "https://meet.example.org/secret-room");
        Assert.Equal(0, (await Run(null, "link", "kit-1", "--room", "5e B", "--file", service.File("link.txt"))).Code);
        var list = (await Run(null, "kits")).Output;
        Assert.Contains("5e B", list, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-room", output + list, StringComparison.Ordinal);
        Assert.Equal(0, (await Run(null, "link", "kit-1", "--none")).Code);
        Assert.Contains("no link", (await Run(null, "kits")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_own_exit_code()
    {
        Assert.Equal(2, (await Run(null, "code", "helpdesk-anna")).Code);
        Assert.Equal(2, (await Run(null, "code", "../../etc")).Code);
        Assert.Equal(2, (await Run(null, "link", "kit-1", "--room", "5e B")).Code);
        var (exit, output, error) = await Run("http://meet.example.org/secret-room", "link", "kit-1", "--room", "5e B", "--file", "-");
        Assert.Equal(1, exit);
        Assert.DoesNotContain("secret-room", output + error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(service.File("helpdesk.json"), "{ \"caFile\": 1 }");
        Assert.Equal(3, (await Run(null, "kits")).Code);
    }

    [Fact]
    public async Task The_service_runs_as_a_process_and_ends_when_it_is_asked_to()
    {
        await service.Stop();
        await using var serve = ChildProcess.Start("serve", service.File("logs"), Program, ["serve", "--settings", service.File("helpdesk.json")]);
        await WaitFor.That("the service to listen", () => serve.Output().Contains("listening on", StringComparison.Ordinal));
        Assert.Equal(200, (await service.Curl(Messages.Enrolling.EnrolPaths.CaCerts)).Status);
        serve.Send(Signal.Terminate);
        Assert.Equal(0, await serve.Ended().WaitAsync(WaitFor.Generous));
    }

    [Fact]
    public async Task A_port_that_is_taken_and_a_key_that_is_not_the_authoritys_are_named()
    {
        var (exit, _, error) = await Run(null, "serve");
        Assert.Equal(1, exit);
        Assert.Contains(service.Settings.Listen, error, StringComparison.Ordinal);
        File.Copy(service.File("server.key"), service.File("ca.key"), overwrite: true);
        (exit, _, error) = await Run(null, "serve");
        Assert.Equal(3, exit);
        Assert.Contains("ca.key", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_can_be_read()
    {
        var read = HelpdeskSettings.Read(Path.Combine(Checkout.Root, "configs", "helpdesk.example.json"));
        var defaults = new HelpdeskSettings("", "", "", "");
        Assert.Equal(
            (defaults.Data, defaults.Listen, defaults.CertificateDays, defaults.CodeHours), (read.Data, read.Listen, read.CertificateDays, read.CodeHours));
    }

    private Task<(int Code, string Output, string Error)> Run(string? input, params string[] arguments) =>
        Shell.Run(Program, [.. arguments, "--settings", service.File("helpdesk.json")], input);

    private Task Write(string listen) => File.WriteAllTextAsync(service.File("helpdesk.json"), new JsonObject
    {
        ["caFile"] = "ca.crt", ["caKeyFile"] = "ca.key", ["certificateFile"] = "server.crt", ["keyFile"] = "server.key", ["data"] = "data", ["issued"] = "issued",
        ["listen"] = listen,
    }.ToJsonString());
}
