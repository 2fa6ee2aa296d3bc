using System.Text.Json;
using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.Mqtt;
using Xunit;

namespace ClassContact.Agent.Tests.Link;

/// <summary>A link to what only looks like a broker: it never counts as one, and the log says why.</summary>
[Trait("Kit", "none")]
public sealed class BadBrokerLinkTests
{
    private static readonly byte[] Garbage = [0xFF, 0x00, 0xFF];

    // MQTTnet takes the first octets for a packet and ends the connection itself, with one of two reasons.
    private static readonly string NoMqtt = MqttLibrary.Name == "MQTTnet" ? "connection lost: the broker" : "the broker sent what is not MQTT 5";

    public static TheoryData<string, string> Kinds => new()
    {
        { "dumb", "connection lost: no acknowledgement for 1 s" },
        { "closes at every publish", "connection lost: the broker closed the connection" },
        { "garbage", NoMqtt },
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
        var other = authority.Client("try-kit-02");
        await using var agent = Start(folder, other);
        Directory.CreateDirectory(agent.RunFolder); // it never comes so far, and the end of the test takes it away
        Assert.Equal(ExitCode.SettingsHaveProblems, await agent.Process.Ended().WaitAsync(WaitFor.Generous));
        Assert.Contains($"broker.tls.certificateFile '{other.CertificateFile}' is made out to 'try-kit-02' (its CN), and this kit is 'try-kit-01' (field kit)", agent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_whose_certificate_is_gone_starts_and_names_it()
    {
        using var folder = new TestFolder();
        using var authority = new TestAuthority();
        var own = authority.Client("try-kit-01");
        File.Delete(own.CertificateFile!);
        var gone = $"tls.certificateFile '{own.CertificateFile}' cannot be read: it does not exist";
        await using var agent = Start(folder, own);
        var status = await WaitFor.That("the agent with its trouble and its check", agent.Status, seen => Trouble(seen) is not null && Certificate(seen) is not null);
        Assert.Equal(gone, Trouble(status));
        Assert.Equal("unreadable", Certificate(status)!.Value.GetProperty("reason").GetString());
        var log = string.Concat(Directory.EnumerateFiles(agent.Logs).Select(File.ReadAllText));
        Assert.Contains("No link to the broker", log, StringComparison.Ordinal);
        Assert.Contains(gone, log, StringComparison.Ordinal);

        static string? Trouble(JsonElement? status) =>
            status is { } seen && seen.GetProperty("broker").TryGetProperty("trouble", out var trouble) ? trouble.GetString() : null;

        // Each check is in the status as soon as it was looked at, the first ones before this one.
        static JsonElement? Certificate(JsonElement? status) =>
            status is { } seen ? seen.GetProperty("health").GetProperty("checks").EnumerateArray().Cast<JsonElement?>().FirstOrDefault(one => one!.Value.GetProperty("code").GetString() == "kit-certificate") : null;
    }

    private static AgentProcess Start(TestFolder folder, TlsFiles files) => AgentProcess.Start(folder.Path, "http://127.0.0.1:1/", folder.Path, null, change: settings =>
        settings["broker"] = new JsonObject
        {
            ["host"] = "broker.invalid",
            ["tls"] = new JsonObject { ["caFile"] = files.CaFile, ["certificateFile"] = files.CertificateFile, ["keyFile"] = files.KeyFile },
        });
}
