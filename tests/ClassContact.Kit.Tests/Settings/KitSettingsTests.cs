using System.Runtime.Versioning;
using ClassContact.Kit.Settings;
using Xunit;

namespace ClassContact.Kit.Tests.Settings;

[SupportedOSPlatform("linux")]
public class KitSettingsTests
{
    [Fact]
    public void A_good_kit_has_no_problems_and_its_defaults()
    {
        using var folder = new SettingsFolder();
        var setup = Setup.Read(folder.File("kit.json"));
        Assert.Empty(setup.Problems);
        Assert.True(setup.IsGood);
        Assert.Equal(new FolderSettings(), setup.Value!.Folders);
        Assert.Equal("fr", setup.Value.Kit.Language);
    }

    [Fact]
    public void A_calendar_that_is_no_good_is_named_and_leaves_a_kit_that_works()
    {
        using var folder = new SettingsFolder();
        File.WriteAllText(folder.File("holidays.ics"), "BEGIN:VCALENDAR\nnonsense\n");
        var kit = folder.File("kit.json");
        File.WriteAllText(kit, File.ReadAllText(kit).Replace("\"school\"", "\"holidays\": \"holidays.ics\", \"school\"", StringComparison.Ordinal));
        var setup = Setup.Read(kit);
        Assert.False(setup.IsGood);
        Assert.All(setup.Problems, p => Assert.EndsWith("holidays.ics", p.File, StringComparison.Ordinal));
        Assert.True(setup.Value!.IsCalendarBroken);
        Assert.False(setup.Value.Calendar.IsHoliday(new(2026, 12, 25)));
    }

    [Fact]
    public void A_thoroughly_broken_file_has_every_problem_of_its_shape_named_in_one_pass() =>
        Assert.Equal(
            [
                "kit.json:2: kit must be a text in quotes",
                "kit.json:3: Room is not a setting (known here: kit, school, room, meeting, keys, broker, language, folders, log, camera, speakerphone, computer, network, holidays, metricsSeconds, classEnd, callButton, outbox, enrolment, requests, door)",
                "kit.json:4: meeting.linkfile is not a setting (known here: description, linkFile)",
                "kit.json:4: meeting.description must be a text in quotes",
                "kit.json:4: meeting.linkFile is missing",
                "kit.json:6: keys.start may not be null: leave the line out instead",
                "kit.json:7: keys.end stands twice",
                "kit.json:9: broker.port must be a whole number",
                "kit.json:9: broker.tls must be an object { … }",
                "kit.json:9: broker.answerSeconds must be a whole number",
                "kit.json:9: broker.host is missing",
                "kit.json:10: language must be a text in quotes",
                "kit.json:11: folders must be an object { … }",
                "kit.json:12: log.files must be a whole number",
                "kit.json:12: log.level must be a text in quotes",
                "kit.json:1: school is missing",
                "kit.json:1: room is missing",
            ],
            SettingsFolder.ProblemsOf("""
                {
                  "kit": 42,
                  "Room": "Local 12",
                  "meeting": { "linkfile": "x", "description": ["a"] },
                  "keys": {
                    "start": null,
                    "end": "F10", "end": "F11"
                  },
                  "broker": { "port": "8883", "tls": true, "answerSeconds": 1.5 },
                  "language": true,
                  "folders": [],
                  "log": { "files": 1e3, "level": {} }
                }
                """));

    [Fact]
    public void What_the_shape_cannot_say_is_named_with_its_line_too_and_so_are_the_other_files()
    {
        using var folder = new SettingsFolder();
        folder.Write("kit.json", """
            {
              "kit": "Kit 42", // no capitals, no blanks
              "school": " ",
              "room": "12345678901234567890123456789012345678901",
              "meeting": { "description": "meeting.json", "linkFile": "nowhere" },
              "keys": {
                "start": "F99",
                "end": "F10",
              },
              "broker": {
                "host": "broker.example.org",
                "port": 0,
                "keepAliveSeconds": 4,
              },
              "language": "nl",
              "log": { "fileMegabytes": 0, "files": 1,
                "level": "loud" },
            }
            """);
        Assert.Equal(
            [
                "kit.json:2: kit 'Kit 42' is not a kit's name (2 to 63 of a-z, 0-9 and '-', beginning with a letter or digit)",
                "kit.json:3: school must be 1 to 80 characters",
                "kit.json:4: room must be 1 to 40 characters",
                "kit.json:15: language 'nl' is not there (known: en, fr)",
                "kit.json:7: keys.start 'F99' is not a key; near it are F9, F19",
                "kit.json:10: broker.tls is missing: without it only a broker on this machine is accepted, not 'broker.example.org'",
                "kit.json:12: broker.port 0 is not a port (1..65535)",
                "kit.json:13: broker.keepAliveSeconds 4 is outside 5..600",
                "kit.json:16: log.fileMegabytes 0 is outside 1..100",
                "kit.json:16: log.files 1 is outside 2..100",
                "kit.json:17: log.level 'loud' is not one of debug, information, warning, error",
                "nowhere: does not exist",
            ],
            folder.Problems().Order(StringComparer.Ordinal).OrderBy(p => Array.FindIndex(
                ["kit '", "school", "room", "language", "keys.", "broker.tls", "broker.p", "broker.k", "log.fileM", "log.files", "log.l", "nowhere"], p.Contains)));
    }

    [Theory]
    [InlineData("null", "kit.json:1: may not be null: leave the line out instead")]
    [InlineData("[]", "kit.json:1: must be an object { … }")]
    [InlineData("\n\n  \"kit\"", "kit.json:3: must be an object { … }")]
    [InlineData("42", "kit.json:1: must be an object { … }")]
    public void A_document_that_is_no_object_is_refused(string text, string problem) => Assert.Equal([problem], SettingsFolder.ProblemsOf(text));

    [Theory]
    [InlineData("99999999999")]
    [InlineData("-99999999999999999999999999")]
    [InlineData("1e400")]
    [InlineData("1.0")]
    [InlineData("true")]
    [InlineData("\"1883\"")]
    [InlineData("[1883]")]
    public void A_number_that_is_none_or_far_too_large_is_named(string port)
    {
        var kit = SettingsFolder.KitWith($$"""  "broker": { "host": "localhost", "port": {{port}} }""");
        Assert.Equal(["kit.json:6: broker.port must be a whole number"], SettingsFolder.ProblemsOf(kit));
    }

    // The most likely mistake: the link itself where its file's name belongs. A problem is shown, logged and sent by mail.
    [Theory]
    [InlineData("\"linkFile\": \"link\"", "\"linkFile\": \"SECRET\"")]
    [InlineData("\"description\": \"meeting.json\"", "\"description\": \"SECRET\"")]
    [InlineData("\"kit\": \"kit-0042\"", "\"kit\": \"SECRET\"")]
    [InlineData("\"kit\": \"kit-0042\"", "\"language\": \"SECRET\", \"kit\": \"kit-0042\"")]
    [InlineData("\"kit\": \"kit-0042\"", "\"keys\": { \"start\": \"SECRET\" }, \"kit\": \"kit-0042\"")]
    [InlineData("\"kit\": \"kit-0042\"", "\"broker\": { \"host\": \"SECRET\" }, \"kit\": \"kit-0042\"")]
    [InlineData("\"kit\": \"kit-0042\"", "\"broker\": { \"host\": \"localhost\", \"tls\": { \"caFile\": \"SECRET\" } }, \"kit\": \"kit-0042\"")]
    [InlineData("\"kit\": \"kit-0042\"", "\"log\": { \"level\": \"SECRET\" }, \"kit\": \"kit-0042\"")]
    [InlineData("\"kit\": \"kit-0042\"", "\"SECRET\": 1, \"kit\": \"kit-0042\"")]
    public void A_link_pasted_into_the_wrong_place_is_in_no_problem(string good, string wrong)
    {
        foreach (var link in new[] { SettingsFolder.Link, SettingsFolder.Link.ToUpperInvariant() })
        {
            var problems = SettingsFolder.ProblemsOf(SettingsFolder.Kit.Replace(good, wrong.Replace("SECRET", link, StringComparison.Ordinal), StringComparison.Ordinal));
            Assert.NotEmpty(problems);
            Assert.All(problems, p => Assert.DoesNotContain("aVerySecretAccessKey", p, StringComparison.OrdinalIgnoreCase));
            Assert.All(problems, p => Assert.DoesNotContain("team", p, StringComparison.OrdinalIgnoreCase));
        }
    }

    // Joined to the settings' folder, an empty path would be that folder itself.
    [Theory]
    [InlineData("""  "folders": { "data": "" }""", "kit.json:6: folders.data is empty; leave it out for the usual folder")]
    [InlineData("""  "folders": { "run": "  " }""", "kit.json:6: folders.run is empty; leave it out for the usual folder")]
    [InlineData("""  "callButton": { "port": "/dev/" }""", "kit.json:6: callButton.port '/dev/' must be a full path in /dev, such as /dev/serial/by-id/…")]
    public void A_path_that_names_nothing_is_refused(string field, string problem) =>
        Assert.Equal([problem], SettingsFolder.ProblemsOf(SettingsFolder.KitWith(field)));

    [Fact]
    public void Relative_paths_begin_at_the_folder_of_the_settings_file()
    {
        using var folder = new SettingsFolder();
        folder.Write("ca.pem", "PEM");
        folder.Write("kit.json", SettingsFolder.KitWith(
            """  "folders": { "run": "run" }, "broker": { "host": "broker.example.org", "tls": { "caFile": "ca.pem" } }"""));
        var setup = Setup.Read(folder.File("kit.json"));
        Assert.Empty(setup.Problems);
        Assert.Equal(folder.File("ca.pem"), setup.Value!.Kit.Broker!.Tls!.CaFile);
        Assert.Equal(new FolderSettings(Run: folder.File("run")), setup.Value.Folders);
    }
}
