using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ClassContact.Agent.Tests.Link;
using ClassContact.Classroom;
using ClassContact.Messages;
using ClassContact.Mqtt;
using Xunit;

namespace ClassContact.Agent.Tests.Requests;

/// <summary>A whole kit that is asked everything there is, at standby and in a class.</summary>
public sealed class WholeKitRequestTests : KitTests
{
    private static readonly KitId Name = KitId.Parse("try-kit-01");

    private protected override void Change(JsonObject settings) =>
        settings["requests"] = new JsonObject { ["allow"] = new JsonArray([.. RequestName.All.Select(name => JsonValue.Create(name))]) };

    [Fact]
    [Trait("Length", "long")]
    public async Task Without_a_clock_to_trust_a_kit_is_diagnosed_and_told_things_and_nothing_else_is_done_to_it()
    {
        Assert.SkipWhen(Kit.Heard.Any(line => line.Contains("\"clock\":\"synced\"", StringComparison.Ordinal)), "a time server keeps this machine's clock");
        foreach (var (request, options) in Everything)
        {
            var isHarmless = request is RequestName.ShowMessage or RequestName.RunDiagnosis;
            Assert.Equal((request, isHarmless ? ExitCode.Ok : ExitCode.Refused, isHarmless ? null : "refused: clock"), await Ask(request, options));
        }
    }

    [Fact]
    public async Task At_standby_everything_is_done_and_no_device_opens()
    {
        await StartInTime();
        await using var devices = new DeviceWatch(Kit.Kiosk, Kit.Folder);
        Assert.Equal(0, await SoundServer("STOP")); // something is to be the matter
        Assert.Equal(("run-diagnosis", ExitCode.Ok, null), await Ask(RequestName.RunDiagnosis));
        Assert.Equal(0, await SoundServer("CONT"));
        var test = Heard<Selftest>("/selftest ").Single();
        Assert.False(test.Ready);
        Assert.Contains(test.Checks, check => check is { BecauseOf: "sound-server" });
        Assert.DoesNotContain(test.Checks, check => check.Code == "microphone-level");
        await WaitFor.That("the diagnosis as an event", () => Heard<KitEvent>("/event ").Any(e => e is { Name: "diagnosis", Cause: "not-ready", Diagnosis.Ready: false }));

        var browser = Kit.Kiosk.BrowserId();
        Assert.Equal(("restart-browser", ExitCode.Ok, null), await Ask(RequestName.RestartBrowser));
        Assert.NotEqual(browser, Kit.Kiosk.BrowserId());
        Assert.Equal(("set-log-level", ExitCode.Ok, null), await Ask(RequestName.SetLogLevel, "--level", "debug", "--minutes", "5"));
        Assert.Equal(("refresh-link", ExitCode.Refused, "refused: not-enrolled"), await Ask(RequestName.RefreshLink));
        Assert.Equal(("send-bundle", ExitCode.Refused, "refused: not-enrolled"), await Ask(RequestName.SendBundle));
        Assert.Equal(("show-message", ExitCode.Ok, null), await Ask(RequestName.ShowMessage, "--text", "Bonjour"));
        await Throw();
        await ReloadsSettings();
        await IsRebooted();

        Assert.Equal((false, false), (devices.SawCamera, devices.SawMicrophone));
        Assert.DoesNotContain(Heard<KitEvent>("/event "), e => e.Name.StartsWith("call-", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(Kit.Agent.RunFolder, "consent.json")));
        await OpenTheClass();
        await WaitFor.That("the watch to see what a class opens", () => (devices.SawCamera, devices.SawMicrophone), seen => seen == (true, true));
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task What_was_done_is_not_done_again_for_an_agent_that_was_killed_meanwhile()
    {
        await StartInTime();
        var first = Kit.Kiosk.BrowserId();
        await IsDone("once");
        var browser = Kit.Kiosk.BrowserId();
        Assert.NotEqual(first, browser);
        await Kit.Agent.Kill();
        Kit.Agent.StartAgain();
        await Kit.Reaches("standby");
        await IsDone("once");
        Assert.Equal(browser, Kit.Kiosk.BrowserId());
        await IsDone("another");
        Assert.NotEqual(browser, Kit.Kiosk.BrowserId());
    }

    [Fact]
    public async Task In_a_class_what_it_would_notice_is_refused_and_it_goes_on_through_all_the_rest()
    {
        await Kit.Agent.Process.End();
        await using var service = await SigningDesk.With(Kit, $"{Name}");
        await StartInTime();
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        var launch = Receipt(await Call());
        foreach (var (request, options) in Everything)
        {
            var expected = request switch
            {
                RequestName.RunDiagnosis or RequestName.RestartBrowser or RequestName.ReloadSettings or RequestName.Reboot => "refused: in-call",
                _ => null,
            };
            Assert.Equal((request, expected is null ? ExitCode.Ok : ExitCode.Refused, expected), await Ask(request, options));
            await ThePupilSeesMore();
        }
        await Throw();
        await ThePupilSeesMore();
        await Kit.Reaches("with-pupil");
        var kept = Heard<Reply>("/reply/").Single(reply => reply.Bundle is not null).Bundle!;
        Assert.Equal(kept.Name, Path.GetFileName(service.Bundles.Single()));
        Assert.True(IsWithout(Secret, service.Bundles.Single()));
        Assert.Equal(launch, Receipt(await Call()));
        Assert.False(File.Exists(Path.Combine(Kit.Agent.RunFolder, "reboot")));
        Assert.DoesNotContain(Heard<KitEvent>("/event "), e => e.Name is "call-ended" or "call-failed");
    }

    private static bool IsWithout(string secret, string bundle)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(File.OpenRead(bundle), CompressionMode.Decompress))
            gzip.CopyTo(plain);
        var text = Encoding.UTF8.GetString(plain.ToArray());
        Assert.Contains("with-pupil", text, StringComparison.Ordinal); // its status, and a log that is no empty one
        Assert.Contains("/logs/agent-", text, StringComparison.Ordinal);
        return !text.Contains(secret, StringComparison.OrdinalIgnoreCase);
    }

    private async Task ThePupilSeesMore()
    {
        var before = await Kit.Pupil!.Received();
        await WaitFor.That("more of the class", Kit.Pupil.Received, packets => packets > before + 100);
    }

    private static IEnumerable<(string Name, string[] Options)> Everything => RequestName.All.Select(name => (name, name switch
    {
        RequestName.ShowMessage => new[] { "--text", "Bonjour" },
        RequestName.SetLogLevel => ["--level", "debug", "--minutes", "5"],
        _ => [],
    }));

    private async Task StartInTime()
    {
        await Kit.Agent.Process.End();
        await Kit.Agent.StartAgainInTime();
        await WaitFor.That("an agent that trusts its clock", () => Kit.Heard.Any(line => line.Contains("\"clock\":\"synced\"", StringComparison.Ordinal)));
        await Kit.Reaches("standby");
    }

    private async Task ReloadsSettings()
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Kit.Agent.Settings, TestContext.Current.CancellationToken))!.AsObject();
        settings["room"] = "";
        await File.WriteAllTextAsync(Kit.Agent.Settings, settings.ToJsonString(), TestContext.Current.CancellationToken);
        Assert.Equal(("reload-settings", ExitCode.Refused, "refused: settings"), await Ask(RequestName.ReloadSettings));
        settings["room"] = "local 13";
        await File.WriteAllTextAsync(Kit.Agent.Settings, settings.ToJsonString(), TestContext.Current.CancellationToken);
        var process = Kit.Agent.Process.Id;
        Assert.Equal(("reload-settings", ExitCode.Ok, null), await Ask(RequestName.ReloadSettings));
        Assert.Equal(process, Kit.Agent.Process.Id);
        await WaitFor.That("the new room", () => Heard<About>("/about ")[^1].Room == "local 13");
        await Kit.Reaches("standby");
    }

    // The part of systemd's path unit is played here; that another start of the computer counts as done is a test of the desk's.
    private async Task IsRebooted()
    {
        var asking = Ask(RequestName.Reboot);
        var file = Path.Combine(Kit.Agent.RunFolder, "reboot");
        await WaitFor.That("the wish for a reboot", () => File.Exists(file));
        File.Delete(file);
        await Kit.Agent.Kill();
        Kit.Agent.StartAgain();
        Assert.Equal(("reboot", ExitCode.Refused, "refused: interrupted"), await asking);
        await Kit.Reaches("standby");
    }

    /// <summary>Asks as the helpdesk does; the last line unless it is <c>done</c>.</summary>
    private async Task<(string Name, int Code, string? Said)> Ask(string request, params string[] options)
    {
        await using var command = ChildProcess.Start(
            $"ask-{Guid.NewGuid():N}", Kit.Folder, AgentProcess.Program, ["ask", $"{Name}", request, .. options, "--port", $"{Kit.Broker.Port}"]);
        var code = await command.Ended().WaitAsync(TimeSpan.FromMinutes(6));
        var last = command.Output().Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        return (request, code, code == ExitCode.Ok && last.StartsWith("done", StringComparison.Ordinal) ? null : last);
    }

    // What no helpdesk writes, to every request there is.
    private async Task Throw()
    {
        await using var connection = await Desk();
        var deep = new string('[', 65) + new string(']', 65);
        foreach (var name in RequestName.All)
            foreach (var body in new[] { "", "garbage", "[]", "{\"v\":1,\"id\":\"h\"", "{\"v\":1,\"id\":7,\"expires\":7}", $"{{\"v\":1,\"id\":\"h\",\"expires\":\"2026-11-23T08:30:00Z\",\"more\":{deep}}}", new string('x', 300_000) })
                await connection.Publish(new(new Topic(Name, Channel.Request, name).ToString(), Encoding.UTF8.GetBytes(body)), TestContext.Current.CancellationToken);
    }

    // Asks again and again until there is one more such answer: a kit that is just connecting hears nothing.
    private async Task IsDone(string id)
    {
        var request = Wire.WriteRequest(new Request(Stamp.Version, id, DateTimeOffset.UtcNow.AddMinutes(10)));
        var before = Count();
        await using var desk = await Desk();
        await WaitFor.That($"{id} to be done", async () =>
        {
            await desk.Publish(new(new Topic(Name, Channel.Request, RequestName.RestartBrowser).ToString(), request), TestContext.Current.CancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
            return Count();
        }, done => done > before);

        int Count() => Heard<Reply>("/reply/").Count(reply => reply.Id == id && reply.Outcome is Outcome.Done);
    }

    private Task<IMqttConnection> Desk() => MqttLibrary.Open(LinkUnderTest.To(Kit.Broker), $"desk-{Guid.NewGuid():N}"[..20], null, TimeProvider.System, TestContext.Current.CancellationToken);

    private Task<int> SoundServer(string signal) => ChildProcess.Run("signal", Kit.Folder, "pkill", [$"-{signal}", "-x", "pipewire"]); // the sandbox's own: it sees no other

    private static string Receipt(string call) => JsonNode.Parse(call)!["receipt"]! is var receipt ? $"{receipt["id"]}, opened {receipt["attempts"]} times" : "";

    private List<T> Heard<T>(string channel)
        where T : class => [.. Kit.Heard.Where(l => l.Contains(channel, StringComparison.Ordinal)).Select(l => Wire.Read<T>(Encoding.UTF8.GetBytes(l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..]))?.Body).OfType<T>()];
}
