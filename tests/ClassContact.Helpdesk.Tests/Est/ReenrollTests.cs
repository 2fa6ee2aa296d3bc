using ClassContact.Classroom;
using ClassContact.Helpdesk.Register;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Tests.Est;

public sealed class ReenrollTests : IAsyncLifetime
{
    private SigningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await SigningService.Start();
        await service.Enrolled("kit-1");
        await service.Age("kit-1");
        await service.Request("next", "/CN=kit-1");
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_kit_renews_with_its_certificate_and_gets_a_new_serial_number_each_time()
    {
        var first = await Renew("kit-1", "next");
        Assert.Equal(200, first.Status);
        await service.Unpack(first.Body, "next");
        await Shell.Good($"openssl verify -CAfile {service.CaFile} -purpose sslclient {service.File("next.crt")}");
        service.Time.By += TimeSpan.FromDays(2);
        Assert.Equal(200, (await Renew("next", "next")).Status); // also with the renewed one
        var serials = service.Register.Read(KitId.Parse("kit-1")).Certificates.Select(c => c.Serial).ToList();
        Assert.Equal(3, serials.Distinct().Count());
        Assert.All(serials, serial => Assert.Equal(32, serial.Length));
    }

    [Fact]
    public async Task Without_a_certificate_nothing_is_renewed_even_with_a_code()
    {
        var code = await service.Code("kit-1");
        EnrollTests.AssertRefused(403, Refusals.NoCertificate, await service.Curl(EnrolPaths.Reenroll, "--data-binary", "@next.b64"));
        EnrollTests.AssertRefused(403, Refusals.NoCertificate, await service.Curl(EnrolPaths.Reenroll, "--user", $"kit-1:{code}", "--data-binary", "@next.b64"));
    }

    [Fact]
    public async Task A_kit_gets_no_certificate_of_another_kit()
    {
        await service.Request("other", "/CN=kit-2");
        EnrollTests.AssertRefused(400, Refusals.BadRequest, await Renew("kit-1", "other"));
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_no_kits()
    {
        using var other = new TestAuthority();
        var files = other.Client("kit-1");
        EnrollTests.AssertRefused(403, Refusals.NotAKit, await service.Curl(
            EnrolPaths.Reenroll, "--cert", files.CertificateFile!, "--key", files.KeyFile!, "--data-binary", "@next.b64"));
    }

    [Fact]
    public async Task A_certificate_of_the_authority_for_a_server_or_for_an_account_is_no_kits()
    {
        await service.Make("web", "kit-1", "extendedKeyUsage=serverAuth");
        EnrollTests.AssertRefused(403, Refusals.NotAKit, await Renew("web", "next"));
        await service.Make("account", "helpdesk-anna", "extendedKeyUsage=clientAuth");
        EnrollTests.AssertRefused(403, Refusals.NotAKit, await Renew("account", "next"));
    }

    [Fact]
    public async Task A_certificate_made_by_hand_for_a_kit_is_good_too()
    {
        await service.Make("by-hand", "kit-1", "extendedKeyUsage=clientAuth");
        Assert.Equal(200, (await Renew("by-hand", "next")).Status);
    }

    [Fact]
    public async Task An_expired_certificate_renews_nothing_and_one_on_its_last_day_does()
    {
        service.Time.By = TimeSpan.FromDays(89.9);
        Assert.Equal(200, (await Renew("kit-1", "next")).Status);
        service.Time.By = TimeSpan.FromDays(90.1);
        EnrollTests.AssertRefused(403, Refusals.Expired, await Renew("kit-1", "next"));
    }

    [Fact]
    public async Task A_clock_that_jumps_a_year_refuses_while_it_is_wrong_and_does_no_lasting_harm()
    {
        service.Time.By = TimeSpan.FromDays(-365);
        EnrollTests.AssertRefused(403, Refusals.NotYetValid, await Renew("kit-1", "next"));
        service.Time.By = TimeSpan.FromDays(365);
        EnrollTests.AssertRefused(403, Refusals.Expired, await Renew("kit-1", "next"));
        service.Time.By = TimeSpan.Zero;
        Assert.Equal(200, (await Renew("kit-1", "next")).Status);
    }

    [Fact]
    public async Task A_kit_that_renews_without_end_gets_one_certificate_in_a_fiftieth_of_its_life()
    {
        Assert.Equal(200, (await Renew("kit-1", "next")).Status);
        await service.Request("more", "/CN=kit-1");
        for (var i = 0; i < 3; i++)
            EnrollTests.AssertRefused(503, Refusals.Unable, await Renew("kit-1", "more"));
        Assert.Equal(2, Directory.GetFiles(service.Settings.Issued!).Length);
        service.Time.By += TimeSpan.FromDays(1.9); // of 90
        Assert.Equal(200, (await Renew("kit-1", "more")).Status);
    }

    [Fact]
    public async Task A_kit_whose_renewal_was_lost_on_the_way_gets_the_same_certificate_again()
    {
        var first = await Renew("kit-1", "next");
        Assert.Equal(first, await Renew("kit-1", "next"));
        Assert.Equal(200, first.Status);
        Assert.Equal(2, service.Register.Read(KitId.Parse("kit-1")).Certificates.Count);
    }

    [Fact]
    public async Task A_certificate_signed_while_the_clock_was_ahead_does_not_block_the_next()
    {
        service.Time.By = TimeSpan.FromDays(80);
        Assert.Equal(200, (await Renew("kit-1", "next")).Status);
        service.Time.By = TimeSpan.Zero;
        await service.Request("more", "/CN=kit-1");
        Assert.Equal(200, (await Renew("kit-1", "more")).Status);
    }

    [Fact]
    public async Task A_renewal_that_waits_while_the_kit_is_revoked_is_refused()
    {
        Task<(int Status, string Body)> renewal;
        await using (PrivateFile.Open(Path.Combine(service.Settings.Data, "lock")))
        {
            renewal = Renew("kit-1", "next");
            await Task.Delay(TimeSpan.FromSeconds(1)); // it has asked, and waits
            var record = Path.Combine(service.Settings.Data, "kits", "kit-1.json");
            await File.WriteAllTextAsync(record, (await File.ReadAllTextAsync(record)).Replace("\"key\"", "\"revoked\": \"2026-01-01T00:00:00Z\", \"key\"", StringComparison.Ordinal));
        }
        EnrollTests.AssertRefused(403, Refusals.Revoked, await renewal);
        Assert.Single(Directory.GetFiles(service.Settings.Issued!));
    }

    [Fact]
    public async Task A_kit_that_retires_many_times_at_once_has_the_broker_told_once()
    {
        await service.Restart(s => s with { Revoke = ["sh", "-c", $"echo \"$0\" >> {service.File("told")}"] });
        await service.Make("by-hand", "kit-2", "extendedKeyUsage=clientAuth"); // the register does not know this one
        foreach (var name in new[] { "kit-1", "by-hand" })
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
                service.Curl(EnrolPaths.Retire, "--request", "POST", "--cert", $"{name}.crt", "--key", $"{name}.key")));
            Assert.Single(answers, answer => answer.Status == 204);
        }
        Assert.Equal("kit-1\nkit-2\n", await File.ReadAllTextAsync(service.File("told")));
    }

    [Fact]
    public async Task A_renewed_certificate_of_the_service_is_shown_without_a_restart_and_a_broken_one_is_not()
    {
        var before = await Shown();
        await service.Make("renewed", "127.0.0.1", "subjectAltName=IP:127.0.0.1");
        File.Copy(service.File("renewed.crt"), service.Settings.CertificateFile, overwrite: true); // its key is still the old one
        Assert.Equal(before, await Shown());
        File.Copy(service.File("renewed.key"), service.Settings.KeyFile, overwrite: true);
        var after = await Shown();
        Assert.NotEqual(before, after);
        Assert.Equal(await Shell.Good($"openssl x509 -in {service.File("renewed.crt")} -noout -serial"), after);
        Assert.Equal(204, (await Link("kit-1")).Status);
    }

    [Fact]
    public async Task A_revoked_kit_gets_neither_a_certificate_nor_a_link_until_it_enrols_again()
    {
        service.Register.SetLink(KitId.Parse("kit-1"), new("5e B", "https://meet.example.org/a"));
        var (count, trouble) = await service.Register.Revoke(KitId.Parse("kit-1"), default);
        Assert.Equal((1, null), (count, trouble));
        EnrollTests.AssertRefused(403, Refusals.Revoked, await Renew("kit-1", "next"));
        EnrollTests.AssertRefused(403, Refusals.Revoked, await Link("kit-1"));
        await service.Enrolled("kit-1", "again");
        Assert.Equal(204, (await Link("again")).Status); // the link went with the old identity
        EnrollTests.AssertRefused(403, Refusals.Revoked, await Link("kit-1"));
    }

    [Fact]
    public async Task Whoever_stands_in_the_brokers_own_list_is_refused_and_a_list_that_cannot_be_read_lets_nobody_in()
    {
        await service.Restart(s => s with { RevocationList = service.File("kits.crl") });
        EnrollTests.AssertRefused(503, Refusals.Unable, await Renew("kit-1", "next"));
        await Revoked();
        Assert.Equal(200, (await Renew("kit-1", "next")).Status);
        await Revoked("kit-1");
        EnrollTests.AssertRefused(403, Refusals.Revoked, await Renew("kit-1", "next"));
    }

    [Fact]
    public async Task Revoking_runs_the_brokers_program_with_the_kits_name_and_tells_when_that_fails()
    {
        await service.Restart(s => s with { Revoke = ["sh", "-c", $"echo \"$0\" > {service.File("told")}"] });
        Assert.Null((await service.Register.Revoke(KitId.Parse("kit-1"), default)).Trouble);
        Assert.Equal("kit-1\n", await File.ReadAllTextAsync(service.File("told")));
        await service.Restart(s => s with { Revoke = ["false"] });
        Assert.Equal((0, "false ended with 1"), await service.Register.Revoke(KitId.Parse("kit-1"), default));
        await service.Restart(s => s with { Revoke = ["/no/such/program"] });
        Assert.NotNull((await service.Register.Revoke(KitId.Parse("kit-1"), default)).Trouble);
    }

    [Fact]
    public async Task A_broker_that_was_not_told_of_a_revocation_is_told_by_the_service_later_and_no_new_certificate_is_signed_before()
    {
        await service.Restart(s => s with { Revoke = ["false"] });
        Assert.Equal(204, (await service.Curl(EnrolPaths.Retire, "--request", "POST", "--cert", "kit-1.crt", "--key", "kit-1.key")).Status);
        var code = await service.Code("kit-1");
        EnrollTests.AssertRefused(503, Refusals.Unable, await service.Enroll("kit-1", code, "next")); // the broker's authority revokes by name
        service.Time.By = TimeSpan.FromMinutes(2);
        await service.Restart(s => s with { Revoke = ["sh", "-c", $"echo \"$0\" >> {service.File("told")}"] });
        await WaitFor.That("the broker to be told", () => service.Log.Contains("was told at last", StringComparison.Ordinal));
        Assert.Equal("kit-1\n", await File.ReadAllTextAsync(service.File("told")));
        Assert.Equal(200, (await service.Enroll("kit-1", code, "next")).Status);
        Assert.Null(service.Register.Read(KitId.Parse("kit-1")).UntoldSince);
    }

    [Fact]
    public async Task A_kit_that_retires_is_revoked_and_a_second_time_is_told_so()
    {
        Assert.Equal(204, (await service.Curl(EnrolPaths.Retire, "--request", "POST", "--cert", "kit-1.crt", "--key", "kit-1.key")).Status);
        EnrollTests.AssertRefused(403, Refusals.Revoked, await service.Curl(EnrolPaths.Retire, "--request", "POST", "--cert", "kit-1.crt", "--key", "kit-1.key"));
    }

    [Fact]
    public async Task A_kit_sees_its_own_link_alone()
    {
        service.Register.SetLink(KitId.Parse("kit-1"), new("5e B", "https://meet.example.org/one"));
        service.Register.SetLink(KitId.Parse("kit-2"), new("6e A", "https://meet.example.org/two"));
        await service.Enrolled("kit-2");
        Assert.Equal("""{"room":"5e B","link":"https://meet.example.org/one"}""", (await Link("kit-1")).Body);
        Assert.Equal("""{"room":"6e A","link":"https://meet.example.org/two"}""", (await Link("kit-2")).Body);
        EnrollTests.AssertRefused(403, Refusals.NoCertificate, await service.Curl(EnrolPaths.Link));
    }

    [Fact]
    public async Task A_damaged_record_costs_one_kit_and_names_the_file()
    {
        await service.Enrolled("kit-2");
        await File.WriteAllTextAsync(Path.Combine(service.Settings.Data, "kits", "kit-1.json"), "{ half");
        EnrollTests.AssertRefused(503, Refusals.Unable, await Renew("kit-1", "next"));
        Assert.Contains("kit-1.json", service.Log, StringComparison.Ordinal);
        Assert.Equal(204, (await Link("kit-2")).Status);
    }

    [Fact]
    public async Task TLS_1_1_is_refused()
    {
        async Task<int> Connect(string version) => (await Shell.Line(
            $"openssl s_client -connect {service.Settings.Listen} -{version} -cipher DEFAULT@SECLEVEL=0", "Q\n")).Code;
        Assert.Equal(0, await Connect("tls1_2"));
        Assert.NotEqual(0, await Connect("tls1_1"));
    }

    private async Task<string> Shown() => await Shell.Good(
        "openssl x509 -noout -serial", (await Shell.Line($"openssl s_client -connect {service.Settings.Listen}", "Q\n")).Output);

    private Task<(int Status, string Body)> Renew(string with, string request) =>
        service.Curl(EnrolPaths.Reenroll, "--cert", $"{with}.crt", "--key", $"{with}.key", "--data-binary", $"@{request}.b64");

    private Task<(int Status, string Body)> Link(string with) => service.Curl(EnrolPaths.Link, "--cert", $"{with}.crt", "--key", $"{with}.key");

    // The broker's list as openssl makes it, with these certificates in it.
    private async Task Revoked(params string[] names)
    {
        await File.WriteAllTextAsync(service.File("index.txt"), "");
        await File.WriteAllTextAsync(service.File("ca.cnf"), "[ca]\ndefault_ca=a\n[a]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=30\n");
        var folder = Path.GetDirectoryName(service.CaFile);
        foreach (var name in names)
            await Shell.Good($"openssl ca -config ca.cnf -cert ca.crt -keyfile ca.key -revoke {name}.crt", folder: folder);
        await Shell.Good("openssl ca -config ca.cnf -cert ca.crt -keyfile ca.key -gencrl -out kits.crl", folder: folder);
    }
}
