using ClassContact.Classroom;
using Xunit;

namespace ClassContact.Agent.Tests.Meetings;

/// <summary>What holds in every meeting, whoever wrote it.</summary>
public abstract class MeetingContract : KitTests
{
    [Fact]
    public async Task A_class_opens_alone_a_pupil_comes_leaves_and_returns_and_it_ends()
    {
        await OpenTheClass();
        Assert.Contains("\"missing\":[]", await Call());
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await WaitFor.That("the class's picture and sound at the pupil's", Kit.Pupil!.Receives, r => r is { Frames: > 10, SoundSeconds: > 1 });
        await Kit.Pupil.Leave();
        await Kit.Reaches("open");
        await Kit.Pupil.Enter();
        await Kit.Reaches("with-pupil");
        await Press("end");
        await Kit.Reaches("standby");
        Assert.Single(Kit.Heard, l => l.Contains("\"call-open\""));
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_pupil_who_is_muted_and_has_the_camera_off_is_still_there()
    {
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await Kit.Pupil!.Mute();
        await Kit.Pupil.CameraOff();
        await Lasts(TimeSpan.FromSeconds(8)); // media count as there for some seconds after they were last seen
        Assert.Contains("\"with-pupil\"", await Call());
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_pupil_who_vanishes_is_missed_and_the_class_stays_open()
    {
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await Kit.Pupil!.Vanish();
        await Kit.Reaches("open", TimeSpan.FromSeconds(60));
        await Kit.PupilLeaves();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        Assert.DoesNotContain(Kit.Heard, l => l.Contains("\"call-recovering\"") || l.Contains("\"call-failed\""));
    }
}
