using System.Security.Cryptography.X509Certificates;
using ClassContact.Kit.Network;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Xunit;

namespace ClassContact.Kit.Tests.Network;

/// <summary>What the checks say of the way to the broker. The broker is a host that speaks TLS and no MQTT: nobody speaks it to him.</summary>
public sealed class BrokerVisitTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("classcontact-visit-").FullName;
    private readonly School school = new("O=ClassContact");

    public void Dispose()
    {
        school.Dispose();
        Directory.Delete(folder, true);
    }

    internal static BrokerVisit To(BrokerSettings broker, bool? isLinked) =>
        new(broker, new(broker, _ => null, null, TimeProvider.System) { OnlyLooks = true }, () => isLinked, TimeProvider.System);

    private TlsFiles Files()
    {
        var ca = Path.Combine(folder, "ca.pem");
        File.WriteAllText(ca, school.Authority.ExportCertificatePem());
        return new(ca);
    }

    private static async Task Sees(BrokerSettings broker, (Verdict, string?) door, (Verdict, string?) tls, bool isLinked = false)
    {
        var checks = BrokerChecks.Of(To(broker, isLinked), TimeProvider.System);
        var found = new[] { await checks[0].Look(default), await checks[1].Look(default) };
        Assert.Equal([door, tls], found.Select(f => (f.Verdict, f.Reason)));
    }

    private async Task Shows(X509Certificate2 certificate, string? trouble)
    {
        using (certificate)
        {
            await using var host = Host.Answering(_ => "", certificate);
            await Sees(new("localhost", host.Port, Files(), Way: "direct"), (Verdict.Pass, null), trouble is null ? (Verdict.Pass, null) : (Verdict.Fail, trouble));
            Assert.Equal("", host.Heard);
            Assert.Equal(1, host.Connections); // two checks, one look
        }
    }

    [Fact]
    public Task A_broker_of_our_authority_is_the_broker() => Shows(school.Sign("localhost"), null);

    [Fact]
    public async Task A_network_that_opens_encrypted_connections_is_told_as_that()
    {
        using var appliance = new School("O=ACME Trust Appliance");
        await Shows(appliance.Sign("localhost"), "inspected");
    }

    [Fact]
    public async Task Everything_else_that_is_wrong_with_its_certificate_has_a_reason_of_its_own()
    {
        var now = DateTimeOffset.UtcNow;
        await Shows(school.Sign("elsewhere"), "wrong-name");
        await Shows(school.Sign("localhost", until: now.AddDays(-1)), "expired");
        await Shows(school.Sign("localhost", now.AddDays(1)), "not-yet-valid");
        await Shows(School.SelfSigned("localhost"), "unknown-authority");
    }

    [Fact]
    public async Task What_is_no_broker_and_where_nobody_is_are_told_apart()
    {
        await using var rude = Host.Saying("220 mail.school.example\r\n");
        await Sees(new("localhost", rude.Port, Files(), Way: "direct"), (Verdict.Pass, null), (Verdict.Fail, "not-tls"));
        await Sees(new("localhost", MeetingTests.ClosedPort(), Files(), Way: "direct"), (Verdict.Fail, "refused"), (Verdict.Skipped, "not-reached"));
        await Sees(new("localhost", MeetingTests.ClosedPort(), Files() with { CaFile = Path.Combine(folder, "nowhere") }, Way: "direct"), (Verdict.Fail, "refused"), (Verdict.Skipped, "not-reached"));
        await Sees(new("localhost", rude.Port, Files() with { CaFile = Path.Combine(folder, "nowhere") }, Way: "direct"), (Verdict.Pass, null), (Verdict.Fail, "files"));
    }

    [Fact]
    public Task A_proxy_that_is_not_there_is_the_doors_trouble() => Sees(
        new("localhost", 8883, Files(), Way: "proxy", Proxy: $"http://127.0.0.1:{MeetingTests.ClosedPort()}"), (Verdict.Fail, "refused"), (Verdict.Skipped, "not-reached"));

    [Fact]
    public async Task While_the_link_is_up_nobody_knocks()
    {
        await using var host = Host.Silent();
        await Sees(new("localhost", host.Port, Files(), Way: "direct"), (Verdict.Pass, null), (Verdict.Pass, null), isLinked: true);
        Assert.Equal(0, host.Connections);
    }

    [Theory]
    [InlineData(true, Verdict.Pass, null)]
    [InlineData(false, Verdict.Fail, "not-heard")]
    [InlineData(null, Verdict.Skipped, "not-asked")]
    public async Task Whether_the_broker_hears_the_kit_only_its_link_can_say(bool? isLinked, Verdict verdict, string? reason)
    {
        var check = BrokerChecks.Of(To(new("localhost"), isLinked), TimeProvider.System).Single(c => c.Code == "broker-link");
        var finding = await check.Look(default);
        Assert.Equal((verdict, reason), (finding.Verdict, finding.Reason));
        Assert.Equal(["broker-reachable", "broker-tls", "kit-certificate"], check.DependsOn); // whose faults explain it
    }

    [Fact]
    public async Task Without_tls_there_is_nothing_to_look_at()
    {
        await using var host = Host.Silent();
        await Sees(new("127.0.0.1", host.Port), (Verdict.Pass, null), (Verdict.Skipped, "not-encrypted"));
    }
}
