using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>The school's network breaks while sound and picture go by the meeting's server (Janus).</summary>
[Trait("Length", "long")]
public sealed class NetworkServerTests : TroubledClass
{
    private protected override bool IsBehindCable => true;

    [Fact]
    public async Task Five_seconds_without_network_restart_nothing()
    {
        await OpenWithPupil();
        foreach (var (name, breaks) in new (string, Func<TimeSpan, Task>)[] { ("UDP", Kit.Cable.DropUdpFor), ("a cable", Kit.Cable.PullFor), ("any packet", Kit.Cable.LoseAllFor) })
        {
            await breaks(TimeSpan.FromSeconds(5));
            await Measured($"server, with the pupil, after 5 s without {name}", call => Is(call, "with-pupil"), 40);
            await Flows();
            Assert.Equal(1, Attempts(await Call()));
        }
    }

    [Fact]
    public async Task After_a_minute_without_a_cable_the_class_is_back_with_the_pupil()
    {
        await OpenWithPupil();
        var pulled = await Uptime();
        await Kit.Cable.Pull();
        var told = await Measured("server, told that the network is lost", call => Is(call, "recovering"), 30);
        Assert.Equal("network-lost", Cause(told));
        await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "network-lost.png"));
        await WaitFor.That("a minute", () => Unhurried(Uptime), now => now - pulled >= 60, TimeSpan.FromSeconds(90));
        Assert.True(Is(await Call(), "recovering"), await Call());
        await Kit.Cable.PlugIn();
        await Measured("server, open again after 60 s without a cable", call => Is(call, "open") || Is(call, "with-pupil"), 40);
        await Measured("server, with the pupil after that", call => Is(call, "with-pupil"), 40);
        await Flows();
        await WaitFor.That("the news", () => string.Join(", ", Events.Where(e => e.StartsWith("call-", StringComparison.Ordinal))), e => e.Contains("call-recovering network-lost, call-open", StringComparison.Ordinal), TimeSpan.FromSeconds(90));
        Assert.DoesNotContain("call-ended", Events);
    }
}
