using ClassContact.Classroom;
using ClassContact.Classroom.VecteraStandIn;
using Xunit;

namespace ClassContact.Agent.Tests.Meetings;

/// <summary>A class in the stand-in for Vectera.</summary>
public sealed class StandInTests : MeetingContract
{
    private protected override Func<Task<IMeeting>> OpenMeeting => async () => await StandIn.Open();

    private StandIn Meeting => (StandIn)Kit.Meeting;

    [Fact]
    [Trait("Length", "long")]
    public async Task A_pupil_who_knocks_waits_until_somebody_lets_in()
    {
        Meeting.HostLetsIn = false;
        await OpenTheClass();
        var joining = Kit.PupilJoins();
        await WaitFor.That("the pupil to knock", () => Meeting.Knocking, k => k is ["Eleve"]);
        await Lasts(TimeSpan.FromSeconds(2));
        Assert.Contains("\"open\"", await Call());
        Meeting.LetIn();
        await joining;
        await Kit.Reaches("with-pupil");
        Assert.Equal(["Classe", "Eleve"], Meeting.Present.Order());
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_pupil_who_returns_within_the_grace_need_not_knock_again()
    {
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Pupil!.Leave();
        await Kit.Reaches("open");
        await Kit.Pupil.Enter();
        Assert.Equal(1, Meeting.Knocks);
        Meeting.Grace = TimeSpan.Zero;
        await Kit.Pupil.Leave();
        await Kit.Pupil.Enter();
        Assert.Equal(2, Meeting.Knocks);
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task A_pupil_hears_the_class_and_its_silence()
    {
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await using (await ClassroomSound.Play(Kit.Folder, Kit.Kiosk))
            await WaitFor.That("the class to be heard", Kit.Pupil!.Loudness, level => level > 0.001);
        await WaitFor.That("silence", Kit.Pupil!.Loudness, level => level < 0.0005);
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task Who_opens_windows_dialogs_and_downloads_stays_in_the_class()
    {
        await OpenTheClass();
        foreach (var prank in new[] { Prank.PopUp, Prank.Alert, Prank.Confirm, Prank.BeforeUnload, Prank.Download })
            Meeting.Play(prank);
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        Meeting.Play(Prank.Confirm);
        await Press("end");
        await Kit.Reaches("standby"); // "leave this page?" does not hold it up
    }

    [Fact]
    [Trait("Length", "long")]
    public async Task When_signalling_is_cut_the_class_goes_on_and_the_page_gets_its_signalling_back()
    {
        await OpenTheClass();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
        await Meeting.Kill();
        var before = await Kit.Pupil!.Receives();
        await WaitFor.That("pictures without a server", Kit.Pupil.Receives, r => r.Frames > before.Frames + 30);
        await Meeting.Start();
        await WaitFor.That("both to be back", () => Meeting.Present, p => p.Count == 2);
        await Kit.PupilLeaves();
        await Kit.PupilJoins();
        await Kit.Reaches("with-pupil");
    }
}
