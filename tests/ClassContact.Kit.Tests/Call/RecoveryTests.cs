using ClassContact.Kit.Call;
using ClassContact.Messages;
using Xunit;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Call;

public class RecoveryTests
{
    [Theory]
    [InlineData(Cause.PageCrashed)]
    [InlineData(Cause.PageHung)]
    [InlineData(Cause.WrongPage)]
    public void A_page_that_is_lost_comes_back_at_once_without_a_press(Cause cause)
    {
        var call = CallRun.Opened().Wait(60).See(media: true).Fail(cause);
        Assert.Equal(cause, Assert.IsType<Joining>(call.State).Recovers);
        Assert.Equal([new KeepConsent(call.Launch), new OpenMeeting(new("press-1", 2))], call.Commands);
        Assert.IsType<Open>(call.Reach(CallRun.InOrder).State);
    }

    [Fact]
    public void A_recovery_that_fails_three_times_is_a_fault_without_a_consent()
    {
        var call = CallRun.Opened().On(new BrowserGone());
        for (var i = 0; i < CallTimes.Attempts; i++)
            call.On(new BrowserGone()).Wait(CallTimes.Retry);
        Assert.Equal(Cause.BrowserLost, Assert.IsType<Faulted>(call.State).Cause);
        Assert.Null(call.Consent);
        Assert.Contains(new ShowStandby(), call.AllCommands.TakeLast(2));
    }

    [Fact]
    public void No_attempt_begins_later_than_the_teachers_thirty_seconds()
    {
        for (var failsAfter = 0.0; failsAfter < 45; failsAfter += 0.1)
        {
            var call = CallRun.Standing().Press();
            for (var t = 0.0; t < 90 && call.State is Joining; t += 0.1)
            {
                var attempts = call.AllCommands.OfType<OpenMeeting>().Count();
                call.Wait(0.1);
                Assert.True(call.AllCommands.OfType<OpenMeeting>().Count() == attempts || call.Now <= CallTimes.LastAttempt, $"an attempt began at {call.Now}");
                if (call.Now.TotalSeconds >= failsAfter)
                    call.Fail(Cause.PageNotLoaded);
                else if (call.State is Joining { RetryAt: null, Try.Loaded: false })
                    call.Reach(Milestone.BrowserReady, Milestone.PageLoaded);
            }
            Assert.IsType<Faulted>(call.State);
        }
    }

    [Fact]
    public void A_restarted_agent_watches_the_call_that_was_consented_and_touches_nothing()
    {
        var kept = CallRun.Opened().Launch;
        var call = CallRun.Restarted(kept, TimeSpan.FromSeconds(2));
        Assert.Equal([new WatchMeeting(CallMachine.AttemptOf(kept))], call.Commands);
        Assert.Equal(new Open(kept, Tracks.None), call.See(media: false).State);
        Assert.Empty(call.Commands);
    }

    [Fact]
    public void A_restarted_agent_finds_the_pupil_too() =>
        Assert.IsType<WithPupil>(CallRun.Restarted(CallRun.Opened().Launch, default).See(media: true).State);

    [Theory]
    [InlineData("gone")]
    [InlineData("failed")]
    [InlineData("silent")]
    [InlineData("ready-then-silent")]
    public void A_restarted_agent_that_does_not_find_its_call_within_three_seconds_opens_it_anew(string how)
    {
        var call = CallRun.Restarted(CallRun.Opened().Launch, default);
        _ = how switch
        {
            "gone" => call.On(new BrowserGone()),
            "failed" => call.Fail(Cause.PageHung),
            "silent" => call.Wait(CallTimes.Resume),
            _ => call.Wait(1).Reach(Milestone.BrowserReady).Wait(CallTimes.Resume - TimeSpan.FromSeconds(1)),
        };
        Assert.Equal([new KeepConsent(call.Launch), new OpenMeeting(new("press-1", 2))], call.Commands);
        Assert.Equal(Cause.AgentRestarted, Assert.IsType<Joining>(call.State).Recovers);
        Assert.Equal(1, Assert.IsType<Joining>(call.State).Try.Number);
    }

    [Fact]
    public void The_press_of_a_restarted_call_may_lie_before_the_machines_own_time()
    {
        var kept = new Launch(TimeSpan.FromHours(-1), new LaunchReceipt("one", DateTimeOffset.UnixEpoch, "key", Joined: 700));
        Assert.Equal(3_601_000, CallRun.Restarted(kept, TimeSpan.FromSeconds(1)).See(media: true).Launch.Receipt.FirstRemoteMedia);
    }
}
