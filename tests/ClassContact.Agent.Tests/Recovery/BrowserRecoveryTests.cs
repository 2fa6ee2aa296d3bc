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
        var browser = Kit.Kiosk.BrowserId();
        await WaitFor.That("the browser to give up its graphics, and itself, after the third death or so", () => // one that is only just born does not count
        {
            Kit.Kiosk.Send(BrowserPart.Graphics, Signal.Kill);
            return Kit.Kiosk.BrowserId();
        }, id => id != browser);
        await graphics.Hears(Recovering, within: 20);
        await IsBack(graphics, within: 40);
        Assert.Equal(3, await Attempts());
    }

    [Fact]
    [Trait("Length", "long")]
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
        await since.HearsItOpen(within);
        await Kit.Reaches("with-pupil");
        await ThePupilSees();
    }
}
