using ClassContact.Agent.Install;
using ClassContact.Agent.Words;
using ClassContact.Classroom;
using ClassContact.Kit;
using ClassContact.Kit.Settings;
using Xunit;

namespace ClassContact.Agent.Tests.Install;

/// <summary><c>classcontact setup</c>: answers become settings and a policy. The whole of it, with users and units, is a matter of the kit bench.</summary>
[Trait("Kit", "none")]
public sealed class SetupTests : IDisposable
{
    private static readonly string[] Enough = ["# twenty in a row", "kit: bxl-0042", "school: École des Tilleuls", "room: 5e B, local 12", ""];

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Three_answers_make_a_kit()
    {
        var kit = Make(Enough);
        Assert.Equal(("bxl-0042", "École des Tilleuls", "5e B, local 12", "fr"), (kit.Kit, kit.School, kit.Room, kit.Language));
        Assert.Equal("/usr/share/classcontact/meeting/vectera.json", kit.Meeting.Description);
        Assert.Equal(("F9", "F10"), (kit.Keys!.Start, kit.Keys.End));
        Assert.Equal(("16:30", "12:45"), (kit.ClassEnd!.At, kit.ClassEnd.Wednesday));
        Assert.True(kit is { Broker: null, Enrolment: null });
    }

    [Fact]
    public void A_kit_that_enrols_uses_the_certificate_that_it_gets()
    {
        var kit = Make([.. Enough, "server: https://enrol.example:8443", "authority: /media/stick/ca.crt", "broker: broker.example:8884"]);
        Assert.Equal(new("https://enrol.example:8443", "/media/stick/ca.crt"), kit.Enrolment);
        Assert.Equal(("broker.example", 8884), (kit.Broker!.Host, kit.Broker.Port));
        Assert.Equal("/var/lib/classcontact/identity/kit.key", kit.Broker.Tls!.KeyFile);
    }

    [Fact]
    public void What_is_written_reads_back_the_same_and_what_nobody_was_asked_stays()
    {
        var path = folder.File("kit.json");
        var before = Make(Enough) with { MetricsSeconds = 60, Camera = new(Name: "Meeting Owl") };
        Assert.Empty(SettingsWriter.Write(path, before));
        Assert.Contains("École des Tilleuls", File.ReadAllText(path), StringComparison.Ordinal);
        var there = SettingsWriter.Read(path);
        Assert.Empty(there.Problems);
        var answers = Parse(["room: 6e A"]);
        Assert.Empty(Asked(answers, there.Value));
        Assert.Empty(SettingsWriter.Write(path, KitFromAnswers.Make(answers, there.Value, path => path)));
        Assert.Equal(before with { Room = "6e A" }, SettingsWriter.Read(path).Value);
        Assert.Contains("5e B", File.ReadAllText(path + ".old"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_that_there_is_reads_back_as_it_was_written()
    {
        var (path, again) = (folder.File("kit.json"), folder.File("again.json"));
        var example = SettingsWriter.Read(Path.Combine(Checkout.Root, "configs", "kit.example.json")).Value!; // all of them; its own test says so
        Assert.Empty(SettingsWriter.Write(path, example with { Requests = new() }));
        var read = SettingsWriter.Read(path);
        Assert.Empty(read.Problems);
        Assert.Empty(SettingsWriter.Write(again, read.Value!));
        Assert.Equal(File.ReadAllText(path), File.ReadAllText(again));
    }

    [Fact]
    public void When_a_forgotten_class_ends_is_answered_offered_again_and_taken_away()
    {
        var kit = Make([.. Enough, "class-end: 15:30 12:10"]);
        Assert.Equal(("15:30", "12:10"), (kit.ClassEnd!.At, kit.ClassEnd.Wednesday));
        Assert.Equal("15:30 12:10", KitFromAnswers.Usual("class-end", kit));
        Assert.Equal(("15:30", null), (Make([.. Enough, "class-end: 15:30"]).ClassEnd!.At, Make([.. Enough, "class-end: 15:30"]).ClassEnd!.Wednesday));
        Assert.Null(Make([.. Enough, "class-end:"]).ClassEnd);
        var path = folder.File("kit.json");
        Assert.Contains("classEnd.at 'later' is not a time of day", Assert.Single(SettingsWriter.Write(path, Make([.. Enough, "class-end: later"]))).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_are_wrong_are_not_written()
    {
        var path = folder.File("kit.json");
        Assert.NotEmpty(SettingsWriter.Write(path, Make([.. Enough, "start-key: F99", "broker: broker.example"])));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_person_is_asked_for_the_rest_and_an_empty_line_takes_what_is_offered()
    {
        using var said = new StringWriter();
        using var typed = new StringReader("kit-7\nÉcole\n1A\n\n\n\n\n\nhttps://enrol.example\n" + new string('a', 64) + "\n\n\n");
        var answers = new Answers();
        Assert.Empty(new Questions(null, typed, said, DevicesHere.None).Ask(answers));
        Assert.Equal(("kit-7", "fr", "https://enrol.example"), (answers["kit"], answers["language"], answers["server"]));
        Assert.Contains("[vectera]", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(new string('a', 64), KitFromAnswers.Make(answers, null, path => path).Enrolment!.Fingerprint);
    }

    [Theory]
    [InlineData("server: https://enrol.example", "authority")]
    [InlineData("code: AAAA-AAAA", "server")]
    public void Without_a_person_what_must_be_answered_is_named_at_once(string answer, string missing) =>
        Assert.Equal(["school", "room", missing], Asked(Parse(["kit: k1", answer]), null));

    [Fact]
    public void A_file_of_answers_is_told_all_that_is_wrong_with_it_and_nothing_that_stands_in_it()
    {
        var read = Answers.Parse("f", ["kit: a", "kit: b", "AAAA-BBBB", "colour: blue"]);
        Assert.Equal(["f:2: kit stands twice", "f:3: is no 'name: answer'"], read.Problems.Take(2).Select(problem => problem.ToString()));
        Assert.DoesNotContain(read.Problems, problem => problem.ToString().Contains("blue", StringComparison.Ordinal) || problem.ToString().Contains("AAAA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("hello", "does not hold a web address")]
    [InlineData("https://app.vectera.com/room/abc", "leads to a host that the meeting's description does not allow (allowed: www.vectera.com)")]
    [InlineData("", "is empty")]
    [InlineData("https://www.vectera.com/room/abc", null)]
    public void A_link_that_the_agent_would_refuse_is_refused_before_anything_is_done(string link, string? problem)
    {
        File.WriteAllText(folder.File("link"), link); // readable for all, as on a stick
        Assert.Equal(problem is null ? [] : [$"{folder.File("link")}: {problem}"], Problems($"link-file: {folder.File("link")}"));
    }

    [Theory]
    [InlineData("https://www.vectera.com/room/abc")]
    [InlineData("www.vectera.com/room/abc")]
    public void A_link_that_was_typed_for_its_file_is_not_repeated(string link) =>
        Assert.Equal(["answers: link-file is no file that there is: the link belongs in a file, and that file's name here"], Problems($"link-file: {link}"));

    [Theory]
    [InlineData("ca.pem", "'ca.pem' is neither a SHA-256 fingerprint nor a file's name with its folder (/…/ca.pem)", false)]
    [InlineData("/nowhere/ca.pem", "'/nowhere/ca.pem' does not exist", true)]
    public void An_authority_that_is_none_is_told_a_file_until_the_kit_has_its_own_copy(string authority, string problem, bool isFile)
    {
        string[] lines = ["server: https://enrol.example:8443", $"authority: {authority}"];
        Assert.Equal([$"answers: authority {problem}"], Problems(lines));
        File.WriteAllText(folder.File("no.pem"), "hello");
        Assert.Equal([$"answers: authority '{folder.File("no.pem")}' is no certificate in PEM"], Problems(lines[0], $"authority: {folder.File("no.pem")}"));
        Directory.CreateDirectory(folder.File("identity"));
        File.WriteAllText(folder.File("identity/kit.crt"), "");
        File.WriteAllText(folder.File("identity/kit.key"), "");
        Assert.Equal(isFile, !Problems(lines).Any());
    }

    /// <summary>The whole command below a folder, where no user is changed and no unit started.</summary>
    [Fact]
    public async Task A_setup_that_is_refused_writes_nothing_and_one_that_failed_is_not_finished()
    {
        var refused = folder.File("refused");
        await File.WriteAllLinesAsync(refused, [.. Enough, "meeting: zoom"], TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.SettingsHaveProblems, await Setup(refused));
        Assert.False(Directory.Exists(folder.File("root/etc")));

        Directory.CreateDirectory(folder.File("root/usr/share/classcontact/meeting"));
        File.Copy(Path.Combine(Checkout.Root, "configs/meeting/vectera.json"), folder.File("root/usr/share/classcontact/meeting/vectera.json"));
        var unreachable = folder.File("unreachable");
        await File.WriteAllLinesAsync(unreachable, [.. Enough, "server: https://127.0.0.1:9", $"authority: {new string('0', 64)}", "code: AAAA-AAAA"], TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Failed, await Setup(unreachable));
        Assert.True(File.Exists(folder.File("root/etc/classcontact/unfinished")));

        await File.WriteAllLinesAsync(unreachable, [.. Enough, "server:"], TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Ok, await Setup(unreachable));
        Assert.False(File.Exists(folder.File("root/etc/classcontact/unfinished")));
        Assert.True(File.Exists(folder.File("root/etc/classcontact/kit.json")));
    }

    [Fact]
    public async Task A_meeting_that_the_settings_name_beside_themselves_is_found_by_setup_and_by_an_upgrade()
    {
        var settings = folder.File("root/etc/classcontact");
        Directory.CreateDirectory(Path.Combine(settings, "meeting"));
        File.Copy(Path.Combine(Checkout.Root, "configs/meeting/vectera.json"), Path.Combine(settings, "meeting/ours.json"));
        var answers = folder.File("answers");
        await File.WriteAllLinesAsync(answers, [.. Enough, "meeting: /etc/classcontact/meeting/ours.json", "server:"], TestContext.Current.CancellationToken);
        var (kit, policy) = (Path.Combine(settings, "kit.json"), folder.File("root/etc/chromium/policies/managed/classcontact.json"));
        Assert.Equal(ExitCode.Ok, await Setup(answers));
        await File.WriteAllTextAsync(kit, (await File.ReadAllTextAsync(kit, TestContext.Current.CancellationToken)).Replace("/etc/classcontact/meeting", "meeting", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(answers, Enough, TestContext.Current.CancellationToken);
        File.Delete(policy);
        Assert.Equal(ExitCode.Ok, await Classcontact("setup", "--policy", "--root", folder.File("root")));
        Assert.True(File.Exists(policy));
        Assert.Equal(ExitCode.Ok, await Setup(answers));
        Assert.Contains("\"meeting/ours.json\"", await File.ReadAllTextAsync(kit, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void The_authoritys_file_is_taken_along_and_stays_when_the_stick_is_gone()
    {
        var kit = Make([.. Enough, "server: https://enrol.example:8443", $"authority: {folder.File("stick.pem")}"]);
        var (settings, kept) = (folder.File("kit.json"), folder.File("authority.pem"));
        Assert.Equal(folder.File("stick.pem"), KitInstallation.KeepAuthority(settings, kit).Enrolment!.CaFile); // which is not there
        File.WriteAllText(folder.File("stick.pem"), "as it is");
        Assert.Equal(kept, KitInstallation.KeepAuthority(settings, kit).Enrolment!.CaFile);
        File.Delete(folder.File("stick.pem"));
        Assert.Equal(kept, KitInstallation.KeepAuthority(settings, kit).Enrolment!.CaFile);
        Assert.Equal(kept, KitInstallation.KeepAuthority(settings, KitInstallation.KeepAuthority(settings, kit)).Enrolment!.CaFile);
        Assert.Equal("as it is", File.ReadAllText(kept));
    }

    [Fact]
    public void A_fingerprint_needs_no_file() => Assert.Empty(Problems("server: https://enrol.example:8443", $"authority: {new string('A', 64)}"));

    [Fact]
    public void A_meeting_that_is_not_there_is_told() =>
        Assert.Equal(["answers: meeting 'zoom' is not known: /usr/share/classcontact/meeting/zoom.json does not exist"],
            new AnswersCheck("answers", Parse(["meeting: zoom"])).Problems([], "/usr/share/classcontact/meeting/zoom.json", folder.Path).Select(problem => problem.Problem.ToString()));

    [Fact]
    public void Answers_of_another_encoding_and_a_folder_in_their_place_are_told()
    {
        var file = folder.File("answers");
        File.WriteAllBytes(file, [.. "kit: a\nschool: "u8, 0xC9, .. "cole\n"u8]); // Latin-1
        Assert.Equal([$"{file}:2: is not UTF-8 text here: save the file as UTF-8"], Answers.Read(file).Problems.Select(problem => problem.ToString()));
        Assert.Equal([$"{folder.Path}: is a folder, not a file"], Answers.Read(folder.Path).Problems.Select(problem => problem.ToString()));
        File.WriteAllText(file, "\uFEFFkit: a\r\nschool: École\r\n");
        Assert.Equal("École", Answers.Read(file).Value!["school"]);
    }

    [Fact]
    public void A_dash_takes_away_what_is_offered()
    {
        var before = Make([.. Enough, "server: https://enrol.example:8443", $"authority: {new string('a', 64)}", "broker: broker.example"]);
        using var typed = new StringReader("\n\n\n\n\n\n\n-\n-\n-\n\n");
        var answers = new Answers();
        Assert.Empty(new Questions(before, typed, TextWriter.Null, DevicesHere.None).Ask(answers));
        Assert.True(KitFromAnswers.Make(answers, before, path => path) is { Enrolment: null, Broker: null, ClassEnd.At: null, Kit: "bxl-0042" });
    }

    [Theory]
    [InlineData("class-end: 16h30", "answers: class-end '16h30' is not a time of day")]
    [InlineData("start-key: F99", "answers: start-key 'F99' ")]
    [InlineData("kit: Bruxelles 42", "answers: kit 'Bruxelles 42' is not a kit's name")]
    [InlineData("server: enrol.example", "answers: server is not an https address")]
    [InlineData("broker: broker.example", "answers: broker tls is missing: ")]
    public void What_is_wrong_with_an_answer_is_told_of_the_answer_and_not_of_a_file_that_is_not_there_yet(string line, string problem) =>
        Assert.StartsWith(problem, Assert.Single(ProblemsOf([.. Enough.Where(other => other.Split(':')[0] != line.Split(':')[0]), line,
            .. line.StartsWith("server", StringComparison.Ordinal) ? [$"authority: {new string('a', 64)}"] : Array.Empty<string>()])), StringComparison.Ordinal);

    [Fact]
    public void What_a_person_answered_wrongly_is_asked_again_and_nothing_else_is()
    {
        using var said = new StringWriter();
        using var typed = new StringReader("kit-7\n\n\n\n\n\n16h30\n-\n\n\nÉcole\n16:30\n");
        var answers = Parse(["room: 1A"]);
        Questions questions = new(null, typed, said, DevicesHere.None);
        Assert.Equal(["school"], questions.Ask(answers));
        Assert.True(questions.TakeBack(answers, ["school", "class-end"]));
        var asked = said.ToString().Length;
        Assert.Empty(questions.Ask(answers));
        Assert.Equal(("École", "16:30", "kit-7"), (answers["school"], answers["class-end"], answers["kit"]));
        Assert.EndsWith(" [16:30 12:45]: ", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(CliWords.Say("setup.ask.kit"), said.ToString()[asked..], StringComparison.Ordinal);
        Assert.Empty(questions.Ask(answers)); // nothing is open
        Assert.False(questions.TakeBack(answers, ["kit", "room"])); // the room is the file's
        Assert.False(questions.TakeBack(answers, ["kit", null]));
        Assert.False(questions.IsGivenUp);
    }

    [Fact]
    public void A_key_that_clashes_and_a_service_are_asked_with_what_goes_with_them()
    {
        using var typed = new StringReader("kit-7\nÉcole\n1A\n\n\nF10\n\n\nhttps://enrol.example\n\nAAAA-AAAA\n\nF7\nF10\n-\n/srv/link\n");
        var answers = Parse([]);
        Questions questions = new(null, typed, TextWriter.Null, DevicesHere.None);
        Assert.Equal(["authority"], questions.Ask(answers));
        Assert.True(questions.TakeBack(answers, ["authority", "end-key"])); // which nobody typed: it was offered, and taken
        Assert.Empty(questions.Ask(answers));
        Assert.Equal(("F7", "F10", "", "", "/srv/link"), (answers["start-key"], answers["end-key"], answers["server"], answers["code"], answers["link-file"]));
    }

    [Fact]
    public void A_person_who_gives_up_is_not_asked_again_and_nothing_comes_of_it()
    {
        using var typed = new StringReader("kit-7\nÉcole\n1A\n");
        var answers = Parse([]);
        Questions questions = new(null, typed, TextWriter.Null, DevicesHere.None);
        questions.Ask(answers);
        Assert.True(questions.IsGivenUp);
        Assert.False(questions.TakeBack(answers, ["kit"]));
    }

    [Fact]
    public void Which_camera_and_speakerphone_is_asked_where_there_is_a_choice_and_offered_again()
    {
        Directory.CreateDirectory(folder.File("proc/asound"));
        File.WriteAllText(folder.File("proc/asound/cards"), """
             0 [PCH            ]: HDA-Intel - HDA Intel PCH
                                  HDA Intel PCH at 0xf7510000 irq 31
             1 [USB            ]: USB-Audio - Jabra SPEAK 510 USB
                                  Jabra SPEAK 510 USB at usb-0000:00:14.0-1, full speed

            """);
        var devices = DevicesHere.Look(folder.Path);
        Assert.Equal(["HDA Intel PCH", "Jabra SPEAK 510 USB"], devices.Sound);
        Assert.Empty(devices.Cameras);
        using var said = new StringWriter();
        using var typed = new StringReader("kit-7\nÉcole\n1A\n\n\n\n\n\nJabra\n-\n\n\n");
        var answers = Parse([]);
        Assert.Empty(new Questions(null, typed, said, devices).Ask(answers));
        Assert.Contains("(here: HDA Intel PCH, Jabra SPEAK 510 USB)", said.ToString(), StringComparison.Ordinal);
        var kit = KitFromAnswers.Make(answers, null, path => path);
        Assert.Equal((new("Jabra"), null), (kit.Speakerphone, kit.Camera));
        Assert.Equal("Jabra", KitFromAnswers.Usual("speakerphone", kit));
        Assert.Null(Again(kit, "speakerphone:").Speakerphone);
        Assert.Equal(new("Jabra"), Again(kit).Speakerphone);
        Assert.Equal(new(Usb: "0b0e:0420"), Again(kit, "speakerphone: 0B0E:0420").Speakerphone);
        var byIds = kit with { Camera = new(Usb: "046d:085e"), Speakerphone = new(Absent: true) };
        Assert.Equal((byIds.Camera, byIds.Speakerphone), (Again(byIds).Camera, Again(byIds).Speakerphone));
        Assert.Equal((new("Owl"), new("Jabra")), (Again(byIds, "camera: Owl", "speakerphone: Jabra").Camera, Again(byIds, "camera: Owl", "speakerphone: Jabra").Speakerphone));

        KitSettings Again(KitSettings there, params string[] lines)
        {
            var again = Parse(lines);
            Assert.Empty(Asked(again, there));
            return KitFromAnswers.Make(again, there, path => path);
        }
    }

    [Fact]
    public void The_file_that_a_link_was_taken_from_is_closed_to_other_users()
    {
        var file = folder.File("link");
        File.WriteAllText(file, "https://meet.example/?key=abc\n");
        File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        Assert.Equal("setup.link-closed", KitInstallation.CloseToOthers(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Null(KitInstallation.CloseToOthers(file));
    }

    private IEnumerable<string> Problems(params string[] lines) => ProblemsOf([.. Enough, .. lines]);

    // By the description that the package has.
    private IEnumerable<string> ProblemsOf(string[] lines)
    {
        var answers = Parse(lines);
        Assert.Empty(Asked(answers, null));
        var settings = SettingsWriter.Problems("kit.json", KitFromAnswers.Make(answers, null, path => path));
        return new AnswersCheck("answers", answers).Problems(settings, Path.Combine(Checkout.Root, "configs/meeting/vectera.json"), folder.Path).Select(problem => problem.Problem.ToString());
    }

    private Task<int> Setup(string answers) => Classcontact("setup", "--root", folder.File("root"), "--answers", answers);

    private async Task<int> Classcontact(params string[] arguments) => await ChildProcess.Run("setup", folder.Path, Checkout.Built("src", "ClassContact.Agent", "classcontact"), arguments);

    private static Answers Parse(string[] lines) => Answers.Parse("answers", lines).Value!;

    private static KitSettings Make(string[] lines)
    {
        var answers = Parse(lines);
        Assert.Empty(Asked(answers, null));
        return KitFromAnswers.Make(answers, null, path => path);
    }

    private static IReadOnlyList<string> Asked(Answers answers, KitSettings? there) => new Questions(there, null, TextWriter.Null, DevicesHere.None).Ask(answers);
}
