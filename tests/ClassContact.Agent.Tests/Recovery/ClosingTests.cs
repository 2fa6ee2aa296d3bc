using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>An end closes camera and microphone, also in a page that does nothing any more.</summary>
public sealed class ClosingTests : RecoveryTests
{
    [Fact]
    public async Task An_end_closes_camera_and_microphone_and_shows_standby_also_when_the_page_hangs()
    {
        await OpenTheClassWithItsPupil();
        await Press("end");
        var end = FromNow(); // an end that is not held can be undone for three seconds
        await end.Hears(State("ending"), within: 15);
        await end.Hears(State("standby"), within: 15); // counted from the press as well: it may have come before anybody could look again
        Assert.Contains("Camera and microphone are closed: 0 of the page's tracks are live", Log());
        await GetsNothing();

        await Press("start");
        await Kit.Reaches("with-pupil");
        Kit.Kiosk.Send(BrowserPart.Page, Signal.Stop);
        var hung = FromNow();
        await Press("end");
        await hung.Hears(State("standby"), within: 25);
        await GetsNothing();
        Assert.False(File.Exists(Path.Combine(Kit.Agent.RunFolder, "consent.json")));
        await Kit.Agent.Kill();
        await WaitFor.That("the standby page", () => Kit.Kiosk.Ask("location.protocol"), protocol => protocol == "file:"); // a browser that had to be closed has just started
    }

    private string Log() => string.Concat(Directory.EnumerateFiles(Kit.Agent.Logs).Select(File.ReadAllText));

    private async Task GetsNothing() => await WaitFor.Still("the class at the pupil's", Kit.Pupil!.Received);
}
