using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace ClassContact.Agent.Tests.Meetings;

/// <summary><c>classcontact rehearse</c> at a kit whose meeting is Janus.</summary>
public sealed class RehearseTests : KitTests
{
    [Fact]
    public async Task A_meeting_that_matches_is_walked_to_its_end_and_closed_again()
    {
        await Kit.Agent.Kill();
        var (code, output) = await Kit.Agent.Command("rehearse");
        Assert.True(code == ExitCode.Ok, output);
        Assert.Contains("camera and microphone will open for a moment", output);
        Assert.Contains("(HTTP 200)", output);
        Assert.Contains("step 2: fill #username", output);
        Assert.Contains("the camera is open", output);
        Assert.Contains("the page has joined", output);
        await IsClosed(output);
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task The_first_step_that_does_not_match_is_named_with_the_file_to_change()
    {
        var file = Describe(meeting => meeting["steps"]![1]!["fill"] = "#user-name-of-old");
        await Kit.Agent.Kill();
        var (code, output) = await Kit.Agent.Command("rehearse", "--json");
        Assert.Equal(ExitCode.Failed, code);
        using var document = JsonDocument.Parse(output[output.IndexOf('{')..]);
        var points = document.RootElement.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(
            ["browser ok", "page ok", "host ok", "step ok 1", "step failed 2", "standby ok"],
            points.Select(p => $"{p.GetProperty("point")} {p.GetProperty("result")} {(p.TryGetProperty("number", out var n) ? n : "")}".Trim()));
        Assert.Equal("#user-name-of-old", points[4].GetProperty("selector").GetString());
        var remedy = document.RootElement.GetProperty("remedy").GetString();
        Assert.Contains("Step 2 of 3", remedy);
        Assert.Contains(file, remedy);
        await IsClosed(output);
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_meeting_that_never_shows_that_it_has_joined_is_named_by_that()
    {
        Describe(meeting => meeting["joined"] = "#joined-of-old");
        await Kit.Agent.Kill();
        var (code, output) = await Kit.Agent.Command("rehearse");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("FAILED", output);
        Assert.Contains("has joined: #joined-of-old", output);
        await IsClosed(output);
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_server_that_is_down_is_told_and_nothing_opens()
    {
        await Kit.Meeting.Kill();
        await Kit.Agent.Kill();
        var (code, output) = await Kit.Agent.Command("rehearse");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("net::ERR_CONNECTION_REFUSED", output);
        Assert.DoesNotContain("camera is open", output);
        await IsClosed(output);
    }

    [Fact]
    public async Task Beside_an_agent_it_is_refused_and_the_command_that_stops_it_is_named()
    {
        var (code, output) = await Kit.Agent.Command("rehearse");
        Assert.Equal(ExitCode.AnotherRuns, code);
        Assert.Contains("systemctl stop classcontact-agent", output);
        await OpenTheClass();
        await Kit.Agent.Kill(); // and the class goes on
        (code, output) = await Kit.Agent.Command("rehearse");
        Assert.Equal(ExitCode.Refused, code);
        Assert.Equal("http:", await Kit.Kiosk.Ask("location.protocol"));
    }

    private async Task IsClosed(string output)
    {
        Assert.DoesNotContain(Secret, output);
        Assert.DoesNotContain("127.0.0.1", output);
        Assert.Equal("file:", await Kit.Kiosk.Ask("location.protocol"));
        Assert.Equal("1", await Kit.Kiosk.Ask("history.length"));
    }

    private string Describe(Action<JsonNode> change)
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var meeting = JsonNode.Parse(File.ReadAllText(Kit.Meeting.Description), null, options)!;
        change(meeting);
        var file = Path.Combine(Kit.Folder, "meeting.json");
        File.WriteAllText(file, meeting.ToJsonString());
        var kit = JsonNode.Parse(File.ReadAllText(Kit.Agent.Settings))!;
        kit["meeting"]!["description"] = file;
        File.WriteAllText(Kit.Agent.Settings, kit.ToJsonString());
        return file;
    }
}
