using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>The meeting's server dies in the middle of a class that goes by it.</summary>
[Trait("Length", "long")]
public sealed class MeetingServerTests : TroubledClass
{
    [Fact]
    public async Task A_server_that_is_killed_and_started_again_has_the_class_back()
    {
        await OpenTheClass();
        await Kit.Meeting.Kill();
        await Measured("server killed, told", call => Is(call, "recovering"), 40);
        await Kit.Meeting.Start();
        await Measured("server started again, open", call => Is(call, "open"), 60);
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        Assert.DoesNotContain("call-ended", Events);
    }
}

/// <summary>The meeting's server dies or misbehaves in the middle of a class that goes straight to the pupil.</summary>
[Trait("Length", "long")]
public sealed class MeetingDirectTests : TroubledClass
{
    private protected override Func<Task<IMeeting>> OpenMeeting => async () => await StandIn.Open();

    private StandIn Meeting => (StandIn)Kit.Meeting;

    [Fact]
    public async Task A_server_that_is_killed_stops_nothing_that_flows()
    {
        await OpenWithPupil();
        await Meeting.Kill();
        await Lasts(TimeSpan.FromSeconds(20));
        Assert.True(Is(await Call(), "with-pupil"), await Call());
        await Flows();
        await Meeting.Start();
        await WaitFor.That("both to be back", () => Meeting.Present, p => p.Count == 2);
        await Flows();
        await NothingWasRestarted();
    }

    [Fact]
    public async Task A_class_whose_page_reloads_into_an_error_is_told_and_comes_back_by_itself_or_by_a_press()
    {
        await OpenTheClass();
        Meeting.Answers = Answers.WithAnError;
        Meeting.Play(Prank.Reload);
        await Measured("reloaded into an error, helpdesk told", () => WaitFor.That("call-troubled", () => string.Join(", ", Events), e => e.Contains("call-troubled meeting-lost", StringComparison.Ordinal), TimeSpan.FromSeconds(90)), 90);
        await Kit.Kiosk.Screenshot(Path.Combine(Kit.Folder, "troubled.png"));
        Assert.True(Is(await Call(), "recovering"), await Call());
        var tried = Attempts(await Call());
        await Press("start");
        await WaitFor.That("a try at once", Call, call => Attempts(call) > tried, TimeSpan.FromSeconds(10));
        Meeting.Answers = Answers.WithTheRoom;
        await Measured("the error is over, open again", call => Is(call, "open"), 60);
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
    }

    [Theory]
    [InlineData(Answers.WithALogin)]
    [InlineData(Answers.FromAnotherHost)]
    public async Task A_class_whose_page_reloads_into_something_else_is_never_shown_as_open(Answers answers)
    {
        await OpenTheClass();
        Meeting.Answers = answers;
        Meeting.Play(Prank.Reload);
        await Measured($"reloaded {answers}, told", call => Is(call, "recovering"), 60);
        Meeting.Answers = Answers.WithTheRoom;
        await Measured($"reloaded {answers} and over, open again", call => Is(call, "open"), 90);
    }
}
