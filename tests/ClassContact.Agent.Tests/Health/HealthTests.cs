using ClassContact.Classroom;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Agent.Tests.Health;

/// <summary>A whole kit that looks at itself.</summary>
public sealed class HealthTests : KitTests
{
    [Fact]
    public async Task Health_is_kept_by_the_broker_and_status_says_the_same()
    {
        var health = await WaitFor.That("health", Health, h => h is { State: not KitHealth.Checking });
        var status = (await Kit.Agent.Status())!.Value.GetProperty("health");
        Assert.Equal(health!.Checks.Select(c => c.Code), status.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("code").GetString()));
        Assert.NotEmpty(health.Checks);
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task No_verdict_changes_in_a_call_because_nothing_looks()
    {
        await WaitFor.That("health", Health, h => h is { State: not KitHealth.Checking });
        await OpenTheClass();
        var before = Lines().Count;
        await Lasts(TimeSpan.FromSeconds(20)); // the sharper proof is in HealthWorkerTests: two hours of a fake clock
        Assert.Equal(before, Lines().Count);
        await Press("end");
        await Kit.Reaches("standby");
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_sound_server_that_hangs_reaches_the_helpdesk_as_the_one_cause_and_all_is_ready_again_once_it_goes_on()
    {
        await Reaches("ready", h => h.State is KitHealth.Ready);
        await SendSoundServer("STOP");
        await Kit.Agent.Kill();
        Kit.Agent.StartAgain(); // it looks at everything when it starts
        var bad = await Reaches("the hung sound server", h => h.State is KitHealth.NotReady);
        Assert.Equal(("sound-server", "hangs"), (bad.Worst, bad.Checks.Single(c => c.Code == "sound-server").Reason));
        Assert.All(bad.Checks.Where(c => c.Code.StartsWith("speakerphone-", StringComparison.Ordinal)), c => Assert.Equal("sound-server", c.BecauseOf));
        var (_, text) = await Kit.Agent.Command("status");
        Assert.Contains("Sound server: fault", text, StringComparison.Ordinal);
        await SendSoundServer("CONT");
        var good = await Reaches("ready again", h => h.State is KitHealth.Ready && h.Checks.All(c => c.BecauseOf is null));
        Assert.All(good.Checks.Where(c => c.Code.StartsWith("speakerphone-", StringComparison.Ordinal)), c => Assert.Equal(Verdict.Pass, c.Verdict));
    }

    private async Task<HealthStatus> Reaches(string what, Func<HealthStatus, bool> condition) =>
        (await WaitFor.That(what, Health, h => h is not null && condition(h), TimeSpan.FromSeconds(90)))!;

    private async Task SendSoundServer(string signal) => // the sandbox's own: it sees no other
        Assert.Equal(0, await ChildProcess.Run("signal", Kit.Folder, "pkill", [$"-{signal}", "-x", "pipewire"]));

    private async Task<HealthStatus?> Health() => (await Kit.Retained()).FirstOrDefault(line => line.Contains("/health ", StringComparison.Ordinal)) is { } line
        ? Wire.Read<HealthStatus>(System.Text.Encoding.UTF8.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]))?.Body : null;

    private List<string> Lines() => [.. Directory.EnumerateFiles(Kit.Agent.Logs).SelectMany(Read).Where(line => line.Contains("Check ", StringComparison.Ordinal))];

    private static IEnumerable<string> Read(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd().Split('\n');
    }
}
