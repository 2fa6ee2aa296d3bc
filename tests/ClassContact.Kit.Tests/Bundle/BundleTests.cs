using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClassContact.Kit.Bundle;
using ClassContact.Kit.Diagnosis;
using ClassContact.Kit.Lesson;
using ClassContact.Kit.Outbox;
using ClassContact.Kit.Tools;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Kit.Tests.Bundle;

/// <summary>Promise 3, for bundles: secrets lie everywhere, in every form, and not one byte of the archive holds one.</summary>
[SupportedOSPlatform("linux")]
public sealed class BundleTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);
    private readonly PlantedKit kit = new();

    public void Dispose() => kit.Dispose();

    [Fact]
    public async Task Secrets_in_every_place_and_form_are_in_no_byte_of_the_archive()
    {
        var forms = PlantedKit.Secrets.SelectMany(Forms).ToList();
        kit.Settings(settings =>
        {
            settings["school"] = $"École {PlantedKit.WifiName}";
            settings["camera"] = new JsonObject { ["name"] = PlantedKit.Login, ["usb"] = PlantedKit.WifiPassword };
            settings["keys"] = new JsonObject { ["start"] = PlantedKit.Link };
            settings["network"] = new JsonObject { ["probe"] = PlantedKit.Link, ["probeText"] = PlantedKit.Login, ["stun"] = "10.9.8.7" };
            settings["callButton"] = new JsonObject { ["port"] = PlantedKit.Link };
        });
        Log("agent-20261120.log", [.. forms.Select(form => $"{{\"RenderedMessage\":\"a {form} b\"}}"), $"half {PlantedKit.Link[..30]}"], newLine: false);
        Log("agent-20261121.log", [PlantedKit.Link[30..], "good line", .. forms.Select(form => $"x{form}")]);
        Log($"agent-{PlantedKit.WifiPassword}.log", ["a log of nobody"]);
        File.CreateSymbolicLink(kit.In("logs/agent-20261119.log"), kit.In("login"));
        Lesson(PlantedKit.Link, PlantedKit.WifiName);
        Assert.True(LastDiagnosis.Keep(kit.In("data"), new(Monday, 1, true, [new("camera-present", Severity.StopsCalls, Verdict.Pass, Monday, Found: PlantedKit.Login)])));
        var status = JsonNode.Parse(JsonSerializer.Serialize(new { kit = "kit-1", broker = new { trouble = $"no way by {PlantedKit.Login}, 10.9.8.7" } }));
        var journal = kit.Journal([.. forms, "good entry", PlantedKit.Link[..20], PlantedKit.Link[20..]]);

        var made = await kit.Maker(journal, status).Make(TestContext.Current.CancellationToken);
        var (files, bytes) = (PlantedKit.Unpack(made.Bytes), PlantedKit.Bytes(made.Bytes));
        var text = bytes.ReplaceLineEndings("");
        Assert.All(forms.Concat([PlantedKit.Link[30..], PlantedKit.Link[..30], PlantedKit.Link[20..], "10.9.8.7", "pc-of-anna"]), form =>
        {
            Assert.DoesNotContain(form, bytes, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(form, made.Name, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Contains("good line", files["logs/agent-20261121.log"], StringComparison.Ordinal);
        Assert.Contains("good entry", files["journal.txt"], StringComparison.Ordinal);
        Assert.Equal(
            ["diagnosis.json", "journal.txt", "lessons.json", "logs/agent-20261120.log", "logs/agent-20261121.log", "manifest.json", "settings.json", "status.json", "versions.json"],
            files.Keys.Order(StringComparer.Ordinal));
        Assert.Contains(made.Manifest.Holds, entry => entry is { Name: "journal.txt", LeftOut: > 10 });
    }

    [Fact]
    public async Task A_kit_that_is_well_tells_what_somebody_needs_who_helps_it()
    {
        Log("agent-20261121.log", ["{\"RenderedMessage\":\"The way to the broker is direct\"}"]);
        Lesson("Chrome/139", "Chrome/140");
        var made = await kit.Maker(kit.Journal("Started."), JsonNode.Parse("""{"health":{"state":"ready"}}""")).Make(TestContext.Current.CancellationToken);
        var files = PlantedKit.Unpack(made.Bytes);
        var settings = JsonNode.Parse(files["settings.json"])!;
        Assert.Equal(("kit-1", "Meeting Owl", "proxy", true), ((string?)settings["kit"], (string?)settings["camera"]!["name"], (string?)settings["broker"]!["way"], (bool)settings["broker"]!["proxyLoginFile"]!));
        Assert.Equal("broker.classcontact.example", (string?)settings["broker"]!["host"]);
        Assert.Contains("way to the broker is direct", files["logs/agent-20261121.log"], StringComparison.Ordinal);
        Assert.Matches(@"^2026-11-\d\dT\d\d:\d\d:\d\d\.\d{3}Z classcontact-agent\.service <6> Started\.\n$", files["journal.txt"]);
        Assert.Equal("Chrome/140", (string?)JsonNode.Parse(files["lessons.json"])![0]!["changed"]![0]!["now"]);
        Assert.NotNull(JsonNode.Parse(files["versions.json"])!["kernel"]);
        Assert.Equal("0.1.0+test", (string?)JsonNode.Parse(files["versions.json"])!["agent"]);
        var manifest = JsonNode.Parse(files["manifest.json"])!;
        Assert.Equal("kit-1", (string?)manifest["kit"]);
        Assert.Equal(["diagnosis: not-there"], made.Manifest.Missing.Select(gap => $"{gap.What}: {gap.Why}"));
        Assert.Matches(@"^classcontact-kit-1-\d{8}T\d{6}Z\.tar\.gz$", made.Name);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_and_the_rest_is_there()
    {
        Directory.Delete(kit.In("logs"));
        var made = await kit.Maker().Make(TestContext.Current.CancellationToken);
        Assert.Equal(
            ["diagnosis: not-there", "journal: no-journalctl", "logs: not-there", "outbox: not-there", "status: no-agent"],
            made.Manifest.Missing.Select(gap => $"{gap.What}: {gap.Why}").Order());
        Assert.Contains("settings.json", PlantedKit.Unpack(made.Bytes).Keys);
    }

    [Fact]
    public async Task Settings_that_are_broken_hide_no_secret()
    {
        kit.Settings(instead: File.ReadAllText(kit.SettingsFile).Replace("\"kit-1\",", $"\"kit-1\" \"{PlantedKit.Link}\"", StringComparison.Ordinal));
        var made = await kit.Maker(kit.Journal("The agent did not start", $"see {PlantedKit.Login}")).Make(TestContext.Current.CancellationToken);
        var bytes = PlantedKit.Bytes(made.Bytes);
        Assert.All(PlantedKit.Secrets, secret => Assert.DoesNotContain(secret, bytes, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("The agent did not start", bytes, StringComparison.Ordinal);
        Assert.Contains("settings:1: ", bytes, StringComparison.Ordinal);
    }

    // The values stand in place of "kit-1".
    [Fact]
    public async Task Settings_with_comments_hide_no_secret()
    {
        var settings = kit.In("kit.json");
        await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken)).Replace("\"linkFile\":", "\"linkFile\": /* the link */ // it\n", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Log("agent-20261121.log", [$"joined {PlantedKit.Link}", "good line"]);
        var files = PlantedKit.Unpack((await kit.Maker().Make(TestContext.Current.CancellationToken)).Bytes);
        Assert.StartsWith("[left out: meeting-link]\ngood line\n", files["logs/agent-20261121.log"], StringComparison.Ordinal);
    }

    // All rooms of Vectera are below /meet/, and a link may say what is shared, and by which name.
    [Fact]
    public async Task What_every_link_has_hides_nothing_that_somebody_needs_who_helps()
    {
        kit.Private("link", "https://www.vectera.com/meet/Tilleuls/Salle-5B/?key=Xq7Zt9Lw&share=audiovideo&displayName=Classe\n");
        string[] told = ["meeting-dns pass, meeting-reachable pass, meeting-tls pass, meeting-certificate pass", "audio and video: 'La classe est ouverte'"];
        string[] secrets = ["www.vectera.com", "Tilleuls", "Salle-5B", "Xq7Zt9Lw"];
        Log("agent-20261121.log", [.. told, .. secrets.Select(secret => $"see {secret} now")]);
        Assert.True(LastDiagnosis.Keep(kit.In("data"), new(Monday, 1, true, [new("meeting-dns", Severity.StopsCalls, Verdict.Pass, Monday)])));
        var files = PlantedKit.Unpack((await kit.Maker().Make(TestContext.Current.CancellationToken)).Bytes);
        Assert.Equal([.. told, .. secrets.Select(_ => "[left out: meeting-link]")], files["logs/agent-20261121.log"].Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("\"meeting-dns\"", files["diagnosis.json"], StringComparison.Ordinal);
        Assert.Contains("Meeting Owl", files["settings.json"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlantedKit.Link)]
    [InlineData("ecole17-02")]
    [InlineData("salle-wifi-des-profs")]
    [InlineData("Pass'word42 l'étang")]
    public async Task A_wrong_name_of_the_kit_hides_no_secret(string name)
    {
        kit.Settings(settings => settings["kit"] = name);
        string[] secrets = [PlantedKit.Link, "meet.example.org", "famille-Dupont", "ecole17 ", PlantedKit.WifiName, "word42", "étang"];
        var made = await kit.Maker(kit.Journal([.. secrets.Take(5).Select(secret => $"see {secret}!"), "good entry"])).Make(TestContext.Current.CancellationToken);
        var bytes = PlantedKit.Bytes(made.Bytes);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, bytes.Replace("salle-wifi-des-profs", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        Assert.Contains("good entry", bytes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("meeting", "linkFile")]
    [InlineData("folders", "data")]
    [InlineData("folders", "logs")]
    public async Task A_path_that_can_be_none_is_a_gap(string section, string field)
    {
        kit.Settings(settings => settings[section]![field] = "a\0b");
        var made = await kit.Maker(kit.Journal("good entry")).Make(TestContext.Current.CancellationToken);
        Assert.Contains(made.Manifest.Missing, gap => gap is { What: "logs", Why: "secrets-unknown" or "not-there" });
        Assert.Contains("settings.json", PlantedKit.Unpack(made.Bytes).Keys);
    }

    [Theory]
    [InlineData("ssid=195;137;99;111;108;101;66;105;115;", "ÉcoleBis")]
    [InlineData("ssid=Cour\\\\;Nord", "Cour;Nord")]
    [InlineData("ssid=c389636f6c65426973", "ÉcoleBis")]
    [InlineData("ssid=P\"\\xc3\\x89coleBis\"", "ÉcoleBis")]
    [InlineData("ssid=\"ÉcoleBis\"", "\\xc3\\x89coleBis")]
    public async Task The_name_of_a_network_is_known_however_its_file_writes_it(string line, string told)
    {
        File.WriteAllText(kit.In("networks/other.conf"), $"network={{\n  {line}\n}}\n");
        var made = await kit.Maker(kit.Journal($"joins {told} now", "good entry")).Make(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("joins", PlantedKit.Bytes(made.Bytes), StringComparison.Ordinal);
        Assert.Contains("good entry", PlantedKit.Bytes(made.Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 4", false, false)] // it did not answer
    [InlineData("case \"$*\" in *uuid*) exit 4;; *) echo 802-11-wireless:1:x;; esac", false, false)]
    [InlineData("case \"$*\" in *uuid*) exit 10;; *) echo 802-11-wireless:1:x;; esac", true, true)] // forgotten meanwhile
    [InlineData("exit 8", false, true)] // not running, and every file can be read
    [InlineData("exit 8", true, false)]
    [InlineData("true", true, true)] // as in the agent, which may read no file, and NetworkManager tells all
    public async Task Without_the_names_of_the_networks_no_free_text_goes_along(string nmcli, bool isUnreadable, bool isTold)
    {
        kit.Nmcli(nmcli);
        if (isUnreadable)
            Directory.CreateDirectory(kit.In("networks/other.nmconnection")); // root reads every file, but no folder as one
        var made = await kit.Maker(kit.Journal("good entry")).Make(TestContext.Current.CancellationToken);
        Assert.Equal(isTold, PlantedKit.Unpack(made.Bytes).ContainsKey("journal.txt"));
        Assert.Equal(!isTold, made.Manifest.Missing.Contains(new("wifi", "unreadable")));
    }

    [Fact]
    public async Task The_outbox_is_counted_where_nobody_has_it_open()
    {
        async Task<(string? Outbox, string Gaps)> Made(JsonNode? status = null)
        {
            var made = await kit.Maker(status: status).Make(TestContext.Current.CancellationToken);
            return (PlantedKit.Unpack(made.Bytes).GetValueOrDefault("outbox.json"), string.Join(' ', made.Manifest.Missing.Where(gap => gap.What == "outbox").Select(gap => gap.Why)));
        }
        var path = kit.In("data/outbox.db");
        using (var file = OutboxFile.Open(path, isChecked: false))
        {
            file.Commit([], [], dropped: 3);
            Assert.True(new FileInfo(path + "-wal").Length > 0);
            var (outbox, gaps) = await Made();
            Assert.Equal("in-use", gaps);
            Assert.Equal(["bytes", "logBytes"], JsonNode.Parse(outbox!)!.AsObject().Select(field => field.Key));
            Assert.Equal((null, ""), await Made(JsonNode.Parse("{}")));
        }
        var (counts, none) = await Made();
        Assert.Equal((3, ""), ((int)JsonNode.Parse(counts!)!["dropped"]!, none));
        File.WriteAllText(path, "this is no database, however long one looks at it");
        Assert.Equal((null, "no-database"), await Made());
    }

    [Fact]
    public async Task Where_a_secret_cannot_be_read_no_free_text_goes_along()
    {
        Log("agent-20261121.log", ["good line"]);
        File.Delete(kit.In("login"));
        Directory.CreateDirectory(kit.In("login")); // root reads every file, but no folder as one
        var made = await kit.Maker(kit.Journal("good entry")).Make(TestContext.Current.CancellationToken);
        Assert.Contains(new ManifestGap("logs", "secrets-unknown"), made.Manifest.Missing);
        Assert.DoesNotContain("good", PlantedKit.Bytes(made.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_bounded_and_the_newest_is_kept()
    {
        for (var day = 1; day <= 5; day++)
            Log($"agent-2026110{day}.log", [.. Enumerable.Range(0, 4000).Select(n => $"day {day} line {n} {new string('x', 50)}")]);
        var made = await kit.Maker(kit.Journal([.. Enumerable.Range(0, 5000).Select(n => $"entry {n} {new string('y', 50)}")]), limit: 512 * 1024).Make(TestContext.Current.CancellationToken);
        var files = PlantedKit.Unpack(made.Bytes);
        Assert.InRange(files.Values.Sum(Encoding.UTF8.GetByteCount), 300_000, 512 * 1024);
        Assert.EndsWith("entry 4999 " + new string('y', 50) + "\n", files["journal.txt"], StringComparison.Ordinal);
        Assert.Contains("day 5 line 3999", files["logs/agent-20261105.log"], StringComparison.Ordinal);
        Assert.DoesNotContain("logs/agent-20261102.log", files.Keys);
        Assert.Contains(made.Manifest.Holds, entry => entry.Cut);
        Assert.All(files.Where(file => file.Key.StartsWith("logs/", StringComparison.Ordinal)), file => Assert.Matches(@"\Aday \d line \d+ ", file.Value)); // no half line
    }

    [Fact]
    public async Task A_journal_that_hangs_fails_says_too_much_or_nothing_holds_nothing_up()
    {
        var hanging = kit.Maker(kit.Program("journalctl", "exec sleep 60"), journalMayTake: TimeSpan.FromMilliseconds(300));
        Assert.Contains(new ManifestGap("journal", "too-slow"), (await hanging.Make(TestContext.Current.CancellationToken)).Manifest.Missing);
        Assert.Contains(new ManifestGap("journal", "too-much"), (await kit.Maker(kit.Program("journalctl", $"nice >> {kit.In("nice")}; exec yes")).Make(TestContext.Current.CancellationToken)).Manifest.Missing);
        Assert.Equal(["19", "19", "19"], File.ReadAllLines(kit.In("nice"))); // each that is asked for less, too
        Assert.Contains(new ManifestGap("journal", "failed"), (await kit.Maker(kit.Program("journalctl", "exit 3")).Make(TestContext.Current.CancellationToken)).Manifest.Missing);
        Assert.Contains(new ManifestGap("journal", "empty"), (await kit.Maker(kit.Program("journalctl", "echo garbage; echo '[]'")).Make(TestContext.Current.CancellationToken)).Manifest.Missing);
    }

    [Fact]
    public async Task Who_cancels_does_not_wait_for_its_thread()
    {
        using var stop = new CancellationTokenSource();
        var making = kit.Maker(kit.Program("journalctl", $"touch {kit.In("asked")}; exec sleep 60")).Make(stop.Token);
        while (!File.Exists(kit.In("asked")))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_is_its_owners_alone_also_where_one_that_was_begun_was_not()
    {
        var made = await kit.Maker().Make(TestContext.Current.CancellationToken);
        File.WriteAllText(kit.In("b.tar.gz.next"), "of a power cut");
        File.SetUnixFileMode(kit.In("b.tar.gz.next"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        made.Write(kit.In("b.tar.gz"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kit.In("b.tar.gz")));
        Assert.Equal(made.Bytes, File.ReadAllBytes(kit.In("b.tar.gz")));
    }

    [Fact]
    public void A_disk_that_is_full_leaves_what_was_there_and_nothing_half()
    {
        WholeFile.Write(kit.In("b.tar.gz"), "old"u8);
        File.CreateSymbolicLink(kit.In("b.tar.gz.next"), "/dev/full"); // takes every open and no byte, as a full disk
        Assert.Throws<IOException>(() => WholeFile.Write(kit.In("b.tar.gz"), new byte[100_000]));
        Assert.Equal("old", File.ReadAllText(kit.In("b.tar.gz")));
        Assert.False(File.Exists(kit.In("b.tar.gz.next")));
        Assert.Null(new FileInfo(kit.In("b.tar.gz.next")).LinkTarget);
    }

    private void Log(string name, IReadOnlyList<string> lines, bool newLine = true) => File.WriteAllText(kit.In($"logs/{name}"), string.Join('\n', lines) + (newLine ? "\n" : ""));

    private void Lesson(string was, string now) => new LessonFolder(kit.In("data"), TimeProvider.System, NullLogger.Instance).Keep(new(
        "abc", Monday, Monday.AddMinutes(50), LessonVerdict.Good, "good", new(50, 50, 40, 0, 0, 0), new(0, 0, 0, 0), 0, Changed: [new("browser", was, now)]));

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return
        [
            secret, secret.ToUpperInvariant(), string.Concat(bytes.Select(b => $"\\x{b:X2}")), string.Concat(secret.Select(c => $"\\u{(int)c:x4}")),
            BitConverter.ToString(bytes).Replace('-', ':'), .. secret.Length >= 16 ? new[] { secret[..(secret.Length * 2 / 3)] + "…" } : [], Uri.EscapeDataString(secret), secret.Replace("/", "\\/", StringComparison.Ordinal), Convert.ToHexStringLower(bytes),
            .. bytes.Length > 6 ? new[] { Convert.ToBase64String(bytes), Convert.ToBase64String([1, .. bytes, 2]), Convert.ToBase64String([1, 2, .. bytes])[3..].TrimEnd('=') } : [],
        ];
    }
}
