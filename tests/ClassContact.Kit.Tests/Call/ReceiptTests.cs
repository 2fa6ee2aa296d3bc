using ClassContact.Kit.Call;
using ClassContact.Messages;
using Xunit;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Call;

public class ReceiptTests
{
    private static readonly LaunchReceipt Good = new("press-1", new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero), "key", 1, 100, 250, 400, 500, 700);

    private static CallRun Launched()
    {
        var call = CallRun.Standing().Press();
        foreach (var (milestone, ms) in CallRun.InOrder.Zip([100, 250, 400, 500, 700]))
            call.Wait(TimeSpan.FromMilliseconds(ms) - call.Now).Reach(milestone);
        return call;
    }

    [Fact]
    public void Every_milestone_is_told_in_milliseconds_after_the_press()
    {
        var call = Launched();
        Assert.Equal(Good, call.Launch.Receipt);
        Assert.Equal(Good with { FirstRemoteMedia = 90_700 }, call.Wait(90).See(media: true).Launch.Receipt);
        Assert.Equal(90_700, call.Wait(90).Wait(1).See(media: true).Launch.Receipt.FirstRemoteMedia);
    }

    [Fact]
    public void A_milestone_is_dated_by_when_it_happened_not_by_when_the_machine_heard_of_it()
    {
        var call = CallRun.Standing(TimeSpan.FromHours(5)).Press().Wait(2);
        call.On(new MilestoneReached(call.Current, Milestone.BrowserReady, call.Now - TimeSpan.FromMilliseconds(1300)));
        Assert.Equal(700, call.Launch.Receipt.BrowserReady);
    }

    [Fact]
    public void A_milestone_that_is_told_twice_keeps_its_first_time_and_its_deadline()
    {
        var call = CallRun.Standing().Press().Wait(1).Reach(Milestone.BrowserReady, Milestone.PageLoaded);
        var once = call.State;
        Assert.Equal(once, call.Wait(5).Reach(Milestone.BrowserReady, Milestone.PageLoaded).State);
    }

    [Fact]
    public void Between_attempts_the_receipt_is_cleared_but_for_the_browser_that_has_answered()
    {
        var call = CallRun.Standing().Press().Wait(0.1).Reach(Milestone.BrowserReady, Milestone.PageLoaded, Milestone.CameraOpen);
        call.Fail(Cause.PageCrashed).Wait(CallTimes.Retry);
        Assert.Equal(new LaunchReceipt("press-1", Good.At, "key", Attempts: 2, BrowserReady: 100), call.Launch.Receipt);
        Assert.Equal([new KeepConsent(call.Launch), new OpenMeeting(new("press-1", 2))], call.Commands);
    }

    [Theory]
    [InlineData(0, nameof(LaunchReceipt.BrowserReady))]
    [InlineData(1, nameof(LaunchReceipt.PageLoaded))]
    [InlineData(2, nameof(LaunchReceipt.CameraOpen))]
    [InlineData(3, nameof(LaunchReceipt.MicrophoneOpen))]
    [InlineData(4, nameof(LaunchReceipt.Joined))]
    public void A_launch_that_failed_tells_where_it_stopped_in_the_word_of_the_receipts_own_field(int reached, string field)
    {
        var call = CallRun.Standing().Press();
        for (var i = 0; i < CallTimes.Attempts; i++)
            call.Reach(CallRun.InOrder.Take(reached)).Fail(Cause.PageCrashed).Wait(CallTimes.Retry);
        Assert.Equal(Cause.PageCrashed, Assert.IsType<Faulted>(call.State).Cause);
        var everything = call.Launch.Receipt with { BrowserReady = 1, PageLoaded = 1, CameraOpen = 1, MicrophoneOpen = 1, Joined = 1 };
        var json = System.Text.Encoding.UTF8.GetString(Wire.Write(
            new(1, Good.At, 0, ClockState.Synced, "b", "s"), new CallStatus(CallPhase.Faulted, Good.At, null, [], everything)));
        var word = call.Launch.Receipt.StoppedAt!;
        Assert.Equal(field, word, ignoreCase: true);
        Assert.Contains($"\"{word}\":1", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recovery_that_works_or_fails_leaves_the_launchs_figures_alone()
    {
        var call = Launched().Wait(300).On(new BrowserGone());
        Assert.Equal(Good with { Attempts = 2 }, call.Launch.Receipt);
        call.Wait(3).Reach(CallRun.InOrder);
        Assert.Equal(Good with { Attempts = 2 }, Assert.IsType<Open>(call.State).Launch.Receipt);
        call.Fail(Cause.PageHung);
        while (call.State is not Joining { IsTold: true })
            call.Fail(Cause.PageNotLoaded).Wait(CallTimes.Retry);
        Assert.Equal(Good with { Attempts = 4 }, call.Launch.Receipt);
    }

    [Fact]
    public void A_press_during_the_end_counts_from_the_press_not_from_when_its_turn_came()
    {
        var call = CallRun.Opened().On(new EndHeld()).Wait(1).Press().Wait(4).On(new StandbyShown()).Wait(1).Reach(Milestone.BrowserReady);
        Assert.Equal("press-2", call.Launch.Receipt.Id);
        Assert.Equal(5000, call.Launch.Receipt.BrowserReady);
    }

    [Fact]
    public void A_launch_that_an_agents_restart_interrupted_goes_on_in_the_same_receipt()
    {
        var call = CallRun.Standing().Press().Wait(1).Restart().Wait(1).See(media: false);
        Assert.Equal(2000, Assert.IsType<Open>(call.State).Launch.Receipt.Joined);
        Assert.Equal(call.Launch, call.Consent);
    }

    [Fact]
    public void A_launch_that_a_restart_interrupted_and_that_then_fails_tells_where_it_stopped()
    {
        var call = CallRun.Standing().Press().Restart().Fail(Cause.PageHung);
        for (var i = 0; i < CallTimes.Attempts; i++)
            call.Reach(Milestone.BrowserReady).Fail(Cause.PageNotLoaded).Wait(CallTimes.Retry);
        Assert.Equal("pageLoaded", Assert.IsType<Faulted>(call.State).Launch!.Receipt.StoppedAt);
    }
}
