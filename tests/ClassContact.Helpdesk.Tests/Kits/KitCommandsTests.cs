using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClassContact.Classroom;
using ClassContact.Helpdesk.Settings;
using ClassContact.Helpdesk.Tests.Enrolment;
using ClassContact.Messages;

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
    public async Task The_line_that_comes_with_a_code_enrols_a_kit_that_knows_nothing_of_the_service()
    {
        var (_, code, error) = await Run(null, "code", "kit-1");
        var line = Regex.Match(error, @"classcontact (enroll --server https://\S+ --fingerprint [0-9A-F]{64})\n").Groups[1].Value;
        Assert.Matches(@"\n  server: https://\S+\n  authority: [0-9A-F]{64}\n", error);
        using var kit = new EnrolledKit(service, change: settings => settings.Remove("enrolment"));
        var enrolled = await kit.Command(code, line.Split(' '));
        Assert.True(enrolled.Code == 0, error + enrolled.Error);
        await Write(service.Settings.Listen, settings => settings["address"] = "https://enrol.example.org");
        Assert.Contains("--server https://enrol.example.org --fingerprint", (await Run(null, "code", "kit-1")).Error, StringComparison.Ordinal);
        await Write(service.Settings.Listen, settings => settings["address"] = "enrol.example.org");
        Assert.Contains("address 'enrol.example.org'", (await Run(null, "code", "kit-1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kit_that_nobody_knows_is_neither_revoked_nor_given_a_link()
    {
        await Write(service.Settings.Listen, settings => settings["revoke"] = new JsonArray("sh", "-c", $": > {service.File("told")}"));
        var (exit, output, error) = await Run(null, "revoke", "kti-1");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("classcontact-broker ca revoke kit kti-1", error, StringComparison.Ordinal);
        (exit, output, error) = await Run("https://meet.example.org/secret-room", "link", "kti-1", "--room", "5e B", "--file", "-");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("classcontact-helpdesk code kti-1", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(service.Settings.Data, "kti-1*", SearchOption.AllDirectories));
        Assert.False(File.Exists(service.File("told")));
        Assert.Equal((0, "", ""), await Run(null, "kits"));
    }

    [Fact]
    public async Task A_link_without_a_record_is_listed_and_can_be_taken_away()
    {
        service.Register.SetLink(KitId.Parse("kit-9"), new("5e B", "https://meet.example.org/secret-room"));
        Assert.Contains("kit-9\tnever enrolled\t5e B", (await Run(null, "kits")).Output, StringComparison.Ordinal);
        var (exit, output, _) = await Run(null, "link", "kit-9", "--none");
        Assert.Equal(0, exit);
        Assert.Contains("stays in use at the kit", output, StringComparison.Ordinal);
        Assert.Equal("", (await Run(null, "kits")).Output);
    }

    [Fact]
    public async Task A_damaged_record_hides_no_other_kit_and_is_named()
    {
        await Run(null, "code", "kit-1");
        await Run(null, "code", "kit-2");
        await File.WriteAllTextAsync(Path.Combine(service.Settings.Data, "kits", "kit-1.json"), "{ half");
        var (exit, output, error) = await Run(null, "kits");
        Assert.Equal(1, exit);
        Assert.Contains("kit-2\t", output, StringComparison.Ordinal);
        Assert.Contains("kit-1.json: is damaged", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revocation_that_the_broker_was_not_told_is_listed_until_it_is()
    {
        await service.Enrolled("kit-1");
        await Write(service.Settings.Listen, settings => settings["revoke"] = new JsonArray("false"));
        var (exit, _, error) = await Run(null, "revoke", "kit-1");
        Assert.Equal(1, exit);
        Assert.Contains("tells it again", error, StringComparison.Ordinal);
        Assert.Contains("BROKER WAS NOT TOLD", (await Run(null, "kits")).Output, StringComparison.Ordinal);
        await Write(service.Settings.Listen, settings => settings["revoke"] = new JsonArray("true"));
        Assert.Equal(0, (await Run(null, "revoke", "kit-1")).Code);
        Assert.DoesNotContain("BROKER", (await Run(null, "kits")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_of_another_user_is_not_written_to()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root would need a second user for this.");
        await Write(service.Settings.Listen, settings => settings["data"] = "/usr");
        foreach (var command in new string[][] { ["code", "kit-1"], ["revoke", "kit-1"], ["kits"] })
        {
            var (exit, output, error) = await Run(null, command);
            Assert.Equal((1, ""), (exit, output));
            Assert.Contains("/usr belongs to another user", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_service_does_not_start_with_data_that_it_cannot_use()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may write everywhere.");
        await service.Stop();
        await Run(null, "code", "kit-1");
        var kits = Path.Combine(service.Settings.Data, "kits");
        foreach (var path in new[] { Path.Combine(kits, "kit-1.json"), kits, service.Settings.Issued! })
        {
            var good = File.GetUnixFileMode(path);
            File.SetUnixFileMode(path, Directory.Exists(path) ? good & ~UnixFileMode.UserWrite : UnixFileMode.None);
            var (exit, _, error) = await Run(null, "serve");
            File.SetUnixFileMode(path, good);
            Assert.Equal(3, exit);
            Assert.Contains(path, error, StringComparison.Ordinal);
            Assert.Contains("must belong to the service's user", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_service_does_not_start_with_a_list_of_revoked_certificates_that_it_cannot_read()
    {
        await service.Stop();
        await Write(service.Settings.Listen, settings => settings["revocationList"] = "no-such.crl");
        var (exit, _, error) = await Run(null, "serve");
        Assert.Equal(3, exit);
        Assert.Contains(service.File("no-such.crl"), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_judged_in_words_that_name_the_field()
    {
        await Write(service.Settings.Listen, settings =>
        {
            settings.Remove("caFile");
            settings["lisen"] = "0.0.0.0:8443";
        });
        var error = (await Run(null, "kits")).Error;
        Assert.Contains("lisen is not a setting (known here: caFile, caKeyFile", error, StringComparison.Ordinal);
        Assert.Contains("caFile is missing", error, StringComparison.Ordinal);
        await Write(service.Settings.Listen, settings => settings["codeHours"] = "long");
        error = (await Run(null, "kits")).Error;
        Assert.Contains("helpdesk.json:1: codeHours has a value of the wrong kind", error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(service.File("helpdesk.json"), "{\n  half");
        Assert.Contains("helpdesk.json:2: is not JSON here", (await Run(null, "kits")).Error, StringComparison.Ordinal);
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

    private Task Write(string listen, Action<JsonObject>? change = null)
    {
        var settings = new JsonObject
        {
            ["caFile"] = "ca.crt", ["caKeyFile"] = "ca.key", ["certificateFile"] = "server.crt", ["keyFile"] = "server.key", ["data"] = "data", ["issued"] = "issued",
            ["listen"] = listen,
        };
        change?.Invoke(settings);
        return File.WriteAllTextAsync(service.File("helpdesk.json"), settings.ToJsonString());
    }
}
