using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>What somebody has switched off in the meeting's own page stays off.</summary>
public sealed class SwitchedOffTests : RecoveryTests
{
    private protected override Func<Task<IMeeting>> OpenMeeting => async () => await StandIn.Open();

    [Fact]
    [Trait("Length", "long")]
    public async Task A_camera_that_the_page_itself_has_switched_off_is_told_and_left_off()
    {
        await OpenTheClass();
        var off = FromNow();
        ((StandIn)Kit.Meeting).Play(Prank.StopCamera);
        await off.Hears("\"missing\":[\"camera\"]", within: 10);
        await Lasts(TimeSpan.FromSeconds(8));
        Assert.Contains("\"missing\":[\"camera\"]", await Call());
        Assert.Equal(1, await Attempts());
        await Kit.Agent.Kill(); // nor by an agent that did not see it happen
        Kit.Agent.StartAgain();
        await Kit.Reaches("open");
        await Lasts(TimeSpan.FromSeconds(5));
        Assert.Contains("\"missing\":[\"camera\"]", await Call());
        Assert.Equal(1, await Attempts());
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_class_that_somebody_left_in_its_own_page_stays_left_until_a_press_opens_it_again()
    {
        await OpenTheClass();
        var left = FromNow();
        ((StandIn)Kit.Meeting).Play(Prank.Leave);
        await left.Hears("\"missing\":[\"camera\",\"microphone\"]", within: 10);
        await Lasts(TimeSpan.FromSeconds(8));
        Assert.Equal(1, await Attempts());
        await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "left.png"));
        await Press("start");
        await WaitFor.That("the class to be open again", Call, call => call.Contains("\"state\":\"open\"", StringComparison.Ordinal) && call.Contains("\"missing\":[]", StringComparison.Ordinal));
        Assert.Equal(2, await Attempts());
    }
}
