using System.Security.Cryptography;
using System.Text;
using ClassContact.Classroom;
using ClassContact.Kit.Enrolment;
using ClassContact.Messages;

namespace ClassContact.Helpdesk.Tests.Enrolment;

public sealed class EnrollCommandTests : IAsyncLifetime
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private SigningService service = null!;

    public async ValueTask InitializeAsync() => service = await SigningService.Start();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_code_on_standard_input_enrols_the_kit_and_the_key_is_its_owners_alone()
    {
        using var kit = new EnrolledKit(service);
        var (code, output, error) = await kit.Command(await service.Code("kit-1") + "\n", "enroll");
        Assert.True(code == 0, error);
        Assert.Contains("kit-1 is enrolled until", output, StringComparison.Ordinal);
        await Shell.Good($"openssl verify -CAfile {kit.Identity("ca.crt")} -purpose sslclient {kit.Identity("kit.crt")}");
        Assert.Equal(
            await Shell.Good($"openssl pkey -in {kit.Identity("kit.key")} -pubout"), await Shell.Good($"openssl x509 -in {kit.Identity("kit.crt")} -noout -pubkey"));
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(kit.Identity("kit.key")));
        Assert.Equal(OwnerAlone | UnixFileMode.UserExecute, File.GetUnixFileMode(kit.Identity("")));
        Assert.Equal(["ca.crt", "kit.crt", "kit.key"], Directory.EnumerateFiles(kit.Identity("")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task The_code_and_the_service_may_stand_on_the_command_line()
    {
        using var kit = new EnrolledKit(service, change: settings => settings.Remove("enrolment"));
        var (code, _, error) = await kit.Command(null, "enroll", "--code", await service.Code("kit-1"), "--server", service.Address, "--ca", service.CaFile);
        Assert.True(code == 0, error);
    }

    [Fact]
    public async Task The_services_authority_may_be_known_by_its_fingerprint()
    {
        var fingerprint = (await Shell.Good($"openssl x509 -in {service.CaFile} -noout -fingerprint -sha256")).Trim().Split('=')[1];
        using var kit = new EnrolledKit(service, change: settings => settings["enrolment"]!.AsObject().Remove("caFile"));
        var wrong = await kit.Command("AAAA-AAAA\n", "enroll", "--fingerprint", new string('a', 64));
        Assert.Equal(4, wrong.Code);
        Assert.Contains("another fingerprint", wrong.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("refused", service.Log, StringComparison.Ordinal); // the code was not shown to it
        var (code, _, error) = await kit.Command(await service.Code("kit-1") + "\n", "enroll", "--fingerprint", fingerprint);
        Assert.True(code == 0, error);
    }

    [Fact]
    public async Task Nobody_is_trusted_blindly()
    {
        using var kit = new EnrolledKit(service, change: settings => settings.Remove("enrolment"));
        var (code, _, error) = await kit.Command("AAAA-AAAA\n", "enroll", "--server", service.Address);
        Assert.Equal(4, code);
        Assert.Contains("nothing says how to know the service", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_of_another_authority_or_another_name_is_not_given_the_code()
    {
        await using var stranger = await SigningService.Start();
        using var kit = new EnrolledKit(service);
        var (code, _, error) = await kit.Command("AAAA-AAAA\n", "enroll", "--server", stranger.Address);
        Assert.Equal(4, code);
        Assert.Contains("not trusted: its certificate was signed by", error, StringComparison.Ordinal);
        Assert.DoesNotContain("refused", stranger.Log, StringComparison.Ordinal);
        await using var elsewhere = await SigningService.Start(host: "enrol.example.org");
        (code, _, error) = await kit.Command("AAAA-AAAA\n", "enroll", "--server", elsewhere.Address, "--ca", elsewhere.CaFile);
        Assert.Equal(4, code);
        Assert.Contains("made out to another name", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_services_words_and_leaves_nothing_half_done()
    {
        using var kit = new EnrolledKit(service);
        var code = await service.Code("kit-1");
        var (exit, _, error) = await kit.Command("AAAA-AAAA\n", "enroll");
        Assert.Equal(6, exit);
        Assert.Contains("do not belong together", error, StringComparison.Ordinal);
        Assert.False(File.Exists(kit.Identity("kit.crt")));
        Assert.Equal(0, (await kit.Command(code + "\n", "enroll")).Code);
    }

    [Fact]
    public async Task A_used_code_at_a_kit_that_is_enrolled_says_that_it_is()
    {
        using var kit = new EnrolledKit(service);
        var code = await service.Code("kit-1");
        Assert.Equal(0, (await kit.Command(code + "\n", "enroll")).Code);
        var (exit, _, error) = await kit.Command(code + "\n", "enroll");
        Assert.Equal(6, exit);
        Assert.Contains("is enrolled already, until 20", error, StringComparison.Ordinal);
        Directory.Delete(kit.Identity(""), recursive: true);
        (exit, _, error) = await kit.Command(code + "\n", "enroll");
        Assert.Equal(6, exit);
        Assert.DoesNotContain("enrolled already", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_away_and_one_that_is_something_else_are_told_as_that()
    {
        using var kit = new EnrolledKit(service);
        await service.Stop();
        var (exit, _, error) = await kit.Command("AAAA-AAAA\n", "enroll");
        Assert.Equal(4, exit);
        Assert.Contains("refused", error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, (await kit.Command("AAAA-AAAA\n", "enroll", "--server", "http://127.0.0.1:1")).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_answer_is_lost_or_not_yet_in_use_the_same_code_goes_on_with_the_same_key(bool isKept)
    {
        using var kit = new EnrolledKit(service);
        var code = await service.Code("kit-1");
        // As if the power had gone after the request: the key is there, the service has signed it.
        var identity = new IdentityFolder(kit.Data);
        using (var key = identity.TakeNextKey())
        using (var est = new EstClient(new(service.Address), IdentityFolder.ReadAuthorities(service.CaFile), null, TimeProvider.System))
        using (var signed = await est.Enroll(KitId.Parse("kit-1"), code, key, default))
        {
            if (isKept)
                identity.KeepNext(signed);
        }
        Assert.Equal(0, (await kit.Command(code + "\n", "enroll")).Code);
        Assert.Single(service.Register.Read(KitId.Parse("kit-1")).Certificates);
    }

    [Fact]
    public async Task A_new_code_wants_a_new_key_when_the_one_to_come_had_a_certificate_already()
    {
        using var kit = new EnrolledKit(service);
        Assert.Equal(0, (await kit.Command(await service.Code("kit-1") + "\n", "enroll")).Code);
        await service.Age("kit-1");
        var identity = new IdentityFolder(kit.Data);
        using var old = identity.Current();
        using var unused = identity.TakeNextKey(); // a renewal's that the broker never proved
        using (var est = new EstClient(new(service.Address), identity.Authorities(), old, TimeProvider.System))
        using (var signed = await est.Reenroll(KitId.Parse("kit-1"), unused, default))
            identity.KeepNext(signed);
        Assert.Equal(0, (await kit.Command(await service.Code("kit-1") + "\n", "enroll")).Code);
        using var current = identity.Current();
        Assert.NotEqual(unused.ExportSubjectPublicKeyInfo(), current!.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public async Task A_power_cut_between_the_two_renames_is_mended_at_the_next_start()
    {
        using var kit = new EnrolledKit(service);
        Assert.Equal(0, (await kit.Command(await service.Code("kit-1") + "\n", "enroll")).Code);
        await service.Age("kit-1");
        var identity = new IdentityFolder(kit.Data);
        using var old = identity.Current();
        using var key = identity.TakeNextKey();
        using var est = new EstClient(new(service.Address), identity.Authorities(), old, TimeProvider.System);
        using var signed = await est.Reenroll(KitId.Parse("kit-1"), key, default);
        identity.KeepNext(signed);
        File.Move(kit.Identity("next.key"), kit.Identity("kit.key"), overwrite: true);
        Assert.Null(identity.Current());
        identity.Recover();
        using var mended = identity.Current();
        Assert.Equal(signed.SerialNumber, mended!.SerialNumber);
        identity.Recover(); // and once more changes nothing
        Assert.True(identity.IsThere);
    }

    [Theory]
    [InlineData("")]
    [InlineData("half a fi")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public async Task A_damaged_key_that_was_to_come_is_made_anew(string found)
    {
        using var kit = new EnrolledKit(service);
        Directory.CreateDirectory(kit.Identity(""), OwnerAlone | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(kit.Identity("next.key"), found);
        var (code, _, error) = await kit.Command(await service.Code("kit-1") + "\n", "enroll");
        Assert.True(code == 0, error);
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(kit.Identity("kit.key")));
    }

    [Fact]
    public void What_is_no_pkcs7_with_certificates_is_refused_whatever_it_is()
    {
        var random = new Random(1);
        var good = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection();
        good.ImportFromPemFile(service.CaFile);
        var bytes = good.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs7)!;
        Assert.Single(CertsOnly.Read(bytes));
        for (var i = 0; i < 500; i++)
        {
            var broken = bytes[..random.Next(bytes.Length)];
            if (broken.Length > 0 && i % 2 == 0)
            {
                broken = [.. bytes];
                broken[random.Next(40)] ^= (byte)(1 << random.Next(8));
            }
            try
            {
                CertsOnly.Read(broken);
            }
            catch (CryptographicException)
            {
                // The only way it may fail.
            }
        }
        Assert.Throws<CryptographicException>(() => CertsOnly.Read(Encoding.ASCII.GetBytes("hello")));
    }

    [Fact]
    public async Task The_broker_accepts_the_certificate_that_was_enrolled()
    {
        using var kit = new EnrolledKit(service);
        Assert.Equal(0, (await kit.Command(await service.Code("kit-1") + "\n", "enroll")).Code);
        await using var broker = await Broker.Start(
            new(service.CaFile, service.File("server.crt"), service.File("server.key"), AsksForCertificate: true), "use_identity_as_username true");
        var (code, _, error) = await Shell.Line(
            $"mosquitto_pub -h 127.0.0.1 -p {broker.Port} --cafile {kit.Identity("ca.crt")} --cert {kit.Identity("kit.crt")} --key {kit.Identity("kit.key")} -t a -m b -q 1");
        Assert.True(code == 0, error);
        Assert.Contains("u'kit-1'", broker.Log, StringComparison.Ordinal);
    }
}
