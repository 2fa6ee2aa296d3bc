using System.Text.Json;
using ClassContact.Agent.Tests.Link;
using ClassContact.Agent.Watch;
using ClassContact.Classroom;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Spectre.Console;
using Xunit;

namespace ClassContact.Agent.Tests.Watch;

/// <summary><c>watch</c> against a real Mosquitto, into a text.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Once_prints_a_kit_with_its_call_and_skips_what_cannot_be_read()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(LinkUnderTest.To(broker));
        link.Worker.Show(LinkUnderTest.Call(CallPhase.Open));
        await Desk.Kept<CallStatus>(broker, Channel.Call);
        await Publish(broker, "classcontact/v1/kit-2/presence", "garbage"u8.ToArray());
        await Publish(broker, "classcontact/v1/kit-3/call", new byte[200_000]);
        await Publish(broker, "classcontact/v1/NOT-A-KIT/about", "{}"u8.ToArray());
        Assert.Equal(ExitCode.Ok, await Run(broker));
        var row = Assert.Single(output.ToString().Split('\n'), line => line.Contains("kit-", StringComparison.Ordinal));
        Assert.Contains("? online", row, StringComparison.Ordinal);
        Assert.Contains("open", row, StringComparison.Ordinal);
        Assert.Contains("3 messages could not be read", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output.ToString());
    }

    [Fact]
    public async Task Once_as_json_is_an_object_a_line()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(LinkUnderTest.To(broker));
        link.Worker.Show(LinkUnderTest.Call(CallPhase.WithPupil));
        await Desk.Kept<CallStatus>(broker, Channel.Call);
        Assert.Equal(ExitCode.Ok, await Run(broker, json: true));
        var kit = JsonDocument.Parse(Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;
        Assert.Equal(("kit-1", "with-pupil", "age-unknown"), (Text("kit"), Text("call"), Text("freshness")));
        Assert.Equal(link.About.School, kit.GetProperty("about").GetProperty("school").GetString());

        string? Text(string field) => kit.GetProperty(field).GetString();
    }

    [Fact]
    public async Task Hostile_health_is_counted_and_never_shown_or_obeyed()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(LinkUnderTest.To(broker));
        await Desk.Kept<About>(broker, Channel.About);
        const string Stamp = "\"v\":1,\"at\":\"2026-11-23T08:30:00Z\",\"uptime\":1,\"clock\":\"synced\",\"boot\":\"0123456789abcdef\",\"session\":\"0123456789abcdef\"";
        const string Start = "{" + Stamp + ",\"state\":\"ready\",\"since\":\"2026-11-23T08:30:00Z\",\"checks\":";
        string[] hostile =
        [
            "garbage", "[]", "{}", "null", new string('[', 60_000), Start + "[null]}", Start + "[{}]}", Start + "null}", "{" + Stamp + "}",
            Start + "[{\"code\":\"a\",\"severity\":\"stops-calls\",\"verdict\":\"fail\",\"since\":\"2026-11-23T08:30:00Z\",\"measures\":[{\"name\":\"x\",\"value\":1e999,\"unit\":\"1\"}]}]}",
            Start + "[{\"code\":\"a\",\"severity\":7,\"verdict\":\"fail\",\"since\":\"2026-11-23T08:30:00Z\"}]}",
            Start + "[" + new string(' ', 200_000) + "]}",
        ];
        for (var i = 0; i < hostile.Length; i++)
            await Publish(broker, $"classcontact/v1/bad-kit-{i}/health", System.Text.Encoding.UTF8.GetBytes(hostile[i]));
        await Publish(broker, "classcontact/v1/kit-1/health/deeper", "x"u8.ToArray()); // not subscribed to
        await Publish(broker, "classcontact/v1/kit-9/health", System.Text.Encoding.UTF8.GetBytes(
            Start + "[{\"code\":\"\\u001b[2J\",\"severity\":\"informs\",\"verdict\":\"fail\",\"since\":\"0001-01-01T00:00:00Z\"}],\"worst\":\"\\u001b[2J\",\"more\":{}}"));
        foreach (var json in new[] { false, true })
            Assert.Equal(ExitCode.Ok, await Run(broker, json));
        Assert.Contains($"{hostile.Length} messages could not be read", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output.ToString());
        Assert.Contains("kit-9", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kit-1", ExitCode.Ok)]
    [InlineData("kit-2", ExitCode.Failed)]
    public async Task Only_the_kits_asked_for_are_shown(string kit, int expected)
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(LinkUnderTest.To(broker));
        await Desk.Kept<About>(broker, Channel.About);
        Assert.Equal(expected, await Run(broker, kits: [KitId.Parse(kit)]));
    }

    [Fact]
    public async Task Without_a_broker_it_says_so_and_ends_with_4()
    {
        var options = new WatchOptions(new("127.0.0.1", FreePort.Next()), [], Once: true, null, Json: false);
        Assert.Equal(ExitCode.CannotBeReached, await new WatchRun(options, Console(), output, error, TimeProvider.System).Run(CancellationToken.None));
        Assert.Contains("Connection refused", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Followed_without_a_terminal_each_change_is_a_line()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(LinkUnderTest.To(broker));
        link.Worker.Show(LinkUnderTest.Call(CallPhase.Standby));
        using var stop = new CancellationTokenSource();
        var synchronized = TextWriter.Synchronized(output);
        var options = new WatchOptions(LinkUnderTest.To(broker), [], Once: false, null, Json: false);
        var running = new WatchRun(options, Console(), synchronized, error, TimeProvider.System).Run(stop.Token);
        await WaitFor.That("standby", () => Lines().Any(line => line.Contains("standby", StringComparison.Ordinal)));
        link.Worker.Show(LinkUnderTest.Call(CallPhase.Faulted));
        await WaitFor.That("faulted", () => Lines().Any(line => line.Contains("faulted", StringComparison.Ordinal)));
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Ok, await running.WaitAsync(WaitFor.Generous));

        string[] Lines()
        {
            lock (synchronized) // as each of its members does
                return output.ToString().Split('\n');
        }
    }

    [Fact]
    public async Task A_call_for_help_has_a_line_of_its_own_once()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(LinkUnderTest.To(broker));
        await Desk.Kept<About>(broker, Channel.About);
        using var stop = new CancellationTokenSource();
        var synchronized = TextWriter.Synchronized(output);
        var options = new WatchOptions(LinkUnderTest.To(broker), [], Once: false, null, Json: false);
        var running = new WatchRun(options, Console(), synchronized, error, TimeProvider.System).Run(stop.Token);
        await WaitFor.That("the kit", () => Text().Contains("kit-1", StringComparison.Ordinal));
        link.Worker.Tell("help", "page-not-loaded", help: new(CallPhase.Faulted, DateTimeOffset.UnixEpoch, ["camera"], [new("camera-present", "none\u001b")], []));
        await WaitFor.That("the call for help", () => Text().Contains('☎'));
        link.Worker.Show(LinkUnderTest.Call(CallPhase.Faulted));
        await WaitFor.That("the next change", () => Text().Split('\n').Any(line => line.Contains("faulted", StringComparison.Ordinal) && !line.Contains('☎')));
        await stop.CancelAsync();
        await running.WaitAsync(WaitFor.Generous);
        var line = Assert.Single(Text().Split('\n'), line => line.Contains('☎'));
        Assert.Matches(@"kit-1  École .*ASKS FOR HELP: ✗ faulted; page-not-loaded; no camera; camera-present: none$", line.TrimEnd());
        Assert.Contains("ASKS FOR HELP (", Text(), StringComparison.Ordinal);

        string Text()
        {
            lock (synchronized)
                return output.ToString();
        }
    }

    [Theory]
    [InlineData("watch --kit A_B", "'A_B'")]
    [InlineData("watch --seconds 0", "--seconds")]
    [InlineData("watch --port 0", "--port 0 is not a port (1..65535)")]
    [InlineData("watch --broker host:1", "--broker 'host:1' is not a host name or an address")]
    [InlineData("watch --broker ''", "--broker is empty")]
    [InlineData("watch --ca /nowhere", "--ca '/nowhere' cannot be read: it does not exist")]
    [InlineData("watch --key /nowhere", "--cert is missing: --key is there, and the two come together")]
    [InlineData("watch --colour", "--colour")]
    public void A_wrong_command_line_is_refused_in_its_own_words(string line, string why) =>
        Assert.Contains(
            new System.CommandLine.RootCommand { WatchCommand.Create() }.Parse(line.Replace("''", "\"\"", StringComparison.Ordinal)).Errors,
            error => error.Message.Contains(why, StringComparison.Ordinal));

    [Theory]
    [InlineData("watch")]
    [InlineData("watch --once --json --kit kit-1 kit-2 --kit kit-3 --seconds 5")]
    [InlineData("watch --broker localhost --port 1884")]
    [InlineData("watch --broker broker.example.org")]
    public void A_right_command_line_is_taken(string line) =>
        Assert.Empty(new System.CommandLine.RootCommand { WatchCommand.Create() }.Parse(line).Errors);

    private Task<int> Run(Broker broker, bool json = false, IReadOnlyList<KitId>? kits = null)
    {
        var options = new WatchOptions(LinkUnderTest.To(broker), kits ?? [], Once: true, TimeSpan.FromSeconds(1), json);
        return new WatchRun(options, Console(), output, error, TimeProvider.System).Run(CancellationToken.None);
    }

    private IAnsiConsole Console() =>
        AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });

    private static async Task Publish(Broker broker, string topic, byte[] payload)
    {
        await using var connection = await MqttLibrary.Open(LinkUnderTest.To(broker), "stranger", null, TimeProvider.System, CancellationToken.None);
        await connection.Publish(new(topic, payload, Retained: true), CancellationToken.None);
    }
}
