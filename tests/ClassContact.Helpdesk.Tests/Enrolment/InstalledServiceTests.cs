using System.Text.RegularExpressions;
using ClassContact.Classroom;
using ClassContact.Helpdesk.Tests.Kits;

namespace ClassContact.Helpdesk.Tests.Enrolment;

/// <summary>The signing service as <c>packaging/broker/install-enrolment</c> puts it beside the broker, below a folder.</summary>
public sealed class InstalledServiceTests : IAsyncLifetime
{
    private static readonly string Scripts = Path.Combine(Checkout.Root, "packaging/broker");
    private readonly TestFolder folder = new();
    private readonly int port = FreePort.Next();

    private string Settings => folder.File("etc/classcontact-helpdesk/helpdesk.json");

    public async ValueTask InitializeAsync()
    {
        await Script("install", "--name", "localhost", "--port", "2", "--https-port", "3", "--helpdesk-port", "4");
        await InstallEnrolment();
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return default;
    }

    [Fact]
    public async Task A_kit_enrols_and_is_revoked_through_root_without_the_service_having_a_right_at_the_broker()
    {
        await using var serve = ChildProcess.Start("serve", folder.File("logs"), Installed, ["serve", "--settings", Settings]);
        await WaitFor.That($"the service to listen: {serve}", () => serve.Output().Contains("listening on", StringComparison.Ordinal));
        var code = (await Shell.Good($"{Installed} code kit-1 --settings {Settings}")).Trim();
        await Shell.Good("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout kit.key -subj /CN=kit-1 -outform DER -out kit.csr", folder: folder.Path);
        await Shell.Good("openssl base64 -in kit.csr -out kit.b64", folder: folder.Path);
        await Shell.Good(
            $"curl --fail --silent --noproxy * --cacert {folder.File("var/lib/classcontact-broker/kits/ca.crt")} --user kit-1:{code} --data-binary @kit.b64"
            + $" --output kit.p7 https://localhost:{port}/.well-known/est/simpleenroll", folder: folder.Path);
        Assert.Contains("kit-1", (await Script("ca", "list", "kits")).Output, StringComparison.Ordinal);

        await Shell.Good($"{Installed} revoke kit-1 --settings {Settings}");
        var asked = folder.File("var/spool/classcontact-helpdesk");
        Assert.Equal(["kit-1"], Directory.GetFiles(asked).Select(Path.GetFileName));
        await Script("ca", "revoke-asked"); // what the path unit starts
        Assert.Empty(Directory.GetFiles(asked));
        Assert.Matches("revoked .*kit-1", (await Script("ca", "list", "kits")).Output);
        Assert.Equal(
            await File.ReadAllTextAsync(folder.File("var/lib/classcontact-broker/kits/crl.pem")), await File.ReadAllTextAsync(folder.File("etc/classcontact-helpdesk/tls/kits.crl")));
    }

    [Fact]
    public async Task A_backup_takes_the_register_along_and_a_restore_puts_it_back()
    {
        await Shell.Good($"{Installed} code kit-1 --settings {Settings}");
        var saved = folder.File("saved.tar.gz");
        await Script("backup", saved);
        var record = folder.File("var/lib/classcontact-helpdesk/kits/kit-1.json");
        var before = await File.ReadAllTextAsync(record);
        await Shell.Good($"{Installed} code kit-1 --settings {Settings}");
        Assert.NotEqual(before, await File.ReadAllTextAsync(record));
        await Script("restore", saved);
        Assert.Equal(before, await File.ReadAllTextAsync(record));
    }

    [Fact]
    public async Task A_second_install_changes_no_setting_and_the_service_holds_no_key_of_the_helpdesks_authority()
    {
        Assert.DoesNotContain("written", (await InstallEnrolment()).Output, StringComparison.Ordinal);
        var unit = await File.ReadAllTextAsync(folder.File("etc/systemd/system/classcontact-helpdesk.service"));
        Assert.Contains("User=classcontact-helpdesk", unit, StringComparison.Ordinal);
        foreach (var text in new[] { unit, await File.ReadAllTextAsync(Settings) })
            Assert.DoesNotContain("classcontact-broker/helpdesk", text, StringComparison.Ordinal);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(folder.File("etc/classcontact-helpdesk/tls/server.key")));
    }

    [Fact]
    public async Task The_unit_leaves_little_to_whoever_breaks_in()
    {
        var unit = folder.File("etc/systemd/system/classcontact-helpdesk.service");
        var (_, output, error) = await Shell.Line($"systemd-analyze security --offline=true {unit}");
        var exposure = Regex.Match(output, @"Overall exposure level.*: (\d+\.\d)");
        Assert.True(exposure.Success, output + error);
        Assert.InRange(double.Parse(exposure.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 0, 2);
    }

    private string Installed => folder.File("usr/local/lib/classcontact-helpdesk/classcontact-helpdesk");

    private Task<(int Code, string Output, string Error)> InstallEnrolment() => Script(
        "install-enrolment", "--name", "localhost", "--port", $"{port}", "--program", Path.GetDirectoryName(KitCommandsTests.Program)!);

    private async Task<(int Code, string Output, string Error)> Script(string name, params string[] arguments)
    {
        var said = await Shell.Run(Path.Combine(Scripts, name), ["--root", folder.Path, .. arguments]);
        Assert.True(said.Code == 0, said.Error);
        return said;
    }
}
