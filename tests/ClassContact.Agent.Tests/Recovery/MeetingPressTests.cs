using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>A press in every state leads to an open class or to a sentence.</summary>
[Trait("Length", "long")]
public sealed class MeetingPressTests : TroubledClass
{
    private protected override bool IsBehindCable => true;

    private protected override Func<Task<IMeeting>> OpenMeeting => async () => await StandIn.Open();

    private StandIn Meeting => (StandIn)Kit.Meeting;

    [Fact]
    public async Task In_every_state_a_press_leads_to_an_open_class()
    {
        await Task.WhenAll(Press("start"), Press("start")); // two at once
        await Kit.Reaches("open");
        var first = await Call();
        Assert.Equal(1, Attempts(first));
        await Press("start");
        Assert.Equal(first, await Call());

        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await Press("start");
        Assert.Equal(1, Attempts(await Call()));
        await Kit.PupilLeaves();
        await Kit.Reaches("open");

        await Press("end"); // can be undone for three seconds
        await WaitFor.That("the end", Call, call => Is(call, "ending") || Is(call, "standby"), TimeSpan.FromSeconds(15));
        await Press("start");
        await Kit.Reaches("open");
        await Started(2);

        await Kit.Cable.LoseAll();
        await Kit.Reaches("recovering", TimeSpan.FromSeconds(40));
        await Press("start"); // interrupted: asks the network, and lets the page be
        Assert.True(Is(await Call(), "recovering"), await Call());
        await Kit.Cable.Mend();
        await Press("start");
        await Kit.Reaches("open", TimeSpan.FromSeconds(60));
        await Press("end");
        await Kit.Reaches("standby");
    }

    [Fact]
    public async Task While_joining_and_after_a_launch_that_failed()
    {
        Meeting.Answers = Answers.Never;
        await Press("start");
        await Kit.Reaches("joining");
        await Press("start");
        Meeting.Answers = Answers.WithTheRoom;
        await Kit.Reaches("open", TimeSpan.FromSeconds(60));
        await Started(1);
        await Press("end");
        await Kit.Reaches("standby");

        Meeting.Answers = Answers.WithAnError;
        await Press("start");
        await Kit.Reaches("faulted", TimeSpan.FromSeconds(60));
        await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "faulted.png"));
        Assert.Equal(3, Attempts(await Call()));
        Meeting.Answers = Answers.WithTheRoom;
        await Press("start");
        await Kit.Reaches("open");
    }

    private Task<int> Started(int times) => WaitFor.That("the news of each start, and of no other", () => Events.Count(e => e == "call-started"), seen => seen == times);
}
