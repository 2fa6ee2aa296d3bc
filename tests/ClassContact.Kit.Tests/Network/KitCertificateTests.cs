using System.Security.Cryptography.X509Certificates;
using ClassContact.Kit.Network;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Xunit;

namespace ClassContact.Kit.Tests.Network;

public sealed class KitCertificateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-certificates-").FullName;
    private readonly School school = new("O=ClassContact");

    public void Dispose()
    {
        school.Dispose();
        Directory.Delete(folder, true);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        return Path.Combine(folder, name);
    }

    private TlsFiles Files(int from, int until)
    {
        using var own = school.Sign("kit-0042", DateTimeOffset.UtcNow.AddDays(from), DateTimeOffset.UtcNow.AddDays(until));
        return new(Write("ca.pem", school.Authority.ExportCertificatePem()), Write("kit.pem", own.ExportCertificatePem()), Write("kit.key", own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));
    }

    private static BrokerVisit? Visit(BrokerSettings? broker) => broker is null ? null : BrokerVisitTests.To(broker, isLinked: false);

    private static async Task Sees(BrokerSettings? broker, Verdict verdict, string? reason)
    {
        var finding = await BrokerChecks.Of(Visit(broker), TimeProvider.System).Single(c => c.Code == "kit-certificate").Look(default);
        Assert.Equal((verdict, reason), (finding.Verdict, finding.Reason));
    }

    [Theory]
    [InlineData(-100, 100, Verdict.Pass, null)]
    [InlineData(-100, 29, Verdict.Warn, "expires-soon")]
    [InlineData(-100, -1, Verdict.Fail, "expired")]
    [InlineData(1, 100, Verdict.Fail, "not-yet-valid")]
    public Task It_is_judged_by_its_dates(int from, int until, Verdict verdict, string? reason) => Sees(new("b", Tls: Files(from, until)), verdict, reason);

    [Fact]
    public async Task An_authority_that_runs_out_counts_too()
    {
        var files = Files(-1000, 1000);
        using var old = school.Sign("old", DateTimeOffset.UtcNow.AddDays(-1000), DateTimeOffset.UtcNow.AddDays(-1));
        File.AppendAllText(files.CaFile!, "\n" + old.ExportCertificatePem());
        await Sees(new("b", Tls: files), Verdict.Fail, "expired");
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_told()
    {
        var files = Files(-100, 100);
        using var other = School.SelfSigned("other");
        Write("kit.key", other.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await Sees(new("b", Tls: files), Verdict.Fail, "key-mismatch");
    }

    [Theory]
    [InlineData("kit.pem")]
    [InlineData("ca.pem")]
    public async Task A_file_that_holds_nonsense_or_is_gone_is_told(string name)
    {
        var files = Files(-100, 100);
        Write(name, "nonsense");
        await Sees(new("b", Tls: files), Verdict.Fail, "unreadable");
        File.Delete(Path.Combine(folder, name));
        await Sees(new("b", Tls: files), Verdict.Fail, "unreadable");
    }

    [Fact]
    public async Task Without_a_broker_or_without_files_it_is_skipped()
    {
        await Sees(null, Verdict.Skipped, "no-broker");
        await Sees(new("127.0.0.1"), Verdict.Skipped, "no-files");
        await Sees(new("b", Tls: new()), Verdict.Skipped, "no-files");
    }

    [Fact]
    public async Task The_brokers_door_is_tried()
    {
        await using var broker = Host.Silent();
        var door = BrokerChecks.Of(Visit(new("127.0.0.1", broker.Port)), TimeProvider.System)[0];
        Assert.Equal(Severity.Informs, door.Severity);
        Assert.Equal(Verdict.Pass, (await door.Look(default)).Verdict);
        Assert.Equal("refused", (await BrokerChecks.Of(Visit(new("127.0.0.1", MeetingTests.ClosedPort())), TimeProvider.System)[0].Look(default)).Reason);
        Assert.Equal("no-broker", (await BrokerChecks.Of(null, TimeProvider.System)[0].Look(default)).Reason);
    }
}
