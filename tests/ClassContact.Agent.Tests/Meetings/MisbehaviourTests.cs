using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using Xunit;

namespace ClassContact.Agent.Tests.Meetings;

/// <summary>A meeting's server that answers with something else than the room: a sentence, nothing open, and the next press tries again.</summary>
public sealed class MisbehaviourTests : KitTests
{
    private protected override Func<Task<IMeeting>> OpenMeeting => async () => await StandIn.Open();

    private StandIn Meeting => (StandIn)Kit.Meeting;

    [Fact]
    public Task Instead_of_the_room_an_error() => Instead_of_the_room(Answers.WithAnError, "meeting-lost");

    [Theory]
    [Trait("Length", "long")]
    [InlineData(Answers.Never, "page-not-loaded")]
    [InlineData(Answers.FromAnotherHost, "wrong-page")]
    [InlineData(Answers.WithALogin, "not-joined")] // on the meeting's own host
    public async Task Instead_of_the_room(Answers answers, string cause)
    {
        Meeting.Answers = answers;
        await Press("start");
        await Kit.Reaches("faulted", TimeSpan.FromSeconds(120));
        Assert.Contains($"\"cause\":\"{cause}\"", await Call());
        Meeting.Answers = Answers.WithTheRoom;
        await OpenTheClass();
    }

    [Fact]
    public async Task Without_leave_to_open_devices_the_class_is_open_and_says_what_is_missing()
    {
        Meeting.ForbidsDevices = true;
        await OpenTheClass();
        Assert.Contains("\"missing\":[\"camera\",\"microphone\"]", await Call());
    }
}
