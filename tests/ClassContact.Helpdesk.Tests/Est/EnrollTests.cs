using System.Net;
using ClassContact.Helpdesk.Register;
using ClassContact.Helpdesk.Serve;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Tests.Est;

public sealed class EnrollTests : IAsyncLifetime
{
    private SigningService service = null!;

    public async ValueTask InitializeAsync() => service = await SigningService.Start();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task The_authority_comes_as_a_pkcs7_that_openssl_reads()
    {
        var (status, body) = await service.Curl(EnrolPaths.CaCerts);
        Assert.Equal(200, status);
        await service.Unpack(body, "authority");
        var (a, b) = (await Shell.Good($"openssl x509 -in {service.CaFile} -noout -fingerprint"), await Shell.Good($"openssl x509 -in {service.File("authority.crt")} -noout -fingerprint"));
        Assert.Equal(a, b);
    }

    [Fact]
    public async Task A_code_gives_a_certificate_that_openssl_finds_good_for_a_client_and_for_nothing_else()
    {
        await service.Enrolled("bxl-0042");
        var certificate = service.File("bxl-0042.crt");
        await Shell.Good($"openssl verify -x509_strict -CAfile {service.CaFile} -purpose sslclient {certificate}");
        Assert.NotEqual(0, (await Shell.Line($"openssl verify -CAfile {service.CaFile} -purpose sslserver {certificate}")).Code);
        Assert.NotEqual(0, (await Shell.Line($"openssl x509 -in {certificate} -noout -checkend {90 * 86400 + 60}")).Code);
        await Shell.Good($"openssl x509 -in {certificate} -noout -checkend {90 * 86400 - 600}");
        var text = await Shell.Good($"openssl x509 -in {certificate} -noout -text -nameopt RFC2253");
        Assert.Contains("Subject: CN=bxl-0042\n", text, StringComparison.Ordinal);
        Assert.Contains("CA:FALSE", text, StringComparison.Ordinal);
        Assert.Equal(await Shell.Good($"openssl pkey -in {service.File("bxl-0042.key")} -pubout"), await Shell.Good($"openssl x509 -in {certificate} -noout -pubkey"));
    }

    [Fact]
    public async Task What_a_request_asks_for_beyond_name_and_key_is_not_taken_over()
    {
        await service.Request("kit-1", "/CN=kit-1", extra: " -addext basicConstraints=critical,CA:TRUE -addext subjectAltName=DNS:broker.example.org -addext extendedKeyUsage=serverAuth");
        Assert.Equal(200, (await service.Enroll("kit-1", await service.Code("kit-1"), "kit-1")).Status);
        var text = await Shell.Good($"openssl x509 -in {service.File("kit-1.crt")} -noout -text");
        Assert.DoesNotContain("CA:TRUE", text, StringComparison.Ordinal);
        Assert.DoesNotContain("broker.example.org", text, StringComparison.Ordinal);
        Assert.DoesNotContain("TLS Web Server", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_is_refused_and_a_hundred_of_them_block_the_right_one()
    {
        await service.Request("kit-1", "/CN=kit-1");
        var code = await service.Code("kit-1");
        AssertRefused(401, Refusals.WrongCode, await service.Enroll("kit-1", "AAAA-AAAA", "kit-1"));
        // Over HTTP, at 20 a minute, the rest would take five minutes.
        await service.Register.Change(KitId.Parse("kit-1"), record => (record with { Code = record.Code! with { Wrong = record.Code.Wrong + 98 } }, 0), default);
        AssertRefused(401, Refusals.WrongCode, await service.Enroll("kit-1", "AAAA-AAAA", "kit-1"));
        AssertRefused(401, Refusals.CodeBlocked, await service.Enroll("kit-1", code, "kit-1"));
        Assert.Equal(200, (await service.Enroll("kit-1", await service.Code("kit-1"), "kit-1")).Status); // a new one works
    }

    [Fact]
    public async Task A_code_typed_in_small_letters_without_a_dash_and_with_look_alikes_is_the_same_code()
    {
        await service.Request("kit-1", "/CN=kit-1");
        var code = await service.Code("kit-1");
        var typed = code.Replace("-", "", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l').ToLowerInvariant();
        Assert.Equal(200, (await service.Enroll("kit-1", typed, "kit-1")).Status);
    }

    [Fact]
    public async Task A_code_that_has_expired_is_refused_and_so_is_one_that_was_used_with_another_key()
    {
        await service.Request("kit-1", "/CN=kit-1");
        var old = await service.Code("kit-1");
        service.Time.By = TimeSpan.FromHours(72.1);
        AssertRefused(401, Refusals.CodeExpired, await service.Enroll("kit-1", old, "kit-1"));
        var code = await service.Code("kit-1");
        Assert.Equal(200, (await service.Enroll("kit-1", code, "kit-1")).Status);
        await service.Request("thief", "/CN=kit-1");
        AssertRefused(401, Refusals.CodeUsed, await service.Enroll("kit-1", code, "thief"));
    }

    [Fact]
    public async Task A_kit_whose_answer_was_lost_asks_again_with_the_same_key_and_gets_the_same_certificate()
    {
        await service.Request("kit-1", "/CN=kit-1");
        var code = await service.Code("kit-1");
        Assert.Equal(200, (await service.Enroll("kit-1", code, "kit-1")).Status);
        var first = await File.ReadAllTextAsync(service.File("kit-1.crt"));
        Assert.Equal(200, (await service.Enroll("kit-1", code, "kit-1")).Status);
        Assert.Equal(first, await File.ReadAllTextAsync(service.File("kit-1.crt")));
        Assert.Single(service.Register.Read(KitId.Parse("kit-1")).Certificates);
    }

    [Theory]
    [InlineData("/CN=kit-2")] // another kit
    [InlineData("/CN=kit-1/O=ClassContact")]
    [InlineData("/CN=kit-1/CN=kit-2")]
    [InlineData("/O=kit-1")]
    [InlineData("/CN=KIT-1")]
    public async Task A_request_for_another_name_is_refused_and_costs_no_try(string subject)
    {
        await service.Request("kit-1", subject);
        var code = await service.Code("kit-1");
        AssertRefused(400, Refusals.BadRequest, await service.Enroll("kit-1", code, "kit-1"));
        await service.Request("kit-1", "/CN=kit-1");
        Assert.Equal(200, (await service.Enroll("kit-1", code, "kit-1")).Status);
    }

    [Theory]
    [InlineData("RSA -pkeyopt rsa_keygen_bits:2048")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:P-192")]
    [InlineData("EC -pkeyopt ec_paramgen_curve:secp256k1")]
    [InlineData("ED25519")]
    public async Task A_key_that_is_no_EC_key_of_256_bits_or_more_is_refused(string key)
    {
        await service.Request("kit-1", "/CN=kit-1", key);
        AssertRefused(400, Refusals.BadRequest, await service.Enroll("kit-1", await service.Code("kit-1"), "kit-1"));
    }

    [Theory]
    [InlineData("P-384")]
    [InlineData("P-521")]
    public async Task A_stronger_key_is_signed(string curve)
    {
        await service.Request("kit-1", "/CN=kit-1", $"EC -pkeyopt ec_paramgen_curve:{curve}");
        Assert.Equal(200, (await service.Enroll("kit-1", await service.Code("kit-1"), "kit-1")).Status);
        await Shell.Good($"openssl verify -CAfile {service.CaFile} -purpose sslclient {service.File("kit-1.crt")}");
    }

    [Fact]
    public async Task A_request_that_its_key_did_not_sign_is_refused()
    {
        var file = await service.Request("kit-1", "/CN=kit-1");
        var request = Convert.FromBase64String(await File.ReadAllTextAsync(file));
        request[^1] ^= 1;
        await File.WriteAllTextAsync(file, Convert.ToBase64String(request));
        AssertRefused(400, Refusals.BadRequest, await service.Enroll("kit-1", await service.Code("kit-1"), "kit-1"));
    }

    [Fact]
    public async Task An_account_of_the_helpdesk_cannot_be_enrolled_as_a_kit()
    {
        await service.Request("helpdesk-x", "/CN=helpdesk-x");
        AssertRefused(400, Refusals.BadRequest, await service.Enroll("helpdesk-x", await service.Code("helpdesk-x"), "helpdesk-x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64 at all")]
    [InlineData("AAAA")]
    [InlineData("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA")]
    public async Task Garbage_is_refused(string body)
    {
        await File.WriteAllTextAsync(service.File("kit-1.b64"), body);
        AssertRefused(400, Refusals.BadRequest, await service.Enroll("kit-1", await service.Code("kit-1"), "kit-1"));
    }

    [Fact]
    public async Task A_body_or_a_header_that_is_too_long_is_refused_and_the_service_lives()
    {
        await File.WriteAllTextAsync(service.File("kit-1.b64"), new string('A', 24_000)); // not so long that curl is still sending when the answer comes
        Assert.Equal(413, (await service.Enroll("kit-1", await service.Code("kit-1"), "kit-1")).Status);
        Assert.Equal(413, (await service.Curl(EnrolPaths.Reenroll, "--header", "Transfer-Encoding: chunked", "--data-binary", "@kit-1.b64")).Status);
        Assert.Equal(431, (await service.Curl(EnrolPaths.CaCerts, "--header", "X: " + new string('A', 10_000))).Status);
        AssertRefused(401, Refusals.WrongCode, await service.Enroll("kit-1", new string('A', 5_000), "kit-1"));
        Assert.Equal(200, (await service.Curl(EnrolPaths.CaCerts)).Status);
        Assert.DoesNotContain("Error", service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_name_and_a_code_there_is_no_certificate()
    {
        await service.Request("kit-1", "/CN=kit-1");
        AssertRefused(401, Refusals.WrongCode, await service.Curl(EnrolPaths.Enroll, "--data-binary", "@kit-1.b64"));
        AssertRefused(401, Refusals.WrongCode, await service.Enroll("kit-1", "AAAA-AAAA", "kit-1")); // nobody made a code
        Assert.Equal(404, (await service.Curl("/.well-known/est/serverkeygen")).Status);
        Assert.Equal(405, (await service.Curl(EnrolPaths.Enroll)).Status);
    }

    [Fact]
    public async Task Whoever_tries_codes_as_fast_as_possible_is_held_back()
    {
        await service.Request("kit-1", "/CN=kit-1");
        var code = await service.Code("kit-1");
        var seen = new List<int>();
        for (var i = 0; i < 25; i++)
            seen.Add((await service.Enroll("kit-2", "AAAA-AAAA", "kit-1")).Status);
        Assert.Contains(429, seen);
        Assert.Equal(429, (await service.Enroll("kit-1", code, "kit-1")).Status);
        Assert.Equal(200, (await service.Curl(EnrolPaths.CaCerts)).Status);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("2001:db8:0:1::7", "2001:db8:0:1:ffff::8", true)]
    [InlineData("2001:db8:0:1::7", "2001:db8:0:2::7", false)]
    public void Requests_are_counted_by_address_and_in_IPv6_by_network(string one, string other, bool together) =>
        Assert.Equal(together, EstServer.Source(IPAddress.Parse(one)) == EstServer.Source(IPAddress.Parse(other)));

    [Fact]
    public void A_guess_that_was_hashed_for_an_older_code_is_wrong()
    {
        var (text, kept) = OneTimeCode.Make(DateTimeOffset.MaxValue);
        var guess = OneTimeCode.Typed(kept, text);
        Assert.Equal(CodeVerdict.Right, OneTimeCode.Try(kept, guess, "key", DateTimeOffset.MinValue).Verdict);
        Assert.Equal(CodeVerdict.Wrong, OneTimeCode.Try(kept with { Salt = "AAAA" }, guess, "key", DateTimeOffset.MinValue).Verdict);
    }

    [Fact]
    public async Task The_log_counts_wrong_codes_and_says_when_there_is_none_to_be_right()
    {
        await service.Request("kit-1", "/CN=kit-1");
        await service.Enroll("kit-1", "AAAA-AAAA", "kit-1");
        Assert.Contains("kit-1: enrolment refused, there is no code for it", service.Log, StringComparison.Ordinal);
        await service.Code("kit-1");
        await service.Enroll("kit-1", "AAAA-AAAA", "kit-1");
        Assert.Contains("kit-1: enrolment refused, wrong-code; 1 wrong codes so far", service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_a_code_nor_a_link_reaches_the_log_or_a_record()
    {
        await service.Request("kit-1", "/CN=kit-1");
        var code = await service.Code("kit-1");
        service.Register.SetLink(KitId.Parse("kit-1"), new("5e B", "https://meet.example.org/secret-room"));
        await service.Enroll("kit-1", "AAAA-AAAA", "kit-1");
        await service.Enroll("kit-1", code, "kit-1");
        var (status, body) = await service.Curl(EnrolPaths.Link, "--cert", "kit-1.crt", "--key", "kit-1.key");
        Assert.Equal(200, status);
        Assert.Contains("secret-room", body, StringComparison.Ordinal);
        var record = await File.ReadAllTextAsync(Path.Combine(service.Settings.Data, "kits", "kit-1.json"));
        foreach (var secret in new[] { code, code.Replace("-", "", StringComparison.Ordinal), "AAAA-AAAA", "secret-room" })
        {
            Assert.DoesNotContain(secret, service.Log, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, record, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Contains("enrolled", service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_can_read_what_the_service_keeps()
    {
        await service.Enrolled("kit-1");
        service.Register.SetLink(KitId.Parse("kit-1"), new("5e B", "https://meet.example.org/secret-room"));
        var files = Directory.EnumerateFiles(service.Settings.Data, "*", SearchOption.AllDirectories).ToList();
        Assert.True(files.Count >= 3);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    internal static void AssertRefused(int status, string refusal, (int Status, string Body) answer)
    {
        Assert.Equal(status, answer.Status);
        Assert.StartsWith(refusal + ": ", answer.Body, StringComparison.Ordinal);
    }
}
