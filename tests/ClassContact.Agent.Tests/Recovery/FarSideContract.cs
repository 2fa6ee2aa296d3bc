using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using Xunit;

namespace ClassContact.Agent.Tests.Recovery;

/// <summary>Whatever happens on the pupil's side, nothing is relaunched and nothing ends.</summary>
public abstract class FarSideContract : TroubledClass
{
    /// <summary>The cause that is told while a pupil is not heard of any more.</summary>
    private protected abstract string? WhileUnheard { get; }

    [Fact]
    public async Task A_pupil_who_is_late_muted_without_camera_leaves_and_returns_touches_nothing()
    {
        await OpenTheClass();
        await Lasts(TimeSpan.FromSeconds(20)); // late; the network was asked meanwhile
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await Kit.Pupil!.Mute();
        await Kit.Pupil.CameraOff();
        await Lasts(TimeSpan.FromSeconds(8));
        Assert.True(Is(await Call(), "with-pupil"), await Call());
        await Kit.Pupil.Leave();
        await Kit.Reaches("open");
        await Kit.Pupil.Enter();
        await Kit.Reaches("with-pupil");
        await Flows();
        await NothingWasRestarted();
    }

    [Fact]
    public async Task A_pupil_whose_computer_sleeps_for_twenty_seconds_or_dies_touches_nothing()
    {
        await OpenWithPupil();
        Kit.Pupil!.Sleep();
        await Measured("the pupil sleeps, told", call => Is(call, "open") && Cause(call) == WhileUnheard, 35);
        await Lasts(TimeSpan.FromSeconds(10));
        Assert.True(Is(await Call(), "open"), await Call());
        Kit.Pupil.Wake();
        await Kit.Pupil.Enter();
        await Kit.Reaches("with-pupil");

        await Kit.Pupil.Vanish();
        await Measured("the pupil vanishes, told", call => Is(call, "open") && Cause(call) == WhileUnheard, 35);
        await Lasts(TimeSpan.FromSeconds(20)); // for the server to notice it, too
        Assert.True(Is(await Call(), "open"), await Call());
        await Kit.PupilLeaves();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        Assert.Null(Cause(await Call()));
        await NothingWasRestarted();
    }
}

/// <summary>By the meeting's server the kit is well connected: a pupil who is not heard of is just not there.</summary>
[Trait("Length", "long")]
public sealed class FarSideServerTests : FarSideContract
{
    private protected override string? WhileUnheard => null;
}

/// <summary>Straight to the pupil: a connection that broke while the meeting answers is the pupil's.</summary>
[Trait("Length", "long")]
public sealed class FarSideDirectTests : FarSideContract
{
    private protected override string WhileUnheard => "far-side";

    private protected override Func<Task<IMeeting>> OpenMeeting => async () => await StandIn.Open();
}
