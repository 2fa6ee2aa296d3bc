using System.Runtime.Versioning;
using ClassContact.Kit.Settings;
using ClassContact.Kit.Tests.House;
using Xunit;

namespace ClassContact.Kit.Tests.Settings;

[SupportedOSPlatform("linux")]
public class MeetingDescriptionTests
{
    private static IReadOnlyList<string> Problems(string meeting)
    {
        using var folder = new SettingsFolder();
        folder.Write("meeting.json", meeting);
        return folder.Problems();
    }

    [Theory]
    [InlineData("janus", "127.0.0.1")]
    [InlineData("vectera", "www.vectera.com")]
    public void The_descriptions_that_come_with_the_software_are_good(string name, string host)
    {
        var read = SettingsFile.Read(Repository.File($"configs/meeting/{name}.json"), SettingsJson.Default.MeetingDescription, m => m.Problems());
        Assert.Empty(read.Problems);
        Assert.Equal((name, host), (read.Value!.Name, Assert.Single(read.Value.Hosts)));
    }

    [Theory]
    [InlineData("joined", " ", "joined is empty; leave it out instead")]
    [InlineData("empty", "div:has-text(personne)", "empty 'div:has-text(personne)' is not CSS: a browser selects by tags, classes and attributes, not by text")]
    [InlineData("empty", "a[[[", "empty 'a[[[' has a bracket without its other half")]
    public void What_is_plainly_no_selector_is_named(string field, string selector, string problem) =>
        Assert.Equal([$"meeting.json:1: {problem}"], Problems($$"""{ "name": "test", "hosts": ["127.0.0.1"], "{{field}}": "{{selector}}" }"""));

    [Fact]
    public void Every_problem_is_named_with_the_line_of_its_step() =>
        Assert.Equal(
            [
                "meeting.json:2: name must be 1 to 40 characters",
                "meeting.json:4: hosts[0] 'https:' is not a host name (no scheme, no port, no path, no *)",
                "meeting.json:6: hosts[2] '*.vectera.com' is not a host name (no scheme, no port, no path, no *)",
                "meeting.json:7: hosts[3] 'www.vectera.com:443' is not a host name (no scheme, no port, no path, no *)",
                "meeting.json:8: hosts[4] '' is not a host name (no scheme, no port, no path, no *)",
                "meeting.json:11: steps[0].waitFor, click, fill: exactly one of the three must be there, with a selector",
                "meeting.json:13: steps[2].waitFor, click, fill: exactly one of the three must be there, with a selector",
                "meeting.json:14: steps[3].waitFor, click, fill: exactly one of the three must be there, with a selector",
                "meeting.json:15: steps[4].with and fill go together",
                "meeting.json:16: steps[5].with and fill go together",
                "meeting.json:18: steps[6].seconds 61 is outside 1..60",
            ],
            Problems("""
                {
                  "name": "",
                  "hosts": [
                    "https:",
                    "www.vectera.com",
                    "*.vectera.com",
                    "www.vectera.com:443",
                    "",
                  ],
                  "steps": [
                    {},
                    { "click": "a" },
                    { "click": "a", "waitFor": "b" },
                    { "click": " " },
                    { "fill": "a" },
                    { "click": "a", "with": "b" },
                    { "click": "a",
                      "seconds": 61 }
                  ]
                }
                """));

    [Fact]
    public void Shapes_are_checked_inside_lists_and_tables() =>
        Assert.Equal(
            [
                "meeting.json:1: hosts[0] must be a text in quotes",
                "meeting.json:1: hosts[1] may not be null: leave the line out instead",
                "meeting.json:2: steps[0] must be an object { … }",
                "meeting.json:2: steps[1].optional must be true or false",
                "meeting.json:2: steps[1].clik is not a setting (known here: waitFor, click, fill, with, seconds, optional)",
                "meeting.json:3: query.share must be a text in quotes",
                "meeting.json:3: query.share stands twice",
                "meeting.json:3: query.a.b may not be null: leave the line out instead",
            ],
            Problems("""
                { "name": "x", "hosts": [1, null],
                  "steps": ["click", { "optional": 1, "clik": "a" }],
                  "query": { "share": 1, "share": "audio", "a.b": null } }
                """));

    [Theory]
    [InlineData("""{ "name": "x", "hosts": [] }""", "meeting.json:1: hosts is empty: no link would be allowed")]
    [InlineData("""{ "name": "x", "hosts": "www.vectera.com" }""", "meeting.json:1: hosts must be a list [ … ]")]
    [InlineData("""{ "name": "x" }""", "meeting.json:1: hosts is missing")]
    [InlineData("""{ "name": "x", "hosts": ["a"], "query": [] }""", "meeting.json:1: query must be an object { … }")]
    public void A_description_that_cannot_work_is_refused(string meeting, string problem) => Assert.Contains(problem, Problems(meeting));

    [Theory]
    [InlineData(SettingsFolder.Link)]
    [InlineData("www.vectera.com/meet/team/room/?key=aVerySecretAccessKey")]
    public void A_link_pasted_as_a_host_is_refused_and_not_repeated(string link)
    {
        var problem = Assert.Single(Problems($$"""{ "name": "x", "hosts": ["{{link}}"] }"""));
        Assert.StartsWith("meeting.json:1: hosts[0] ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("aVerySecretAccessKey", problem, StringComparison.Ordinal);
    }
}
