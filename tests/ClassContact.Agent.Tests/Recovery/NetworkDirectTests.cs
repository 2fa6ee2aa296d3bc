using System.Text.Json.Nodes;
using ClassContact.Classroom;
using ClassContact.Classroom.Network;
using ClassContact.Classroom.VecteraStandIn;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>The school's network breaks while sound and picture go straight to the pupil; a STUN server tells whether UDP comes through.</summary>
[Trait("Length", "long")]
public sealed class NetworkDirectTests : TroubledClass
{
    private readonly StunServer stun = new();

    private protected override bool IsBehindCable => true;

    private protected override Func<Task<IMeeting>> OpenMeeting => async () => await StandIn.Open();

    private protected override void Change(JsonObject settings) => settings["network"] = new JsonObject { ["stun"] = $"{Cable.World}:{stun.Port}" };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        stun.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Five_seconds_without_network_restart_nothing_on_a_direct_line()
    {
        await OpenWithPupil();
        foreach (var (name, breaks) in new (string, Func<TimeSpan, Task>)[] { ("UDP", Kit.Cable.DropUdpFor), ("a cable", Kit.Cable.PullFor), ("any packet", Kit.Cable.LoseAllFor) })
        {
            await breaks(TimeSpan.FromSeconds(5));
            await Measured($"direct, with the pupil, after 5 s without {name}", call => Is(call, "with-pupil"), 40);
            await Flows();
            Assert.Equal(1, Attempts(await Call()));
        }
    }

    [Fact]
    public async Task A_class_that_waits_alone_is_never_open_for_long_behind_a_dead_network()
    {
        await OpenTheClass();
        var lost = await Uptime();
        await Kit.Cable.LoseAll();
        var told = await Measured("direct, alone, told that the network is lost", call => Is(call, "recovering"), 35);
        Assert.Equal("network-lost", Cause(told));
        await WaitFor.That("a minute", () => Unhurried(Uptime), now => now - lost >= 60, TimeSpan.FromSeconds(90));
        Assert.True(Is(await Call(), "recovering"), await Call());
        await Kit.Cable.Mend();
        await Measured("direct, alone, open again after 60 s without any packet", call => Is(call, "open"), 40);
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
    }

    [Fact]
    public async Task UDP_alone_that_is_dropped_is_the_networks_fault_and_the_pupil_is_back_after_it()
    {
        await OpenWithPupil();
        await WaitFor.That("UDP to be known", () => stun.Asked > 0);
        await Kit.Cable.DropUdp();
        var told = await Measured("direct, told that UDP is dropped", call => Is(call, "recovering"), 35);
        Assert.Equal("network-lost", Cause(told));
        await Lasts(TimeSpan.FromSeconds(20)); // the connection has failed by then
        await Kit.Cable.Mend();
        await Measured("direct, with the pupil again after 30 s without UDP", call => Is(call, "with-pupil"), 60);
        await Flows();
    }
}

/// <summary>The same without a STUN server: nobody can tell the school's firewall from the pupil's network.</summary>
[Trait("Length", "long")]
public sealed class NetworkWithoutStunTests : TroubledClass
{
    private protected override bool IsBehindCable => true;

    private protected override Func<Task<IMeeting>> OpenMeeting => async () => await StandIn.Open();

    [Fact]
    public async Task UDP_alone_that_is_dropped_passes_for_the_far_side_and_nothing_is_restarted()
    {
        await OpenWithPupil();
        await Kit.Cable.DropUdp();
        await Measured("direct without STUN, told as far side", call => Cause(call) == "far-side", 35);
        await Lasts(TimeSpan.FromSeconds(20));
        Assert.Equal("far-side", Cause(await Call()));
        await NothingWasRestarted();
    }
}
