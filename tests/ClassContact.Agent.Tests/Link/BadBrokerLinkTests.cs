using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Link;

/// <summary>A link to what only looks like a broker: it never counts as one, and the log says why.</summary>
public sealed class BadBrokerLinkTests
{
    private static readonly byte[] Garbage = [0xFF, 0x00, 0xFF];

    public static TheoryData<string, string> Kinds => new()
    {
        { "dumb", "connection lost: no acknowledgement for 1 s" },
        { "closes at every publish", "connection lost: the broker closed the connection" },
        { "garbage", "the broker sent what is not MQTT 5" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_acknowledges_nothing_is_no_link(string kind, string why)
    {
        await using var broker = kind switch
        {
            "dumb" => BadBroker.Dumb(),
            "garbage" => BadBroker.After(async (stream, ct) => await stream.WriteAsync(Garbage, ct)),
            _ => BadBroker.After((stream, ct) => BadBroker.Next(stream, ct)),
        };
        await using var link = new LinkUnderTest(broker.Settings);
        link.Worker.Tell("agent-started");
        var wasConnected = false;
        await WaitFor.That("three connections that came to nothing", () =>
        {
            wasConnected |= link.Worker.Status.IsConnected;
            return broker.Taken > 3;
        });
        Assert.False(wasConnected);
        Assert.Equal(1, link.Worker.Status.Waiting);
        Assert.Contains(why, link.Worker.Status.Trouble, StringComparison.Ordinal);
        Assert.Contains(link.Lines, line => line.Contains($"No link to the broker {broker.Settings.Address}: ", StringComparison.Ordinal) && line.Contains(why, StringComparison.Ordinal));
        Assert.DoesNotContain(link.Lines, line => line.Contains("Connected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_with_another_kits_certificate_does_not_start_and_says_why()
    {
        using var folder = new TestFolder();
        using var authority = new TestAuthority();
        var (own, other) = (authority.Client("try-kit-01"), authority.Client("try-kit-02"));
        await using var agent = AgentProcess.Start(folder.Path, "http://127.0.0.1:1/", folder.Path, null, change: settings => settings["broker"] = new System.Text.Json.Nodes.JsonObject
        {
            ["host"] = "broker.invalid",
            ["tls"] = new System.Text.Json.Nodes.JsonObject { ["caFile"] = own.CaFile, ["certificateFile"] = other.CertificateFile, ["keyFile"] = other.KeyFile },
        });
        Assert.Equal(ExitCode.SettingsHaveProblems, await agent.Process.Ended().WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains($"broker.tls.certificateFile '{other.CertificateFile}' is made out to 'try-kit-02' (its CN), and this kit is 'try-kit-01' (field kit)", agent.Output, StringComparison.Ordinal);
    }
}
