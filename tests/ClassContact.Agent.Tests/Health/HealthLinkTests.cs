using ClassContact.Agent.Tests.Link;
using ClassContact.Classroom;
using ClassContact.Kit.Link;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Agent.Tests.Health;

/// <summary>Health and figures at a real Mosquitto.</summary>
[Trait("Kit", "none")]
public sealed class HealthLinkTests
{
    [Fact]
    public async Task Health_is_kept_and_said_again_after_the_broker_was_gone_and_the_newest_counts()
    {
        await using var broker = await Broker.Start();
        await using var link = new LinkUnderTest(LinkUnderTest.To(broker));
        link.Worker.Show(new HealthStatus(KitHealth.Checking, DateTimeOffset.UnixEpoch, null, []));
        link.Worker.Show(Ill);
        Assert.Equal("camera-present", await Worst());
        await broker.Kill();
        await broker.Start();
        Assert.Equal("camera-present", await Worst());

        async Task<string?> Worst()
        {
            while (true)
                if ((await Desk.Kept<HealthStatus>(broker, Channel.Health)).Body is { State: KitHealth.NotReady } health)
                    return health.Worst;
        }
    }

    [Fact]
    public async Task Figures_come_at_their_pace_read_anew_and_are_not_kept()
    {
        await using var broker = await Broker.Start();
        await using var desk = await Desk.Open(broker, Channel.Metrics);
        var read = 0;
        await using var link = new LinkUnderTest(
            LinkUnderTest.To(broker), figures: new FigureFeed(() => new([new("n", ++read, "1")]), TimeSpan.FromSeconds(1), TimeProvider.System));
        foreach (var expected in new[] { 1, 2 })
        {
            var (document, retained) = await desk.Next<Metrics>();
            Assert.Equal((expected, false), ((int)Assert.Single(document.Body.Figures).Value, retained));
        }
    }

    private static readonly HealthStatus Ill = new(
        KitHealth.NotReady, DateTimeOffset.UnixEpoch, "camera-present",
        [new("camera-present", Severity.StopsCalls, Verdict.Fail, DateTimeOffset.UnixEpoch, "none", "Webcam \"é\"", null, [new("x", 1.5, "ms", 2)])]);
}
