using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using static ClassContact.Mqtt.Tests.Central.Probe;
using static ClassContact.Mqtt.Tests.Clients;

namespace ClassContact.Mqtt.Tests.Central;

/// <summary>A second <c>install</c>; <c>backup</c> and <c>restore</c>. A broker for each test.</summary>
public sealed class InstallTests : IAsyncLifetime
{
    private readonly CentralBroker broker = new();

    public ValueTask InitializeAsync() => broker.InitializeAsync();

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task A_second_install_changes_nothing()
    {
        var before = Files();
        Assert.True(before.Count > 15);
        Assert.DoesNotContain("written", (await broker.Install()).Worked().Output, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task What_an_administrator_changed_stays_and_the_new_one_is_put_beside_it()
    {
        var configuration = Path.Combine(broker.Etc, "mosquitto.conf");
        await File.AppendAllTextAsync(configuration, "# more memory here\n");
        var changed = await File.ReadAllTextAsync(configuration);
        Assert.Contains($"kept as the administrator changed it: {configuration}\n", (await broker.Install()).Worked().Output, StringComparison.Ordinal);
        Assert.False(File.Exists($"{configuration}.new"));
        var said = (await broker.Install("--helpdesk-port", "9")).Worked().Output;
        Assert.Contains($"{configuration}.new", said, StringComparison.Ordinal);
        Assert.EndsWith($"the helpdesk on {broker.HelpdeskPort}.\n", said, StringComparison.Ordinal); // as the file in force has it
        Assert.Equal(changed, await File.ReadAllTextAsync(configuration));
        Assert.Contains("listener 9 127.0.0.1", await File.ReadAllTextAsync($"{configuration}.new"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_install_without_options_takes_those_of_the_last_run_and_says_so()
    {
        var before = Files();
        var said = (await CentralBroker.Script("install", "--root", broker.Root)).Worked().Output;
        Assert.Contains($"as in the last run: --also 127.0.0.1 --helpdesk-port {broker.HelpdeskPort}", said, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task An_install_that_was_interrupted_is_finished_by_the_next()
    {
        Directory.Delete(broker.Etc, recursive: true);
        File.Delete(Path.Combine(broker.Authorities, "helpdesk/crl.pem"));
        (await broker.Install()).Worked();
        Assert.True(File.Exists(Path.Combine(broker.Etc, "tls/helpdesk.crl")));
    }

    [Fact]
    public async Task The_signing_service_under_the_brokers_own_name_takes_no_other_name_away()
    {
        var program = Directory.CreateDirectory(Path.Combine(broker.Root, "program")).FullName;
        await File.WriteAllTextAsync(Path.Combine(program, "classcontact-helpdesk"), "");
        File.SetUnixFileMode(Path.Combine(program, "classcontact-helpdesk"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        (await CentralBroker.Script("install-enrolment", "--root", broker.Root, "--name", CentralBroker.Host, "--program", program)).Worked();
        foreach (var certificate in new[] { Path.Combine(broker.Etc, "tls/server.crt"), Path.Combine(broker.Root, "etc/classcontact-helpdesk/tls/server.crt") })
        {
            using var served = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(certificate));
            Assert.True(served.MatchesHostname("127.0.0.1"));
            Assert.True(served.MatchesHostname(CentralBroker.Host));
        }
    }

    [Fact]
    public async Task A_command_where_no_broker_is_leaves_nothing_behind()
    {
        var root = Directory.CreateDirectory(Path.Combine(broker.Root, "elsewhere")).FullName;
        Assert.Equal(1, (await CentralBroker.Script("ca", "--root", root, "list")).Code);
        Assert.Empty(Directory.GetFileSystemEntries(root));
    }

    [Fact]
    public async Task An_older_file_of_ours_is_replaced()
    {
        var configuration = Path.Combine(broker.Etc, "mosquitto.conf");
        Assert.Contains($"written: {configuration}", (await broker.Install("--helpdesk-port", "9")).Worked().Output, StringComparison.Ordinal);
        Assert.Contains("listener 9 127.0.0.1", await File.ReadAllTextAsync(configuration), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("install", "--name")]
    [InlineData("install", "--name", "bad name")]
    [InlineData("install", "--name", "300.1.2.3")]
    [InlineData("install", "--name", "12345::1")]
    [InlineData("install", "--name", "a", "--port", "0")]
    [InlineData("install", "--name", "a", "--port", "443")]
    [InlineData("install", "--nonsense")]
    [InlineData("ca", "nonsense")]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("restore", "--nonsense")]
    public async Task Wrong_usage_is_said_and_does_nothing(string script, params string[] arguments)
    {
        var root = Directory.CreateDirectory(Path.Combine(broker.Root, "elsewhere")).FullName;
        var said = await CentralBroker.Script(script, ["--root", root, .. arguments]);
        Assert.Equal(2, said.Code);
        Assert.NotEqual("", said.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(root));
        Assert.Equal(0, (await CentralBroker.Script(script, "--help")).Code);
    }

    [Fact]
    public async Task A_restored_broker_knows_its_kits_accounts_refusals_documents_and_changes()
    {
        var (kit, stolen) = (await broker.Kit("kit-7"), await broker.Kit("kit-66"));
        await using (var open = await broker.OpenKit("kit-7"))
            await open.Publish(Text(Tree("kit-7", "about"), "school and room", retained: true));
        await using (await broker.OpenAccount("anna")) { }
        (await broker.Ca("revoke", "kit", "kit-66")).Worked();
        await File.AppendAllTextAsync(Path.Combine(broker.Etc, "helpdesk.acl"), "# ours\n");
        var saved = Path.Combine(broker.Root, "saved.tar.gz");
        (await CentralBroker.Script("backup", "--root", broker.Root, saved)).Worked();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(saved));
        Assert.Equal(1, (await CentralBroker.Script("backup", "--root", broker.Root, saved)).Code); // never written over
        Assert.Equal(1, (await CentralBroker.Script("restore", "--root", broker.Root, saved)).Code); // while it runs
        await broker.Stop();

        // The machine burns down; a new one is installed and knows nobody.
        foreach (var folder in new[] { "etc", "var", "run" })
            Directory.Delete(Path.Combine(broker.Root, folder), recursive: true);
        (await broker.Install()).Worked();
        await broker.Start();
        await Fails(broker.Way(kit).Open("kit-7"));
        await broker.Stop();

        (await CentralBroker.Script("restore", "--root", broker.Root, saved)).Worked();
        await broker.Start();
        await using (await broker.Way(kit).Open("kit-7")) { }
        await Fails(broker.Way(stolen).Open("kit-66"));
        await using var anna = await broker.OpenAccount("anna");
        await anna.Subscribe(Everything);
        var document = await anna.Next();
        Assert.Equal((Tree("kit-7", "about"), "school and room", true), (document.Topic, document.Text(), document.Retained));
        Assert.EndsWith("# ours\n", await File.ReadAllTextAsync(Path.Combine(broker.Etc, "helpdesk.acl")), StringComparison.Ordinal);
        Assert.DoesNotContain("written", (await broker.Install()).Worked().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_was_signed_after_the_backup_can_still_be_revoked()
    {
        var saved = Path.Combine(broker.Root, "saved.tar.gz");
        (await CentralBroker.Script("backup", "--root", broker.Root, saved)).Worked();
        var later = await broker.Kit("kit-99");
        await broker.Stop();
        (await CentralBroker.Script("restore", "--root", broker.Root, saved)).Worked();
        await broker.Start();
        await using (await broker.Way(later).Open("kit-99")) { }
        (await broker.Ca("revoke", "kit", "kit-99")).Worked();
        await broker.Stop();
        await broker.Start();
        await Fails(broker.Way(later).Open("kit-99"));
    }

    [Fact]
    public async Task Who_was_revoked_after_the_backup_stays_out_after_a_restore()
    {
        var (kit, leaver) = (await broker.Kit("kit-98"), await broker.Account("leaver"));
        var saved = Path.Combine(broker.Root, "saved.tar.gz");
        (await CentralBroker.Script("backup", "--root", broker.Root, saved)).Worked();
        (await broker.Ca("revoke", "--stay", "kit", "kit-98")).Worked();
        (await broker.Ca("revoke", "--stay", "helpdesk", "leaver")).Worked();
        await broker.Stop();
        (await CentralBroker.Script("restore", "--root", broker.Root, saved)).Worked();
        await broker.Start();
        await Fails(broker.Way(kit).Open("kit-98"));
        await Fails(broker.Way(leaver, broker.HelpdeskPort).Open("leaver"));
        Assert.Matches("revoked .*kit-98", (await broker.Ca("list", "kits")).Worked().Output);
    }

    [Fact]
    public async Task A_backup_into_a_missing_folder_says_so_in_one_line()
    {
        var said = await CentralBroker.Script("backup", "--root", broker.Root, Path.Combine(broker.Root, "missing/saved.tar.gz"));
        Assert.Equal((1, $"backup: {broker.Root}/missing is not a folder\n"), (said.Code, said.Errors));
    }

    [Fact]
    public async Task What_is_not_a_backup_changes_nothing()
    {
        await broker.Stop();
        var before = Files();
        var file = Path.Combine(broker.Root, "garbage");
        await File.WriteAllTextAsync(file, "garbage");
        Assert.Equal(1, (await CentralBroker.Script("restore", "--root", broker.Root, file)).Code);
        File.Delete(file);
        Assert.Equal(before, Files());
    }

    /// <summary>Every file's time and content, without the lock.</summary>
    private List<string> Files() => [.. Directory.GetFiles(broker.Root, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".log", StringComparison.Ordinal) && !file.EndsWith(".sock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}")];
}
