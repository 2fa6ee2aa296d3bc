using System.Text.Json;
using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests;

/// <summary>Promise 4: killing the agent never touches a call.</summary>
public sealed class RestartTests : KitTests
{
    [Fact]
    public async Task An_agent_that_comes_back_without_a_consent_closes_what_is_open()
    {
        await OpenTheClass();
        await Kit.Agent.Kill();
        File.Delete(Path.Combine(Kit.Agent.RunFolder, "consent.json")); // as a reboot does
        Kit.Agent.StartAgain();
        await Kit.Reaches("standby");
        await Kit.PupilJoins();
        await Lasts(TimeSpan.FromSeconds(3));
        Assert.Equal(0, await Kit.Pupil!.Received()); // nobody is in the room but the pupil
    }

    [Fact]
    public async Task A_stopped_agent_says_off_and_a_killed_one_is_lost()
    {
        await WaitFor.That("online", () => Presence(), p => p == "online");
        await Kit.Agent.Kill();
        await WaitFor.That("lost", () => Presence(), p => p == "lost");
        Kit.Agent.StartAgain();
        await WaitFor.That("online again", () => Presence(), p => p == "online");
        await Kit.Agent.Process.End();
        await WaitFor.That("off", () => Presence(), p => p == "off");
    }

    private string? Presence() => Kit.Heard.LastOrDefault(l => l.Contains("/presence ")) is { } line
        ? JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]).RootElement.GetProperty("state").GetString()
        : null;
}
