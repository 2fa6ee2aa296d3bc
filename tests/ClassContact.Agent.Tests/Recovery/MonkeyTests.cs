using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>Whatever was pressed and broken, in whatever order: a start leads to an open class and an end to standby.</summary>
[Trait("Length", "long")]
public sealed class MonkeyTests : RecoveryTests
{
    private const int Seed = 20261121;
    private const int Moves = 40;

    private readonly Random dice = new(Seed);
    private bool isUnplugged;

    [Fact]
    public async Task Forty_presses_and_faults_at_random_leave_a_kit_that_opens_a_class_and_closes_it()
    {
        for (var i = 0; i < Moves; i++)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(await Move());
            await Task.Delay(dice.Next(1500)); // some right after the other, some once the last has been dealt with
        }
        if (isUnplugged)
            await Kit.Kiosk.PlugIn(Device.Camera);
        await Press("end");
        await Kit.Reaches("standby", TimeSpan.FromSeconds(40));
        await Kit.Agent.Kill();
        Assert.Equal("file:", await Kit.Kiosk.Ask("location.protocol"));
        Kit.Agent.StartAgain();
        await Kit.Reaches("standby");
        var start = FromNow();
        await Press("start");
        await start.HearsItOpen(within: 30);
        await WaitFor.That("picture and sound", Call, call => call.Contains("\"missing\":[]"));
        await Press("end");
        await Kit.Reaches("standby");
    }

    private async Task<string> Move()
    {
        switch (dice.Next(12))
        {
            case < 4:
                await Press("start");
                return "start";
            case 4:
                await Press("end");
                return "end";
            case 5:
                await Kit.Agent.Command("press", "mute"); // refused where no class is open
                return "mute";
            case 6:
                Kit.Kiosk.KillBrowser();
                return "browser killed";
            case 7:
                Kit.Kiosk.Send(BrowserPart.Page, Signal.Kill);
                return "page killed";
            case 8:
                Kit.Kiosk.Send(BrowserPart.Page, Signal.Stop);
                return "page stopped";
            case 9:
                await Kit.Agent.Kill();
                Kit.Agent.StartAgain();
                await WaitFor.That("an agent that answers", Kit.Agent.Status, status => status is not null);
                return "agent killed";
            case 10:
                Kit.Kiosk.Send(BrowserPart.Sound, Signal.Kill);
                return "sound process killed";
            default:
                await (isUnplugged ? Kit.Kiosk.PlugIn(Device.Camera) : Kit.Kiosk.Unplug(Device.Camera));
                isUnplugged = !isUnplugged;
                return $"camera {(isUnplugged ? "unplugged" : "plugged in")}";
        }
    }
}
