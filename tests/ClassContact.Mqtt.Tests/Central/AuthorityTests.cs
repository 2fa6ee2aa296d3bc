using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Classroom;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>The shipped <c>ca</c>: what it signs, what it does not, and what it does with a broker that runs.</summary>
public sealed class AuthorityTests(CentralBroker broker) : IClassFixture<CentralBroker>, IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("helpdesk")]
    [InlineData("helpdesk-x")]
    [InlineData("helpdesks")]
    [InlineData("+")]
    [InlineData("#")]
    [InlineData("a/b")]
    [InlineData("kit-7/reply")]
    [InlineData("KIT")]
    [InlineData("k")]
    [InlineData("-kit")]
    [InlineData("kit 7")]
    [InlineData("kit-7\nx")]
    [InlineData("kit/CN=helpdesk-x")]
    [InlineData("")]
    [InlineData("--csr")]
    public async Task A_name_that_is_no_kits_is_not_signed(string name)
    {
        (await broker.Ca("kit", "kit-7a", "--out", NewFolder())).Worked();
        var said = await broker.Ca("kit", name, "--out", NewFolder());
        Assert.Equal(2, said.Code);
        Assert.Contains("name", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_request_only_the_key_is_taken_over()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=helpdesk-x, O=Somebody", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], true));
        await File.WriteAllTextAsync(folder.File("csr"), request.CreateSigningRequestPem());
        var place = NewFolder();
        (await broker.Ca("kit", "kit-21", "--csr", folder.File("csr"), "--out", place)).Worked();
        using var signed = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Path.Combine(place, "kit-21.crt")));
        Assert.Equal("CN=kit-21", signed.Subject);
        Assert.False(signed.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal("1.3.6.1.5.5.7.3.2", Assert.Single(signed.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>()).Value);
        Assert.Empty(signed.Extensions.OfType<X509SubjectAlternativeNameExtension>());
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), signed.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public async Task A_request_with_a_weak_or_foreign_key_is_refused()
    {
        using var weak = RSA.Create(1024);
        await File.WriteAllTextAsync(folder.File("rsa"), new CertificateRequest("CN=kit-22", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var bytes = new CertificateRequest("CN=kit-22", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        bytes[^1] ^= 1; // the signature
        await File.WriteAllTextAsync(folder.File("broken"), PemEncoding.WriteString("CERTIFICATE REQUEST", bytes));
        await File.WriteAllTextAsync(folder.File("garbage"), "garbage");
        foreach (var file in new[] { "rsa", "broken", "garbage" })
            Assert.Equal(1, (await broker.Ca("kit", "kit-22", "--csr", folder.File(file), "--out", NewFolder())).Code);
    }

    [Fact]
    public async Task No_key_can_be_read_by_others_and_none_is_written_over()
    {
        var place = NewFolder();
        (await broker.Ca("kit", "kit-23", "--out", place)).Worked();
        var keys = new[] { broker.Authorities, broker.Etc }.SelectMany(of => Directory.GetFiles(of, "*.key", SearchOption.AllDirectories)).Append(Path.Combine(place, "kit-23.key")).ToList();
        Assert.True(keys.Count > 4);
        Assert.All(keys, key => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key)));
        var before = await File.ReadAllTextAsync(Path.Combine(place, "kit-23.key"));
        Assert.Equal(1, (await broker.Ca("kit", "kit-23", "--out", place)).Code);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(place, "kit-23.key")));
    }

    [Fact]
    public async Task Revoking_takes_every_certificate_of_the_name_also_one_that_another_signer_put_there()
    {
        (await broker.Ca("kit", "kit-24", "--out", NewFolder())).Worked();
        var elsewhere = broker.Forged("kit-24");
        using (var certificate = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(elsewhere.CertificateFile!)))
            File.Copy(elsewhere.CertificateFile!, Path.Combine(broker.Authorities, "kits/issued", $"{certificate.SerialNumber}.pem"));
        await using (await broker.Way(elsewhere).Open("kit-24")) { }
        Assert.Contains("2 certificate(s)", (await broker.Ca("revoke", "--stay", "kit", "kit-24")).Worked().Errors, StringComparison.Ordinal);
        await WaitFor.That("the broker to refuse it", async () => await Record.ExceptionAsync(() => broker.Way(elsewhere).Open("kit-24")) is MqttException, refused => refused);
        var list = (await broker.Ca("list", "kits")).Worked().Output.Split('\n').Where(line => line.Contains("kit-24", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, list.Count);
        Assert.All(list, line => Assert.Contains("revoked", line, StringComparison.Ordinal));
        Assert.Equal(1, (await broker.Ca("revoke", "kit", "kit-25")).Code);
    }

    [Fact]
    public async Task Revoking_one_of_five_thousand_certificates_takes_seconds()
    {
        var issued = Path.Combine(broker.Authorities, "kits/issued");
        var other = await File.ReadAllTextAsync(broker.Forged("kit-27").CertificateFile!);
        for (var n = 0; n < 5_000; n++)
            await File.WriteAllTextAsync(Path.Combine(issued, $"many-{n}.pem"), other + "\n");
        (await broker.Ca("kit", "kit-28", "--out", NewFolder())).Worked();
        var start = TimeProvider.System.GetTimestamp();
        Assert.Contains("kit-28: 1 certificate(s)", (await broker.Ca("revoke", "--stay", "kit", "kit-28")).Worked().Errors, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, 30); // two processes for each took minutes
        (await broker.Ca("renew")).Worked(); // looks at all of them, too
        foreach (var file in Directory.GetFiles(issued, "many-*"))
            File.Delete(file);
    }

    [Fact]
    public async Task What_the_signing_service_asks_to_be_revoked_is_revoked_and_nothing_else_is_touched()
    {
        (await broker.Ca("kit", "kit-29", "--out", NewFolder())).Worked();
        (await broker.Ca("kit", "kit-30", "--out", NewFolder())).Worked();
        var asked = Directory.CreateDirectory(Path.Combine(broker.Root, "var/spool/classcontact-helpdesk")).FullName;
        foreach (var name in new[] { "kit-29", "never-seen", "helpdesk-anna", "Not A Kit", ".hidden" })
            await File.WriteAllTextAsync(Path.Combine(asked, name), "");
        await broker.Account("anna");
        (await broker.Ca("revoke-asked")).Worked();
        Assert.Empty(Directory.GetFileSystemEntries(asked)); // else the path unit would call again at once
        var list = (await broker.Ca("list")).Worked().Output.Split('\n');
        Assert.Contains(list, line => line.Contains("revoked", StringComparison.Ordinal) && line.Contains("kit-29", StringComparison.Ordinal));
        Assert.Contains(list, line => line.Contains("valid", StringComparison.Ordinal) && line.Contains("kit-30", StringComparison.Ordinal));
        Assert.Contains(list, line => line.Contains("valid", StringComparison.Ordinal) && line.Contains("helpdesk-anna", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_to_revoke_that_finds_nothing_cuts_nobody_off()
    {
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(broker.Root, "var/spool/classcontact-helpdesk")).FullName, "never-seen"), "");
        Assert.DoesNotContain("restarted", (await broker.Ca("revoke-asked")).Worked().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_certificate_that_ends_soon_is_renewed_and_served_without_a_restart()
    {
        var old = broker.Forgery($"CN={CentralBroker.Host}", "kits", server: CentralBroker.Host); // a day
        File.Copy(old.CertificateFile!, Path.Combine(broker.Authorities, "servers/localhost.crt"), overwrite: true);
        File.Copy(old.KeyFile!, Path.Combine(broker.Authorities, "servers/localhost.key"), overwrite: true);
        (await broker.Ca("publish")).Worked();
        await WaitFor.That("the broker to show it", Shown, days => days < 2);
        (await broker.Ca("renew")).Worked();
        await WaitFor.That("the broker to show the new one", Shown, days => days > 700);
        var lists = Directory.GetFiles(Path.Combine(broker.Etc, "tls"), "*.crl");
        Assert.Equal(2, lists.Length);
        Assert.All(lists, list => Assert.True(DateTime.UtcNow - File.GetLastWriteTimeUtc(list) < TimeSpan.FromMinutes(5)));
        await using (await broker.OpenKit("kit-7")) { }
    }

    [Fact]
    public async Task Certificates_that_ended_a_month_ago_are_put_away_and_can_still_be_revoked()
    {
        var issued = Path.Combine(broker.Authorities, "kits/issued");
        string Ended(int days)
        {
            var file = broker.Forged("kit-26", from: DateTimeOffset.UtcNow.AddDays(-90), until: DateTimeOffset.UtcNow.AddDays(-days)).CertificateFile!;
            using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
            var kept = Path.Combine(issued, $"{certificate.SerialNumber}.pem");
            File.Copy(file, kept);
            return kept;
        }
        var (old, young) = (Ended(31), Ended(29));
        (await broker.Ca("renew")).Worked();
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
        Assert.Contains("kit-26: 2 certificate(s)", (await broker.Ca("revoke", "--stay", "kit", "kit-26")).Worked().Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+3y")]
    [InlineData("-3y")]
    public async Task A_wrong_clock_renews_nothing(string clock)
    {
        var before = Register();
        var said = await broker.CaAt(clock, "renew");
        Assert.Equal(1, said.Code);
        Assert.Contains("a wrong clock?", said.Errors, StringComparison.Ordinal);
        Assert.Equal(before, Register());
    }

    [Fact]
    public async Task What_a_clock_that_was_ahead_has_left_is_mended()
    {
        var now = DateTimeOffset.UtcNow;
        var ahead = broker.Forgery($"CN={CentralBroker.Host}", server: CentralBroker.Host, from: now.AddDays(100), until: now.AddDays(800));
        var served = Path.Combine(broker.Authorities, "servers/localhost.crt");
        File.Copy(ahead.CertificateFile!, served, overwrite: true);
        File.Copy(ahead.KeyFile!, Path.Combine(broker.Authorities, "servers/localhost.key"), overwrite: true);
        (await broker.CaAt("+100d", "renew", "--clock-is-right")).Worked();
        Assert.Equal(1, (await broker.Ca("renew")).Code); // which of the two clocks is wrong, only people know
        (await broker.Ca("renew", "--clock-is-right")).Worked();
        using var mended = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(served));
        Assert.True(mended.NotBefore < TimeProvider.System.GetLocalNow().DateTime, $"{mended.NotBefore}");
        await WaitFor.That("the broker to let it in", async () => await Record.ExceptionAsync(async () => await (await broker.OpenKit("kit-7")).DisposeAsync()) is null, open => open);
    }

    [Fact]
    public async Task No_certificate_outlives_its_authority()
    {
        var said = await broker.Ca("kit", "kit-33", "--days", "9999", "--out", NewFolder());
        Assert.Equal(2, said.Code);
        Assert.Contains("longer than the authority lasts", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_revoked_stays_out_when_the_register_was_lost()
    {
        var kit = await broker.Kit("kit-31");
        (await broker.Ca("revoke", "--stay", "kit", "kit-31")).Worked();
        await File.WriteAllTextAsync(Path.Combine(broker.Authorities, "kits/index.txt"), "");
        (await broker.Ca("renew")).Worked();
        Assert.Matches("revoked .*kit-31", (await broker.Ca("list", "kits")).Worked().Output);
        await Clients.Fails(broker.Way(kit).Open("kit-31"));
    }

    [Fact]
    public async Task A_list_that_names_fewer_than_the_brokers_never_reaches_it()
    {
        var (list, published) = (Path.Combine(broker.Authorities, "kits/crl.pem"), Path.Combine(broker.Etc, "tls/kits.crl"));
        var before = await File.ReadAllTextAsync(list);
        await broker.Kit("kit-32");
        (await broker.Ca("revoke", "--stay", "kit", "kit-32")).Worked();
        var longer = await File.ReadAllTextAsync(published);
        await File.WriteAllTextAsync(list, before);
        Assert.Equal(1, (await broker.Ca("publish")).Code);
        Assert.Equal(longer, await File.ReadAllTextAsync(published));
        (await broker.Ca("renew")).Worked(); // makes it anew
    }

    [Fact]
    public async Task A_list_of_another_authority_never_reaches_the_broker_whatever_its_name()
    {
        var other = NewFolder();
        (await CentralBroker.Script("ca", "--root", other, "init")).Worked();
        var list = Path.Combine(broker.Authorities, "kits/crl.pem");
        File.Copy(Path.Combine(other, "var/lib/classcontact-broker/kits/crl.pem"), list, overwrite: true);
        Assert.Equal(1, (await broker.Ca("publish")).Code);
        (await broker.Ca("renew")).Worked(); // makes it anew
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    public async Task A_damaged_list_never_reaches_the_broker(string damage)
    {
        var list = Path.Combine(broker.Authorities, "kits/crl.pem");
        var good = await File.ReadAllTextAsync(list);
        await File.WriteAllTextAsync(list, damage);
        Assert.Equal(1, (await broker.Ca("publish")).Code);
        Assert.Equal(good, await File.ReadAllTextAsync(Path.Combine(broker.Etc, "tls/kits.crl")));
        (await broker.Ca("renew")).Worked(); // makes it anew
        await using (await broker.OpenKit("kit-7")) { }
    }

    private Dictionary<string, string> Register() => Directory.GetFiles(broker.Authorities, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);

    private string NewFolder() => Directory.CreateDirectory(folder.File($"{Guid.NewGuid():N}")).FullName;

    private async Task<int> Shown()
    {
        await using var client = await RawClient.Open(await broker.Kit("kit-20"), broker.Port, id: null);
        return (int)(DateTime.Parse(client.Broker.GetExpirationDateString(), System.Globalization.CultureInfo.CurrentCulture) - DateTime.Now).TotalDays;
    }
}
