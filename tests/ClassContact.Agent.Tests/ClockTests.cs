using System.Text.Json;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests;

/// <summary>Kits boot with a wrong clock, and somebody or something sets it in the middle of a lesson.</summary>
public sealed class ClockTests
{
    [Fact]
    [Trait("Length", "long")]
    public async Task A_clock_that_jumps_by_days_or_years_changes_nothing_in_a_class_and_the_helpdesk_sees_the_kit_all_along()
    {
        var folder = Artifacts.Folder(nameof(ClockTests));
        await using var kit = await WholeKit.Start(folder, clockCanBeSet: true);
        await kit.Reaches("standby");
        kit.Agent.SetClock("-6y"); // a kit whose battery is dead boots somewhere in the past
        await Press(kit, "start");
        kit.Agent.SetClock("+0"); // and the time server answers while the class starts
        await kit.Reaches("open");
        await kit.PupilJoins();
        await kit.Reaches("with-pupil");
        foreach (var jump in new[] { "+3d", "-2y", "+20y", "+0" })
        {
            kit.Agent.SetClock(jump);
            var status = await Seen(kit, jump);
            Assert.Equal("with-pupil", status.GetProperty("call").GetProperty("state").GetString());
            Assert.True(status.GetProperty("broker").GetProperty("connected").GetBoolean());
            Assert.InRange(status.GetProperty("uptime").GetDouble(), 0, 600);
        }
        var receipt = (await kit.Agent.Status())!.Value.GetProperty("call").GetProperty("receipt");
        Assert.All(new[] { "cameraOpen", "microphoneOpen", "joined", "firstRemoteMedia" }, m => Assert.InRange(receipt.GetProperty(m).GetInt32(), 0, 60_000));
        await Press(kit, "end");
        await kit.Reaches("standby");
        var events = kit.Heard.Where(line => line.Contains("/event ", StringComparison.Ordinal)).Select(Body).ToList();
        Assert.InRange((TimeProvider.System.GetUtcNow() - events[1].GetProperty("receipt").GetProperty("at").GetDateTimeOffset()).TotalDays, 2190, 2193); // the jumps were real
        Assert.Equal(
            ["agent-started", "call-started", "call-open", "pupil-arrived", "call-ended"],
            events.Select(e => e.GetProperty("name").GetString()).Where(name => name != "lesson")); // which follows a moment later
    }

    // The pupil's packets go on for a while after the jump, and the agent has looked at the page meanwhile.
    private static async Task<JsonElement> Seen(WholeKit kit, string jump)
    {
        var before = await kit.Pupil!.Received();
        await WaitFor.That($"the class to go on after {jump}", kit.Pupil.Received, packets => packets > before + 200);
        return (await kit.Agent.Status())!.Value;
    }

    private static JsonElement Body(string line) => JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]).RootElement;

    private static async Task Press(WholeKit kit, string action)
    {
        var (code, output) = await kit.Agent.Command("press", action);
        Assert.True(code == 0, output);
    }
}
