using ClassContact.Classroom;
using ClassContact.Mqtt.Ways;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests.Ways;

/// <summary>Certificates that are no good, on either side: each is told as what it is, with the field and the file that it is about.</summary>
public sealed class IdentityTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly TestAuthority authority = new();
    private readonly TestFolder folder = new();
    private readonly ShiftedTime time = new();

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    private async Task<string> Told(BrokerTls theirs, TlsFiles ours, string? trouble)
    {
        await using var broker = await Broker.Start(theirs);
        var failure = await Fails(Open(broker, ours));
        Assert.StartsWith($"localhost:{broker.Port}: TLS: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(trouble, failure.Trouble);
        return failure.Message;
    }

    private Task<IMqttConnection> Open(Broker broker, TlsFiles ours) =>
        MqttLibrary.Open(new("localhost", broker.Port, ours), "kit", null, time, CancellationToken.None);

    private string Write(string name, string text)
    {
        File.WriteAllText(folder.File(name), text);
        return folder.File(name);
    }

    [Theory]
    [InlineData("CN=school-fw01.example, O=ACME Trust Appliance", "'ACME Trust Appliance'")]
    [InlineData("CN=FortiGate CA", "")]
    public async Task A_network_that_opens_encrypted_connections_is_told_as_that(string box, string named)
    {
        using var appliance = new TestAuthority(box);
        var told = await Told(appliance.Broker("localhost"), new(authority.CaFile), "inspected");
        Assert.Contains("this network opens encrypted connections: the certificate shown for the broker has an issuer that is not ours", told, StringComparison.Ordinal);
        Assert.Contains(named, told, StringComparison.Ordinal);
        Assert.DoesNotContain("fw01", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_systems_authorities_are_trusted_a_product_is_known_by_its_name()
    {
        using var appliance = new TestAuthority("CN=Zscaler Root CA");
        Assert.Contains("opens encrypted connections", await Told(appliance.Broker("localhost"), new(), "inspected"), StringComparison.Ordinal);
        Assert.Contains("no authority that this computer trusts issued it", await Told(authority.Broker("localhost"), new(), "unknown-authority"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_authority_of_our_authoritys_name_is_unknown_and_no_inspection()
    {
        using var anew = new TestAuthority();
        Assert.Contains("no authority of tls.caFile issued it", await Told(anew.Broker("localhost"), new(authority.CaFile), "unknown-authority"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_answers_under_its_own_name_is_no_inspection()
    {
        using var portal = new TestAuthority("O=Hotspot");
        await Told(portal.Broker("login.school.example"), new(authority.CaFile), "unknown-authority");
    }

    [Fact]
    public async Task The_brokers_dates_are_told_with_this_computers_clock()
    {
        Assert.Contains(
            FormattableString.Invariant($"certificate has expired on {Now.AddDays(-1):yyyy-MM-dd}, and this computer's clock says {DateTimeOffset.UtcNow:yyyy-MM-dd}"),
            await Told(authority.Broker("localhost", Now.AddDays(-1)), new(authority.CaFile), "expired"), StringComparison.Ordinal);
        Assert.Contains(
            FormattableString.Invariant($"certificate is not yet valid before {Now.AddDays(2):yyyy-MM-dd}, and this computer's clock says"),
            await Told(authority.Broker("localhost", from: Now.AddDays(2)), new(authority.CaFile), "not-yet-valid"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_told_as_that() =>
        await Told(authority.Broker("broker.example"), new(authority.CaFile), "wrong-name");

    [Fact]
    public async Task A_clock_that_jumps_by_a_year_leaves_the_connection_and_is_named_by_the_next()
    {
        await using var broker = await Broker.Start(authority.Broker("localhost"));
        await using (var connection = await Open(broker, new(authority.CaFile)))
        {
            foreach (var years in new[] { 1, -1, 20 })
            {
                time.SetClock(TimeSpan.FromDays(365 * years));
                await connection.Publish(Text("a/b", "x"));
                Assert.False(connection.Lost.IsCompleted);
            }
        }
        var later = await Fails(Open(broker, new(authority.CaFile)));
        Assert.Equal(("expired", true), (later.Trouble, later.Message.Contains(FormattableString.Invariant($"clock says {Now.AddDays(365 * 20):yyyy-}"), StringComparison.Ordinal)));
        time.SetClock(TimeSpan.FromDays(-365));
        Assert.Equal("not-yet-valid", (await Fails(Open(broker, new(authority.CaFile)))).Trouble);
        time.SetClock(TimeSpan.Zero);
        await using var again = await Open(broker, new(authority.CaFile));
    }

    [Fact]
    public async Task A_certificate_of_ours_that_the_broker_does_not_accept_is_named()
    {
        using var stranger = new TestAuthority("CN=Another");
        foreach (var (ours, why) in new[]
        {
            (authority.Client("old", until: Now.AddDays(-1)), "certificate expired"),
            (authority.Client("new", from: Now.AddDays(1)), ""), // OpenSSL has no word of its own for it
            (stranger.Client("strange") with { CaFile = authority.CaFile }, "unknown ca"),
        })
        {
            // A reset can overtake the broker's word on a busy machine (TlsContract); it is refused each time, and named as a rule.
            var told = "";
            for (var attempt = 0; attempt < 5 && !told.Contains("TLS: ", StringComparison.Ordinal); attempt++)
            {
                await using var broker = await Broker.Start(authority.Broker("localhost", asksForCertificate: true));
                told = (await Fails(Open(broker, ours))).Message;
            }
            Assert.Contains($"TLS: the broker does not accept tls.certificateFile '{ours.CertificateFile}': ", told, StringComparison.Ordinal);
            Assert.Contains(why, told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_knock_without_a_word_tells_whether_the_broker_lets_us_in()
    {
        await using var broker = await Broker.Start(authority.Broker("localhost", asksForCertificate: true));
        await Knock(authority.Client("kit"));
        Assert.Equal("unwelcome", (await Fails(Knock(authority.Client("old", until: Now.AddDays(-1))))).Trouble);
        Assert.Equal("unwelcome", (await Fails(Knock(new(authority.CaFile)))).Trouble);

        async Task Knock(TlsFiles ours)
        {
            var to = new BrokerSettings("localhost", broker.Port, ours);
            await using var line = await Line.Dial(to, Purpose.Checks, time, CancellationToken.None);
            await Line.Knock(line, to, time, CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_key_of_another_certificate_a_key_that_is_none_and_nonsense_are_named_with_field_and_file()
    {
        var theirs = authority.Broker("localhost", asksForCertificate: true);
        var (one, two) = (authority.Client("one"), authority.Client("two"));
        var nonsense = Write("nonsense", "nonsense");
        var damaged = Write("damaged", "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n");
        foreach (var (ours, said) in new[]
        {
            (one with { KeyFile = two.KeyFile }, $"tls.keyFile '{two.KeyFile}' is not the key of certificateFile '{one.CertificateFile}', or is damaged"),
            (one with { KeyFile = nonsense }, $"tls.keyFile '{nonsense}' holds no private key"),
            (one with { CertificateFile = nonsense }, $"tls.certificateFile '{nonsense}' holds no certificate"),
            (one with { CertificateFile = damaged }, $"tls.certificateFile '{damaged}' cannot be read: a certificate in it is damaged"),
            (one with { CaFile = nonsense }, $"tls.caFile '{nonsense}' holds no certificate"),
            (authority.Client("locked", password: "sesame"), "locked.key' has a pass phrase, and nobody is there to type it"),
        })
            Assert.Contains(said, await Told(theirs, ours, "files"), StringComparison.Ordinal);
    }
}
