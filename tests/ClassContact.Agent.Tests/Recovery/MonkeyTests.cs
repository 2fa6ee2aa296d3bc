using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>Whatever was pressed and broken, in whatever order: a start leads to an open class and an end to standby.</summary>
public sealed class MonkeyTests : RecoveryTests
{
    private const int Seed = 20261121;
    private const int Moves = 40;

    private readonly Random dice = new(Seed);
    private Device unplugged;

    [Fact]
    public async Task Forty_presses_and_faults_at_random_leave_a_kit_that_opens_a_class_and_closes_it()
    {
        for (var i = 0; i < Moves; i++)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(await Move());
            await Task.Delay(dice.Next(1500)); // some right after the other, some once the last has been dealt with
        }
        await PlugIn(unplugged);
        await Press("end");
        await Kit.Reaches("standby", TimeSpan.FromSeconds(40));
        await Kit.Agent.Kill();
        Assert.Equal("file:", await Kit.Kiosk.Ask("location.protocol"));
        Kit.Agent.StartAgain();
        await Kit.Reaches("standby");
        var start = FromNow();
        await Press("start");
        await start.Hears(Open, within: 30);
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
                await Press("mute");
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
            default:
                var device = dice.Next(2) == 0 ? Device.Camera : Device.Speakerphone;
                if (unplugged.HasFlag(device))
                    await PlugIn(device);
                else
                    await Unplug(device);
                return $"{device} {(unplugged.HasFlag(device) ? "unplugged" : "plugged in")}";
        }
    }

    private async Task Unplug(Device device)
    {
        await Kit.Kiosk.Unplug(device);
        unplugged |= device;
    }

    private async Task PlugIn(Device device)
    {
        if (device is not Device.None)
            await Kit.Kiosk.PlugIn(device);
        unplugged &= ~device;
    }
}
