using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ClassContact.Classroom;
using ClassContact.Helpdesk.Bundles;
using ClassContact.Helpdesk.Tests.Enrolment;
using ClassContact.Helpdesk.Tests.Kits;
using ClassContact.Kit.Enrolment;
using ClassContact.Kit.Requests;
using ClassContact.Kit.Settings;
using ClassContact.Messages;
using ClassContact.Messages.Enrolling;

namespace ClassContact.Helpdesk.Tests.Bundles;

/// <summary>Bundles at the real service: curl and a raw line play kits that mean no good, the kit's own code plays the others.</summary>
public sealed class BundlesTests : IAsyncLifetime
{
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private const string Type = "Content-Type: application/gzip";
    private static readonly KitId Kit1 = KitId.Parse("kit-1");
    private readonly LogLines log = new();
    private SigningService service = null!;

    private string Folder => service.Settings.BundleFolder;

    public async ValueTask InitializeAsync()
    {
        service = await SigningService.Start();
        await service.Enrolled("kit-1");
        await File.WriteAllBytesAsync(service.File("small"), RandomNumberGenerator.GetBytes(3000));
    }

    public async ValueTask DisposeAsync()
    {
        log.Dispose();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task A_kits_bundle_is_kept_whole_under_the_name_in_its_certificate_and_no_other()
    {
        var (status, body) = await Send("small", "--header", "X-Kit: kit-2");
        Assert.Equal(200, status);
        var kept = KeptBundle.Parse(Encoding.UTF8.GetBytes(body))!;
        Assert.Matches(@"\Akit-1-\d{8}T\d{6}Z-[0-9a-f]{8}\.tar\.gz\z", kept.Name);
        Assert.Equal(3000, kept.Bytes);
        var file = Assert.Single(Directory.GetFiles(Folder));
        Assert.Equal(Path.Combine(Folder, kept.Name), file);
        Assert.Equal(await File.ReadAllBytesAsync(service.File("small")), await File.ReadAllBytesAsync(file));
        Assert.Equal(OwnerAndGroup, File.GetUnixFileMode(file));
        Assert.Contains($"kit-1: sent the bundle {kept.Name}, 3000 bytes", service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_gives_anything_and_nothing_of_it_is_read()
    {
        await service.Make("desk", "helpdesk-anna", "extendedKeyUsage=clientAuth");
        await service.Enrolled("kit-2");
        await service.Register.Revoke(KitId.Parse("kit-2"), default);
        await Refused(403, Refusals.NoCertificate, service.Curl(EnrolPaths.Bundles, "--header", Type, "--data-binary", "@small"));
        await Refused(403, Refusals.NotAKit, SendAs("desk"));
        await Refused(403, Refusals.Revoked, SendAs("kit-2"));
        service.Time.By = TimeSpan.FromDays(91);
        await Refused(403, Refusals.Expired, Send("small"));
        service.Time.By = TimeSpan.Zero;
        Assert.NotEqual(200, (await service.Curl("/classcontact/v1/bundles/../../../etc/x", "--path-as-is", "--cert", "kit-1.crt", "--key", "kit-1.key", "--header", Type, "--data-binary", "@small")).Status);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task What_is_too_large_empty_or_something_else_is_refused_and_leaves_nothing()
    {
        await File.WriteAllBytesAsync(service.File("large"), new byte[KeptBundle.Longest + 1]);
        await File.WriteAllBytesAsync(service.File("empty"), []);
        await Refused(413, Refusals.TooLarge, Send("large"));
        await Refused(413, Refusals.TooLarge, Send("large", "--header", "Transfer-Encoding: chunked"));
        await Refused(400, Refusals.BadRequest, Send("empty"));
        await Refused(400, Refusals.BadRequest, Send("small", "--header", "Content-Type: text/html"));
        Assert.Empty(BundleShelf.In(Folder));
        Assert.True(!Directory.Exists(Folder) || Directory.GetFiles(Folder).Length == 0);
        Assert.Equal(413, (await service.Curl(EnrolPaths.Reenroll, "--cert", "kit-1.crt", "--key", "kit-1.key", "--data-binary", "@large")).Status); // all others keep their limit
    }

    [Fact]
    public async Task Of_a_kit_the_newest_five_are_kept_for_thirty_days_and_all_together_have_a_limit()
    {
        await service.Enrolled("kit-2");
        Assert.Equal(200, (await SendAs("kit-2")).Status);
        var names = new List<string>();
        for (var n = 0; n < 7; n++)
        {
            service.Time.By += TimeSpan.FromMinutes(1);
            names.Add(KeptBundle.Parse(Encoding.UTF8.GetBytes((await Send("small")).Body))!.Name);
        }
        Assert.Equal(names[2..].Reverse<string>(), BundleShelf.In(Folder, Kit1).Select(file => file.Name));
        Assert.Single(BundleShelf.In(Folder, KitId.Parse("kit-2")));
        await File.WriteAllTextAsync(Path.Combine(Folder, "notes.txt"), "of a person"); // none of ours
        var shelf = new BundleShelf(Folder, service.Time, log) { MostBytes = 5000 };
        service.Time.By -= TimeSpan.FromDays(3650); // a computer that has lost its clock
        shelf.ForgetOld();
        Assert.Equal(6, BundleShelf.In(Folder).Count);
        service.Time.By += TimeSpan.FromDays(3650 + 31);
        shelf.ForgetOld();
        Assert.Equal(["notes.txt"], Directory.GetFiles(Folder).Select(Path.GetFileName));
        Assert.Equal(2000, (await shelf.Keep(Kit1, 2000, new MemoryStream(new byte[2000]), default)).Given!.Bytes);
        Assert.Equal(Refusals.NoRoom, (await shelf.Keep(Kit1, 4000, new MemoryStream(new byte[4000]), default)).Refusal);
    }

    [Fact]
    public async Task A_kit_that_goes_away_in_the_middle_leaves_nothing_and_may_come_again()
    {
        using (var line = await Line())
        {
            await line.WriteAsync(Encoding.ASCII.GetBytes($"POST {EnrolPaths.Bundles} HTTP/1.1\r\nHost: x\r\n{Type}\r\nContent-Length: 100000\r\n\r\nhalf of it"));
            await line.FlushAsync();
            await WaitFor.That("the bundle to begin", () => Directory.Exists(Folder) && Directory.GetFiles(Folder, "*.part").Length == 1);
            await Refused(503, Refusals.Unable, Send("small")); // one at a time
        }
        await WaitFor.That("the rest to be gone", () => Directory.GetFiles(Folder).Length == 0);
        await WaitFor.That("another to be taken", async () => (await Send("small")).Status, status => status == 200);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_told_and_leaves_nothing()
    {
        await service.Restart(settings => settings with { Bundles = "/proc/nowhere" });
        await Refused(503, Refusals.Unable, Send("small"));
        Assert.Contains("/proc/nowhere", service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kit_makes_one_and_sends_it_and_the_helpdesk_finds_it_and_hears_why_not()
    {
        using var kit = await Enrolled();
        var settings = Setup.ReadUnenrolled(kit.SettingsFile).Value!;
        var asked = Asked(kit, settings);
        var (reason, kept) = await asked.Run(default);
        Assert.Null(reason);
        Assert.StartsWith("kit-1-", kept!.Name, StringComparison.Ordinal);
        Assert.Equal(0, (await Shell.Run("tar", ["--list", "--gzip", "--file", Path.Combine(Folder, kept.Name)])).Code);

        await File.WriteAllTextAsync(service.File("helpdesk.json"), JsonSerializer.Serialize(new
        {
            caFile = service.CaFile, caKeyFile = service.File("ca.key"), certificateFile = service.File("server.crt"), keyFile = service.File("server.key"), data = service.Settings.Data,
        }));
        var (code, output, error) = await Shell.Run(KitCommandsTests.Program, ["bundles", "kit-1", "--settings", service.File("helpdesk.json")]);
        Assert.True(code == 0, error);
        Assert.Matches($@"\Akit-1\t\d{{4}}-\d\d-\d\d \d\d:\d\dZ\t\d+ kB\t{Folder}/{kept.Name}\n\z", output);
        (code, _, error) = await Shell.Run(KitCommandsTests.Program, ["bundles", "kit-2", "--settings", service.File("helpdesk.json")]);
        Assert.Equal(1, code);
        Assert.Contains($"no bundle of kit-2 lies in {Folder}", error, StringComparison.Ordinal);
        Assert.Equal(2, (await Shell.Run(KitCommandsTests.Program, ["bundles", "../x", "--settings", service.File("helpdesk.json")])).Code);

        await service.Restart(with => with with { Bundles = "/proc/nowhere" });
        Assert.Equal((Refusals.Unable, null), await asked.Run(default));
        await service.Register.Revoke(Kit1, default);
        Assert.Equal((Refusals.Revoked, null), await asked.Run(default));
        await service.Stop();
        Assert.Equal(("unreachable", null), await asked.Run(default));
        Directory.Delete(kit.Identity(""), recursive: true);
        Assert.Equal(("not-enrolled", null), await asked.Run(default));
    }

    [Fact]
    public async Task In_a_class_it_goes_no_faster_than_a_class_can_spare_and_a_service_that_says_no_is_sent_nothing()
    {
        using var kit = await Enrolled();
        var (post, bundle, paced) = (new BundlePost(Setup.ReadUnenrolled(kit.SettingsFile).Value!, TimeProvider.System), RandomNumberGenerator.GetBytes(96 * 1024), Stopwatch.StartNew());
        await post.Send(bundle, () => true, default);
        Assert.InRange(paced.Elapsed.TotalSeconds, 2.9, 30);
        await service.Register.Revoke(Kit1, default);
        paced.Restart();
        var refused = await Assert.ThrowsAsync<EnrolmentException>(() => post.Send(new byte[2 * 1024 * 1024], () => true, default));
        Assert.Equal(Refusals.Revoked, refused.Cause);
        Assert.InRange(paced.Elapsed.TotalSeconds, 0, 30); // all of it would have taken a minute
    }

    [Fact]
    public async Task The_command_writes_an_archive_for_its_owner_alone_and_says_what_is_not_in_it()
    {
        using var kit = await Enrolled();
        var (code, output, error) = await kit.Command(null, "bundle", "--to", kit.InFolder(""));
        Assert.True(code == 0, error);
        var file = Assert.Single(Directory.GetFiles(kit.InFolder(""), "*.tar.gz"));
        Assert.Contains(file, output, StringComparison.Ordinal);
        Assert.Contains("not in it: status (no-agent)", error, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("/manifest.json", (await Shell.Run("tar", ["--list", "--gzip", "--file", file])).Output, StringComparison.Ordinal);
        (code, _, error) = await kit.Command(null, "bundle", "--to", "/nowhere/at/all.tar.gz");
        Assert.Equal((1, "classcontact: /nowhere/at is no folder that is there\n"), (code, error));
        (code, _, error) = await kit.Command(null, "bundle", "--to", "/dev/full/x");
        Assert.Equal(1, code);
        (code, _, error) = await kit.Command(null, "bundle", "--to", "/proc/x.tar.gz");
        Assert.Equal(1, code);
        Assert.Contains("/proc/x.tar.gz could not be written", error, StringComparison.Ordinal);
    }

    private RequestedBundle Asked(EnrolledKit kit, KitSettings settings) => new(
        ct => new Kit.Bundle.BundleMaker(kit.SettingsFile, new("0", "none", null), TimeProvider.System) { LimitBytes = Kit.Bundle.BundleMaker.ToSend }.Make(ct),
        (bundle, ct) => new BundlePost(settings, TimeProvider.System).Send(bundle, () => false, ct), log);

    private async Task<EnrolledKit> Enrolled()
    {
        var kit = new EnrolledKit(service);
        var (code, _, error) = await kit.Command(await service.Code("kit-1") + "\n", "enroll");
        Assert.True(code == 0, error);
        return kit;
    }

    private Task<(int Status, string Body)> Send(string file, params string[] more) => SendAs("kit-1", file, more);

    private Task<(int Status, string Body)> SendAs(string kit, string file = "small", params string[] more) => service.Curl(
        EnrolPaths.Bundles, ["--cert", $"{kit}.crt", "--key", $"{kit}.key", .. more.Any(m => m.StartsWith("Content-Type", StringComparison.Ordinal)) ? Array.Empty<string>() : ["--header", Type], "--data-binary", $"@{file}", .. more]);

    private static async Task Refused(int status, string refusal, Task<(int Status, string Body)> asking)
    {
        var answer = await asking;
        Assert.Equal((status, refusal), (answer.Status, answer.Body.Split(':')[0]));
    }

    private async Task<SslStream> Line()
    {
        var client = new TcpClient();
        await client.ConnectAsync(service.Settings.EndPoint);
        using var server = X509CertificateLoader.LoadCertificateFromFile(service.File("server.crt"));
        var known = server.GetCertHashString();
        var tls = new SslStream(client.GetStream(), false, (_, shown, _, _) => shown?.GetCertHashString() == known);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1", ClientCertificates = [X509Certificate2.CreateFromPemFile(service.File("kit-1.crt"), service.File("kit-1.key"))],
        });
        return tls;
    }
}
