using ClassContact.Kit.Call;
using ClassContact.Kit.Lesson;
using Xunit;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Lesson;

public class LessonStateTests
{
    private static readonly Launch Launch = new(default, new("a", default, "key"));

    [Fact]
    public void Without_a_call_there_is_no_lesson() =>
        Assert.All(new CallState[] { new Standby(), new Ending(default), new Faulted(Launch, Cause.NotJoined) }, state => Assert.Null(Of(state)));

    [Fact]
    public void A_class_that_opens_is_nobodys_trouble() => Assert.Equal(new(LessonPhase.Opening), Of(new Joining(Launch, null, new(1, default), default)));

    [Fact]
    public void A_class_is_open_with_or_without_the_pupil_and_what_is_missing_is_told()
    {
        Assert.Equal(new(LessonPhase.Open, NoCamera: true), Of(new Open(Launch, Tracks.Camera)));
        Assert.Equal(new(LessonPhase.WithPupil, NoMicrophone: true), Of(new WithPupil(Launch, Tracks.Microphone, default)));
    }

    [Theory]
    [InlineData(Cause.BrowserLost, Side.Ours)]
    [InlineData(Cause.CameraLost, Side.Ours)]
    [InlineData(Cause.NetworkLost, Side.Network)]
    [InlineData(Cause.MeetingLost, Side.Meeting)]
    public void A_class_that_comes_back_is_somebodys_trouble(Cause cause, Side side) =>
        Assert.Equal(new(LessonPhase.Opening, side, Recovers: true), Of(new Joining(Launch, cause, new(1, default), default)));

    [Fact]
    public void An_outage_that_is_waited_for_is_the_networks() =>
        Assert.Equal(new(LessonPhase.Opening, Side.Network, Recovers: true), Of(new Interrupted(Launch, Cause.NetworkLost, default, default)));

    [Fact]
    public void A_new_agent_that_looks_for_its_call_has_not_lost_it_and_one_that_opens_it_anew_has()
    {
        Assert.Equal(new(LessonPhase.Unwatched), Of(new Joining(Launch, Cause.AgentRestarted, new(0, default), default)));
        Assert.Equal(new(LessonPhase.Opening, Side.Ours, Recovers: true), Of(new Joining(Launch, Cause.AgentRestarted, new(1, default), default)));
    }

    private static LessonState? Of(CallState state) => LessonState.Of(new(state, CallNews.Status(state, default, null)));
}
