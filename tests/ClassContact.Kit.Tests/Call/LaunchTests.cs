using ClassContact.Kit.Call;
using Xunit;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Call;

public class LaunchTests
{
    [Fact]
    public void An_agent_without_a_consent_closes_whatever_it_finds_and_stands_by()
    {
        var call = CallRun.Standing();
        Assert.Equal(new Standby(), call.State);
        Assert.Equal([new DropConsent(), new ShowStandby()], call.Commands);
    }

    [Fact]
    public void A_press_writes_the_consent_down_before_it_opens_the_meeting()
    {
        var call = CallRun.Standing().Press();
        Assert.Equal([new KeepConsent(call.Launch), new OpenMeeting(new("press-1", 1))], call.Commands);
    }

    [Fact]
    public void Milestones_may_come_in_any_order_and_the_last_one_opens_the_class() => Assert.All(Permutations([.. CallRun.InOrder]), order =>
    {
        var call = CallRun.Standing().Press();
        foreach (var milestone in order.TakeWhile(_ => call.State is not Open))
            call.Wait(0.1).Reach(milestone);
        // Once the page has joined and both tracks are live, nobody asks whether the browser is there.
        Assert.Equal(Tracks.None, Assert.IsType<Open>(call.State).Missing);
        Assert.Equal([new KeepConsent(call.Launch)], call.Commands);
    });

    [Fact]
    public void A_page_that_joined_is_open_within_the_time_for_tracks_whatever_is_told_late() => Assert.All(Permutations([.. CallRun.InOrder]), order =>
    {
        var call = CallRun.Standing().Press().Reach(order.Where(m => m != Milestone.CameraOpen)).Wait(CallTimes.Track - TimeSpan.FromTicks(1));
        Assert.IsType<Joining>(call.State);
        Assert.Equal(Tracks.Camera, Assert.IsType<Open>(call.Wait(TimeSpan.FromTicks(1)).State).Missing);
    });

    [Theory]
    [InlineData(Tracks.None)]
    [InlineData(Tracks.Camera)]
    [InlineData(Tracks.Microphone)]
    public void A_broken_camera_or_microphone_never_stops_a_launch_it_is_told(Tracks live)
    {
        var call = CallRun.Standing().Press().Wait(1).Reach(Milestone.BrowserReady, Milestone.PageLoaded);
        if (live.HasFlag(Tracks.Camera))
            call.Reach(Milestone.CameraOpen);
        if (live.HasFlag(Tracks.Microphone))
            call.Reach(Milestone.MicrophoneOpen);
        call.Reach(Milestone.Joined);
        Assert.IsType<Joining>(call.Wait(CallTimes.Track - TimeSpan.FromTicks(1)).State);
        Assert.Equal(Tracks.Both & ~live, Assert.IsType<Open>(call.Wait(TimeSpan.FromTicks(1)).State).Missing);
        Assert.Equal(4000, call.Launch.Receipt.Joined);
    }

    [Theory]
    [InlineData(0, 15, Cause.BrowserNotAnswering)]
    [InlineData(1, 12, Cause.PageNotLoaded)]
    [InlineData(2, 20, Cause.NotJoined)]
    [InlineData(3, 20, Cause.MicrophoneNotOpened)]
    [InlineData(4, 20, Cause.NotJoined)]
    public void Each_milestone_has_a_deadline_and_a_cause_of_its_own(int reached, int seconds, Cause cause)
    {
        var call = CallRun.Standing().Press().Reach(CallRun.InOrder.Take(reached));
        call.Wait(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.Null(Assert.IsType<Joining>(call.State).RetryAt);
        var retrying = Assert.IsType<Joining>(call.Wait(TimeSpan.FromTicks(1)).State);
        Assert.Equal((call.Now + CallTimes.Retry, cause), (retrying.RetryAt, retrying.LastCause));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_open_class_stays_open_for_ten_years_of_ticks(bool looked)
    {
        var call = CallRun.Opened();
        var opened = call.State;
        for (var day = 0; day < 3653; day++)
        {
            call.Wait(TimeSpan.FromDays(1));
            if (looked)
                call.See(media: false);
        }
        Assert.Equal(opened, Assert.IsType<Open>(call.State) with { Page = default });
        Assert.Equal(5, call.AllCommands.Count(c => c is not AskNetwork)); // no consent and standby at the start, the press's two, the consent once open
        call.See(media: true);
        Assert.Equal(int.MaxValue, call.Launch.Receipt.FirstRemoteMedia);
    }

    [Fact]
    public void The_pupil_comes_stays_and_goes_and_comes_again()
    {
        var call = CallRun.Opened().Wait(600).See(media: true);
        Assert.IsType<WithPupil>(call.State);
        for (var i = 0; i < 60; i++)
            Assert.IsType<WithPupil>(call.Wait(1).See(media: i % 4 == 0).State);
        var last = Assert.IsType<WithPupil>(call.State).LastMedia;
        call.Wait(last + CallTimes.PupilGone - call.Now - TimeSpan.FromTicks(1));
        Assert.IsType<WithPupil>(call.State);
        Assert.IsType<Open>(call.Wait(TimeSpan.FromTicks(1)).State);
        Assert.IsType<WithPupil>(call.See(media: true).State);
        Assert.DoesNotContain(call.AllCommands.Skip(4), command => command is not KeepConsent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_of_ours_is_missing_follows_the_page_and_ends_nothing(bool media)
    {
        var call = CallRun.Opened();
        foreach (var live in new[] { Tracks.Camera, Tracks.None, Tracks.Microphone, Tracks.Both })
        {
            call.Wait(1).See(media, live);
            Assert.Equal(Tracks.Both & ~live, call.State is Open open ? open.Missing : Assert.IsType<WithPupil>(call.State).Missing);
        }
    }

    private static IEnumerable<List<Milestone>> Permutations(List<Milestone> of) => of.Count == 0
        ? [[]]
        : of.SelectMany(first => Permutations([.. of.Where(m => m != first)]).Select(rest => new List<Milestone>([first, .. rest])));
}
