using ClassContact.Kit.Call;
using Xunit;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Call;

public class EndTests
{
    [Fact]
    public void A_held_key_closes_the_page_and_the_call_is_over_when_the_page_is_gone()
    {
        var call = CallRun.Opened().On(new EndHeld());
        Assert.Equal([new DropConsent(), new ShowStandby()], call.Commands);
        Assert.Equal(new Ending(call.Now + CallTimes.Ending), call.State);
        Assert.Equal(new Standby(), call.On(new StandbyShown()).State);
    }

    [Fact]
    public void A_stray_tap_ends_nothing_and_the_hint_goes_by_itself()
    {
        var call = CallRun.Opened();
        var open = call.State;
        Assert.Equal(new EndNotice(EndsCall: false, call.Now + CallTimes.HoldHint), Assert.IsType<Open>(call.On(new EndTapped()).State).Notice);
        call.Wait(1).On(new EndTapped()).Wait(CallTimes.HoldHint - TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.NotEqual(open, call.State);
        Assert.Equal(open, call.Wait(TimeSpan.FromTicks(1)).State);
    }

    [Fact]
    public void An_end_that_was_asked_for_comes_after_three_seconds_however_often_it_is_asked()
    {
        var call = CallRun.Opened().On(new EndAsked()).Wait(1).On(new EndAsked()).Wait(1.999).On(new EndAsked());
        Assert.IsType<Open>(call.State);
        Assert.IsType<Ending>(call.Wait(0.001).State);
        Assert.Null(call.Consent);
    }

    [Fact]
    public void A_start_takes_the_asked_end_back_and_nothing_else_happens()
    {
        var call = CallRun.Opened();
        var open = call.State;
        Assert.Equal(open, call.On(new EndAsked()).Wait(2.9).Press().State);
        Assert.IsType<KeepConsent>(Assert.Single(call.Commands)); // which says that no end is asked for any more
        Assert.Equal(open, call.Wait(3600).State);
    }

    [Fact]
    public void An_asked_end_outlives_a_break_of_the_call()
    {
        var call = CallRun.Opened().On(new EndAsked()).Wait(1).On(new BrowserGone());
        Assert.IsType<Joining>(call.State);
        Assert.IsType<Ending>(call.Wait(2).State);
    }

    [Fact]
    public void A_hint_that_is_over_hides_no_deadline_of_the_same_moment()
    {
        var call = CallRun.Standing().Press().On(new EndTapped()).Wait(CallTimes.BrowserReady);
        Assert.Equal(Cause.BrowserNotAnswering, Assert.IsType<Joining>(call.State).LastCause);
    }

    [Fact]
    public void A_browser_that_does_not_close_the_call_is_a_fault_and_is_told_again_to_close_it()
    {
        var call = CallRun.Opened().On(new EndHeld()).Wait(CallTimes.Ending);
        Assert.Equal(new Faulted(null, Cause.BrowserNotAnswering), call.State);
        Assert.Equal([new ShowStandby()], call.Commands);
        Assert.Equal(new Standby(), call.On(new StandbyShown()).State);
    }

    [Fact]
    public void A_press_during_the_end_is_carried_out_as_soon_as_the_old_call_is_closed()
    {
        var call = CallRun.Opened().On(new EndHeld()).Press();
        Assert.Empty(call.Commands);
        Assert.Null(call.Consent);
        Assert.Equal([new KeepConsent(call.On(new StandbyShown()).Launch), new OpenMeeting(new("press-2", 1))], call.Commands);
    }

    [Fact]
    public void A_second_press_during_the_end_does_not_replace_the_first() =>
        Assert.Equal("press-2", CallRun.Opened().On(new EndHeld()).Press().Wait(1).Press().On(new StandbyShown()).Launch.Receipt.Id);

    [Fact]
    public void An_end_during_the_end_takes_the_press_back_and_prolongs_nothing()
    {
        var call = CallRun.Opened().On(new EndHeld()).Press().Wait(9).On(new EndHeld());
        Assert.Equal(new Faulted(null, Cause.BrowserNotAnswering), call.Wait(1).State);
    }
}
