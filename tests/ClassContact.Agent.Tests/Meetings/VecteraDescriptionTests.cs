using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using Xunit;

namespace ClassContact.Agent.Tests.Meetings;

/// <summary>The description that a kit is shipped with, <c>configs/meeting/vectera.json</c>, opens a class in the stand-in; only the host is another.</summary>
public sealed class VecteraDescriptionTests : KitTests
{
    private protected override Func<Task<IMeeting>> OpenMeeting => async () =>
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "configs", "meeting", "vectera.json"));
        var file = Path.Combine(Artifacts.Folder(TestContext.Current.TestMethod!.MethodName), "vectera.json");
        await File.WriteAllTextAsync(file, shipped.Replace("www.vectera.com", "127.0.0.1", StringComparison.Ordinal));
        var meeting = await StandIn.Open();
        meeting.Description = file;
        return meeting;
    };

    [Fact]
    public async Task Its_query_skips_the_questions_and_the_key_in_the_link_the_door()
    {
        await OpenTheClass();
        var meeting = (StandIn)Kit.Meeting;
        Assert.Equal(["Classe"], await WaitFor.That("the class in the room", () => meeting.Present, p => p.Count > 0));
        Assert.Equal(0, meeting.Knocks);
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        Assert.Equal(1, meeting.Knocks);
    }
}
