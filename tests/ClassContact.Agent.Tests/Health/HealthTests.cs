using ClassContact.Messages;
using Xunit;

namespace ClassContact.Agent.Tests.Health;

/// <summary>A whole kit that looks at itself.</summary>
public sealed class HealthTests : KitTests
{
    [Fact]
    public async Task Health_is_kept_by_the_broker_and_status_says_the_same()
    {
        var health = await ClassContact.Classroom.WaitFor.That("health", Health, h => h is { State: not KitHealth.Checking });
        var status = (await Kit.Agent.Status())!.Value.GetProperty("health");
        Assert.Equal(health!.Checks.Select(c => c.Code), status.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("code").GetString()));
        Assert.NotEmpty(health.Checks);
    }

    [Fact]
    public async Task No_verdict_changes_in_a_call_because_nothing_looks()
    {
        await ClassContact.Classroom.WaitFor.That("health", Health, h => h is { State: not KitHealth.Checking });
        await OpenTheClass();
        var before = Lines().Count;
        await Lasts(TimeSpan.FromSeconds(20)); // the sharper proof is in HealthWorkerTests: two hours of a fake clock
        Assert.Equal(before, Lines().Count);
        await Press("end");
        await Kit.Reaches("standby");
    }

    private async Task<HealthStatus?> Health() => (await Kit.Retained()).FirstOrDefault(line => line.Contains("/health ", StringComparison.Ordinal)) is { } line
        ? Wire.Read<HealthStatus>(System.Text.Encoding.UTF8.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]))?.Body : null;

    private List<string> Lines() => [.. Directory.EnumerateFiles(Kit.Agent.Logs).SelectMany(Read).Where(line => line.Contains("Check ", StringComparison.Ordinal))];

    private static IEnumerable<string> Read(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd().Split('\n');
    }
}
