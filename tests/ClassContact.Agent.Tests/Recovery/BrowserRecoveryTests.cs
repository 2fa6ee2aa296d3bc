using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>The browser, or a part of it, dies in a class: nobody presses anything, and the class is there again.</summary>
public sealed class BrowserRecoveryTests : RecoveryTests
{
    [Fact]
    public async Task A_browser_that_dies_as_a_whole_or_by_its_graphics_is_back_in_the_class()
    {
        await OpenTheClassWithItsPupil();
        var whole = FromNow();
        Kit.Kiosk.KillBrowser();
        await whole.Hears(Recovering, within: 10);
        await IsBack(whole, within: 40);

        var graphics = FromNow();
        for (var killed = new HashSet<int>(); killed.Count < 3;) // the third takes the browser with it
        {
            var next = await WaitFor.That("a graphics process", () => Kit.Kiosk.Processes(BrowserPart.Graphics).Except(killed).ToList(), ids => ids.Count > 0);
            Kit.Kiosk.Send(BrowserPart.Graphics, Signal.Kill);
            killed.UnionWith(next);
        }
        await graphics.Hears(Recovering, within: 20);
        await IsBack(graphics, within: 40);
        Assert.Equal(3, await Attempts());
    }

    [Fact]
    public async Task A_browser_whose_network_process_dies_is_back_in_the_class()
    {
        await OpenTheClassWithItsPupil();
        var network = FromNow();
        Kit.Kiosk.Send(BrowserPart.Network, Signal.Kill);
        await network.Hears(Recovering, within: 40);
        await IsBack(network, within: 40);
        Assert.Equal(2, await Attempts());
    }

    private async Task IsBack(Timing since, double within)
    {
        await since.Hears(Open, within);
        await Kit.Reaches("with-pupil");
        await ThePupilSees();
    }
}
