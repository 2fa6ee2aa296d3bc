using System.Runtime.Versioning;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.Network;
using Xunit;

namespace ClassContact.Kit.Tests.Settings;

/// <summary>A kit whose certificate is another kit's does not start.</summary>
[SupportedOSPlatform("linux")]
public sealed class BrokerIdentityTests : IDisposable
{
    private const string Broker = """  "broker": { "host": "broker.example", "tls": { "certificateFile": "kit.crt", "keyFile": "kit.key" } }""";

    private readonly SettingsFolder folder = new();

    public void Dispose() => folder.Dispose();

    private IReadOnlyList<string> ProblemsWith(string certificate)
    {
        folder.Write("kit.crt", certificate);
        folder.Write("kit.key", "-----BEGIN PRIVATE KEY-----\n");
        folder.Write("kit.json", SettingsFolder.KitWith(Broker));
        return folder.Problems();
    }

    private static string For(string name)
    {
        using var one = School.SelfSigned(name);
        return one.ExportCertificatePem();
    }

    [Fact]
    public void Its_own_is_no_problem() => Assert.Empty(ProblemsWith(For("kit-0042")));

    [Theory]
    [InlineData("kit-0043")]
    [InlineData("kit-0042.school.example")]
    [InlineData("KIT-0042")]
    public void Another_kits_is_named_with_field_and_file(string other) => Assert.Equal(
        [$"kit.json:6: broker.tls.certificateFile 'kit.crt' is made out to '{other}' (its CN), and this kit is 'kit-0042' (field kit)"],
        ProblemsWith(For(other)));

    [Fact]
    public void The_first_certificate_of_a_chain_is_the_kits() => Assert.Empty(ProblemsWith(For("kit-0042") + "\n" + For("an-authority")));

    // Who it is cannot be said; the link and its check say that it is broken, and a class is held meanwhile.
    [Fact]
    public void One_that_cannot_be_read_stops_no_class() => Assert.Empty(ProblemsWith("nonsense"));

    [Fact]
    public void One_that_is_not_there_is_named_and_stops_no_class()
    {
        folder.Write("kit.json", SettingsFolder.KitWith(Broker));
        Assert.Equal(
            ["kit.json:6: broker.tls.certificateFile 'kit.crt' cannot be read: it does not exist", "kit.json:6: broker.tls.keyFile 'kit.key' cannot be read: it does not exist"],
            folder.Problems());
        Assert.NotNull(Setup.Read(folder.File("kit.json")).Value);
        folder.Write("kit.crt", For("kit-0043"));
        Assert.Null(Setup.Read(folder.File("kit.json")).Value);
    }

    [Theory]
    [InlineData("\"way\": \"tunnel\"", "broker.way 'tunnel' is not one of auto, direct, 443, proxy")]
    [InlineData("\"proxy\": \"http://kit:SECRET@proxy.example:3128\"", "broker.proxy must be an http address of a host and a port and nothing more; a name and a password belong into proxyLoginFile")]
    [InlineData("\"proxy\": \"socks5://proxy.example\"", "broker.proxy must be an http address of a host and a port and nothing more; a name and a password belong into proxyLoginFile")]
    [InlineData("\"proxyLoginFile\": \"link\"", "broker.proxyLoginFile is there without proxy: what the environment names is given no password")]
    [InlineData("\"proxy\": \"http://proxy.example:3128\", \"proxyLoginFile\": \"meeting.json\"", "broker.proxyLoginFile 'meeting.json' must be readable by its owner alone")]
    [InlineData("\"proxy\": \"http://proxy.example:3128\", \"proxyLoginFile\": \"nowhere\"", "broker.proxyLoginFile 'nowhere' cannot be read: it does not exist")]
    public void What_is_wrong_with_the_way_is_told_without_a_secret(string setting, string told)
    {
        folder.Write("kit.json", SettingsFolder.KitWith($$"""  "broker": { "host": "broker.example", "tls": { }, {{setting}} }"""));
        var problem = Assert.Single(folder.Problems());
        Assert.StartsWith($"kit.json:6: {told}", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", problem, StringComparison.Ordinal);
    }
}
