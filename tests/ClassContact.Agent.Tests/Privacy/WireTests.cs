using System.Text.Json;
using ClassContact.Agent.Privacy;
using ClassContact.Classroom;
using ClassContact.Messages;
using ClassContact.Messages.Tests;
using Xunit;

namespace ClassContact.Agent.Tests.Privacy;

/// <summary>
/// What brokers saw in the whole run of these tests, compared with what <c>classcontact privacy</c> lists. Runs last (<see cref="WholeRun"/>), for it
/// is about all the others.
/// </summary>
[Collection(WholeRun.Last)]
public sealed class WireTests
{
    private static readonly IReadOnlyList<(bool Retained, string Topic, string Document)> Heard =
    [
        .. WholeKit.HeardOfAll.Select(line => line.Split(' ', 3)).Select(parts => (parts[0] == "1", parts[1], parts[2])),
    ];

    private static readonly HashSet<string> Listed =
    [
        .. PrivacyDocument.Current.Mqtt.SelectMany(c => c.Fields.Select(f => $"{Name(c.Channel)} {(c.Retained ? "retained" : "passed on")}: {f.Path}")),
    ];

    [Fact]
    public void Nothing_left_a_kit_that_is_not_listed()
    {
        Assert.SkipWhen(Heard.Count == 0, "no test with a whole kit ran");
        Assert.Empty(Seen().Except(Listed));
    }

    [Fact]
    public void Nothing_is_listed_that_no_kit_ever_sent()
    {
        var left = WholeRun.Left;
        Assert.SkipWhen(left.Count > 0, $"{left.Count} tests did not run before this one: {string.Join(", ", left.Take(3))}…");
        Assert.Empty(Listed.Except(Seen()));
    }

    [Fact]
    public void Everything_that_a_kit_told_is_as_the_contract_says()
    {
        Assert.SkipWhen(Heard.Count == 0, "no test with a whole kit ran");
        var contract = WireContract.Read();
        var (check, messages) = (new SchemaCheck(contract), contract.GetProperty("components").GetProperty("messages"));
        Assert.Empty(Heard.SelectMany(line =>
        {
            Assert.True(Topic.TryParse(line.Topic, out var topic), $"a kit told something at {line.Topic}");
            if (topic.Channel is Channel.Request || line.Document.Length == 0)
                return []; // it came to the kit, garbage too; or takes a document back
            var message = messages.GetProperty(Name(topic.Channel));
            return check.Problems(message.GetProperty("payload"), JsonElement.Parse(line.Document)).Select(problem => $"{line.Topic}: {problem}");
        }).Distinct());
    }

    private static HashSet<string> Seen()
    {
        var seen = new HashSet<string>();
        foreach (var (retained, name, document) in Heard)
        {
            Assert.True(Topic.TryParse(name, out var topic), $"a kit told something at {name}");
            if (topic.Channel is Channel.Request)
                continue; // it came to the kit
            seen.UnionWith(JsonPaths.Of(document).Select(path => $"{Name(topic.Channel)} {(retained ? "retained" : "passed on")}: {path}"));
        }
        return seen;
    }

    private static string Name(Channel channel) => Topic.OfKit(KitId.Parse("kit"), channel).Split('/')[3];
}
