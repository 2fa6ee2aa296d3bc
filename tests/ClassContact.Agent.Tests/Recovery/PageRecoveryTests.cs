using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>A meeting's page that crashes or hangs in a class: it is opened again without a press, in the same room.</summary>
public sealed class PageRecoveryTests : RecoveryTests
{
    private protected override Func<Task<IMeeting>> OpenMeeting => async () => await StandIn.Open();

    [Fact]
    public async Task A_page_that_crashes_or_loops_for_ever_is_back_with_the_pupil_who_is_there()
    {
        await OpenTheClassWithItsPupil();
        var crash = FromNow();
        Kit.Kiosk.Send(BrowserPart.Page, Signal.Kill);
        await crash.Hears(Recovering, within: 20);
        await crash.HearsItOpen(within: 30);
        await Kit.Reaches("with-pupil");
        await ThePupilSees();
        await Kit.PupilLeaves(); // its page would loop, too

        var loop = FromNow();
        ((StandIn)Kit.Meeting).Play(Prank.EndlessLoop);
        await loop.Hears(Recovering, within: 20);
        await loop.HearsItOpen(within: 30);
        Assert.Contains(Kit.Heard, l => l.Contains("\"call-recovering\"") && l.Contains("\"page-hung\""));
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await ThePupilSees();
        // The kill also ends the process that Chromium keeps ready; a page that is led into it before Chromium has seen that crashes once more.
        var crashes = Directory.EnumerateFiles(Kit.Agent.Logs).SelectMany(File.ReadAllLines).Count(line => line.Contains("\"MessageTemplate\":\"The page crashed\"", StringComparison.Ordinal));
        Assert.InRange(crashes, 1, 2);
        Assert.Equal(1 + crashes + 1, await Attempts()); // the launch, and one for each break, the loop among them
    }
}
