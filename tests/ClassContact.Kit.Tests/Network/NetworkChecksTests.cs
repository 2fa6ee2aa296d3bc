using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Health;
using ClassContact.Kit.Network;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.Settings;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Network;

[SupportedOSPlatform("linux")]
public sealed class NetworkChecksTests : IDisposable
{
    private readonly SettingsFolder folder = new();

    public void Dispose() => folder.Dispose();

    private IReadOnlyList<Check> All(params NetworkLink[] links) =>
        NetworkChecks.Of(Setup.Read(folder.File("kit.json")).Value!, () => links, Proxies.None, new(), new HurriedTime());

    [Fact]
    public void Each_check_comes_after_what_it_depends_on()
    {
        var all = All();
        Assert.All(all, (check, i) => Assert.Subset(all.Take(i).Select(c => c.Code).ToHashSet(), check.DependsOn.ToHashSet()));
        Assert.Equal(14, all.Select(c => c.Code).Distinct().Count());
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Every_reason_has_its_words(string language)
    {
        var words = Words.Of(language);
        var wanted = All().SelectMany(c => c.Reasons.SelectMany(r => new[] { $"check.{c.Code}.{r}.what", $"check.{c.Code}.{r}.do" }).Append($"check.{c.Code}.title"));
        Assert.Equal("", string.Join(' ', wanted.Where(key => !words.Sentences.ContainsKey(key))));
    }

    [Fact]
    public async Task Without_a_link_nothing_else_is_told_and_no_secret_of_the_address()
    {
        folder.Write("meeting.json", """{ "name": "vectera", "hosts": ["no-such-host.invalid"] }""");
        folder.WriteLink("https://no-such-host.invalid/meet/team/room/?key=aVerySecretAccessKey");
        var results = await new DiagnosisRun(All(new NetworkLink(LinkKind.Wired, false, true)), TimeProvider.System).Run((_, _) => { }, default);
        Assert.Equal(["network-link"], results.Where(r => r.IsFault && r.BecauseOf is null).Select(r => r.Check.Code));
        Assert.Contains(results, r => r.Check.Code == "meeting-dns" && r.BecauseOf == "network-link");
        Assert.DoesNotContain(results, r => r.Finding.Verdict is Verdict.Error);
        Assert.DoesNotContain("Secret", string.Join('\n', results), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_authority_of_Debian_is_known_to_have_come_with_it()
    {
        var authorities = new Authorities();
        Assert.SkipUnless(Directory.Exists(authorities.Shipped), "no Debian here");
        Assert.All(Directory.EnumerateFiles(authorities.Shipped, "*.crt"), file =>
        {
            using var root = X509CertificateLoader.LoadCertificateFromFile(file);
            Assert.True(authorities.CameWithSystem(root), file);
        });
        using var acme = new School("O=ACME school inspection");
        Assert.False(authorities.CameWithSystem(acme.Authority));
    }

    [Theory]
    [InlineData("O=ACME\u0007 school", "ACME school")]
    [InlineData("CN=fw01.school.example", null)]
    [InlineData("O=ACME, CN=Other", "ACME")]
    [InlineData("O=FG-10.1.2.3", null)]
    [InlineData("O=fe80::12", null)]
    [InlineData("O=someone@school.example", null)]
    [InlineData("C=BE", null)]
    public void An_issuer_is_told_by_its_organisation_alone(string name, string? told) => Assert.Equal(told, Issuer.Of(new(name)).Organisation);

    [Fact]
    public void A_product_is_known_by_its_common_name_which_is_not_told() => Assert.Equal(new(null, true), Issuer.Of(new("CN=FortiGate CA fw01")));
}
