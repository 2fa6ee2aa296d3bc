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
    public void A_recovery_that_fails_three_times_is_told_goes_on_slowly_and_a_press_tries_at_once()
    {
        var call = CallRun.Opened().On(new BrowserGone());
        for (var i = 0; i < CallTimes.MostRelaunches - 1; i++)
            call.On(new BrowserGone()).Wait(CallTimes.Retry);
        call.On(new BrowserGone());
        var told = Assert.IsType<Joining>(call.State);
        Assert.Equal((true, Cause.BrowserLost, call.Now + CallTimes.SlowRetry), (told.IsTold, told.LastCause, told.RetryAt));
        Assert.Equal([new ShowStandby(), new AskNetwork()], call.Commands);
        Assert.NotNull(call.Consent);
        Assert.Equal("call-troubled", CallNews.Of(told with { IsTold = false }, told)!.Name);
        Assert.Contains(call.Copy().Wait(CallTimes.SlowRetry).Commands, c => c is OpenMeeting);
        Assert.Contains(call.Press().Commands, c => c is OpenMeeting);
        Assert.IsType<Open>(call.Reach(CallRun.InOrder).State);
    }

    [Fact]
    public void A_call_that_does_not_come_back_for_a_whole_lesson_is_over()
    {
        var call = CallRun.Opened();
        for (var began = call.Now; call.State is not Faulted; call.Wait(1))
        {
            Assert.True(call.Now - began < CallTimes.GiveUp + TimeSpan.FromMinutes(1));
            call.On(new BrowserGone());
        }
        Assert.Null(call.Consent);
    }

    [Fact]
    public void A_network_that_comes_back_is_tried_at_once()
    {
        var call = CallRun.Opened().Fail(Cause.PageCrashed);
        while (call.State is not Joining { IsTold: true })
            call.Fail(Cause.PageNotLoaded).Wait(0.5);
        call.On(new NetworkSeen(false));
        Assert.Equal(Side.Network, CallNews.SideOf(call.State));
        Assert.Contains(call.On(new NetworkSeen(true)).Commands, c => c is OpenMeeting);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void A_network_that_is_away_for_a_short_time_restarts_nothing(int seconds)
    {
        var call = CallRun.Opened().Wait(20).See(media: false);
        for (var i = 0; i < seconds; i++)
            call.Wait(1).On(new NetworkSeen(false)).See(media: false);
        if (seconds > 5)
            Assert.Equal(Cause.NetworkLost, Assert.IsType<Interrupted>(call.State).Cause);
        for (var i = 0; i < 10; i++)
            call.Wait(1).On(new NetworkSeen(true)).See(media: false);
        Assert.IsType<Open>(call.State);
        Assert.Single(call.AllCommands, c => c is OpenMeeting);
    }

    [Fact]
    public void A_class_that_waits_alone_is_not_shown_as_open_behind_a_dead_network_for_longer_than_some_twenty_seconds()
    {
        var call = CallRun.Opened();
        var (lost, asked) = (call.Now, new Queue<TimeSpan>());
        while (call.State is Open)
        {
            if (call.Wait(1).See(media: false).Commands.Contains(new AskNetwork()))
                asked.Enqueue(call.Now);
            if (asked.TryPeek(out var at) && call.Now - at >= TimeSpan.FromSeconds(2) && asked.TryDequeue(out _))
                call.On(new NetworkSeen(false));
        }
        Assert.Equal(Cause.NetworkLost, Assert.IsType<Interrupted>(call.State).Cause);
        Assert.InRange((call.Now - lost).TotalSeconds, 15, 23);
    }

    [Theory]
    [InlineData(40, PageLink.MeetingBroken)]
    [InlineData(300, PageLink.Fine)]
    public void After_a_long_outage_or_with_a_broken_page_the_meeting_is_opened_anew(int seconds, PageLink link)
    {
        var call = CallRun.Opened().Wait(20);
        for (var i = 0; i < seconds; i++)
            call.Wait(1).See(media: false, link: link).On(new NetworkSeen(false));
        Assert.IsType<Interrupted>(call.State);
        Assert.Single(call.AllCommands, c => c is OpenMeeting);
        var back = call.Now;
        while (call.State is Interrupted)
            call.Wait(1).On(new NetworkSeen(true)).See(media: false, link: link);
        Assert.Equal(2, call.AllCommands.Count(c => c is OpenMeeting));
        Assert.InRange((call.Now - back).TotalSeconds, 5, 8);
    }

    [Fact]
    public void A_meeting_that_dropped_us_is_opened_anew_and_a_pupil_who_is_heard_proves_that_it_did_not()
    {
        var call = CallRun.Opened().Wait(20);
        for (var i = 0; i < 30; i++)
            Assert.Empty(call.Wait(1).See(media: true, link: PageLink.MeetingBroken).Commands.OfType<OpenMeeting>());
        var gone = call.Now;
        while (call.State is Joined)
            call.Wait(1).See(media: false, link: PageLink.MeetingBroken).On(new NetworkSeen(true));
        Assert.Equal(Cause.MeetingLost, Assert.IsType<Joining>(call.State).Recovers);
        Assert.InRange((call.Now - gone).TotalSeconds, 12, 15);
    }

    [Fact]
    public void A_class_that_the_pupil_no_longer_gets_is_opened_anew_though_the_pupil_is_heard()
    {
        var call = CallRun.Opened().Wait(20);
        for (var i = 0; i < 10; i++)
            Assert.Empty(call.Wait(1).See(media: true, link: PageLink.Unsent).Commands.OfType<OpenMeeting>());
        call.Wait(1).See(media: true); // it got through again
        var gone = call.Now;
        while (call.State is Joined)
            call.Wait(1).See(media: true, link: PageLink.Unsent);
        Assert.Equal(Cause.MeetingLost, Assert.IsType<Joining>(call.State).Recovers);
        Assert.InRange((call.Now - gone).TotalSeconds, 12, 14);
    }

    [Fact]
    public void A_device_that_is_back_once_too_often_is_told_and_a_press_takes_it_at_once()
    {
        var call = CallRun.Opened().Wait(20);
        for (var i = 0; i < 3; i++)
        {
            call.Fail(Cause.PageCrashed);
            call.Wait(1).Reach(CallRun.InOrder);
        }
        Lose(call);
        var before = call.State;
        for (var i = 0; i < 5; i++)
            call.Wait(1).On(new PageSeen(call.Current, Tracks.Microphone, false, Ended: Tracks.Camera));
        Assert.True(Assert.IsType<Open>(call.State).Page.IsHeld);
        Assert.Equal(("call-troubled", "camera-lost"), (CallNews.Of(before, call.State)!.Name, CallNews.Of(before, call.State)!.Cause));
        Assert.Single(call.Press().Commands.OfType<OpenMeeting>());

        static void Lose(CallRun call) => call.Wait(1).On(new PageSeen(call.Current, Tracks.Microphone, false, Ended: Tracks.Camera, Absent: Tracks.Camera));
    }

    [Fact]
    public void An_end_that_was_asked_for_is_kept_by_an_agent_that_dies_before_it_and_forgotten_by_a_press_that_undoes_it()
    {
        var call = CallRun.Opened().On(new EndAsked());
        Assert.IsType<Standby>(call.Copy().Restart().State);
        Assert.IsType<Joining>(call.Press().Restart().State);
    }

    [Fact]
    public void A_press_opens_a_class_again_that_somebody_left_in_its_own_page_and_touches_none_in_which_only_the_camera_is_off()
    {
        var call = CallRun.Opened().Wait(20);
        Assert.Empty(call.See(media: false, live: Tracks.Microphone).Press().Commands);
        Assert.Empty(call.See(media: true, live: Tracks.None).Press().Commands); // a pupil is there
        call.Wait(CallTimes.PupilGone).See(media: false, live: Tracks.None);
        Assert.IsType<Open>(call.State);
        Assert.Single(call.Press().Commands.OfType<OpenMeeting>());
    }

    [Fact]
    public void A_page_without_any_connection_left_is_opened_anew_as_soon_as_the_meeting_answers()
    {
        var call = CallRun.Opened().Wait(20);
        call.See(media: false, link: PageLink.MeetingGone).On(new NetworkSeen(false)).Wait(1).See(media: false, link: PageLink.MeetingGone);
        Assert.IsType<Open>(call.State);
        call.On(new NetworkSeen(true)).Wait(1).See(media: false, link: PageLink.MeetingGone);
        Assert.Equal(Cause.MeetingLost, Assert.IsType<Joining>(call.State).Recovers);
    }

    [Fact]
    public void A_network_without_udp_is_waited_for_a_minute_and_then_tried_all_the_same()
    {
        var call = CallRun.Opened().Wait(20).See(media: false, link: PageLink.PeerBroken).On(new NetworkSeen(true, Udp: false));
        Assert.Equal(Cause.NetworkLost, Assert.IsType<Interrupted>(call.State).Cause);
        var began = call.Now;
        while (call.State is Interrupted)
            call.Wait(1).On(new NetworkSeen(true, Udp: false)).See(media: false, link: PageLink.PeerBroken);
        Assert.InRange((call.Now - began).TotalSeconds, 60, 70);
    }

    [Theory]
    [InlineData(Tracks.Camera, Cause.CameraLost)]
    [InlineData(Tracks.Microphone, Cause.MicrophoneLost)]
    public void A_device_that_went_is_waited_for_and_the_page_is_opened_anew_when_it_is_back(Tracks what, Cause cause)
    {
        var call = CallRun.Opened();
        var others = Tracks.Both & ~what;
        for (var i = 0; i < 60; i++)
            call.Wait(1).On(new PageSeen(call.Current, others, false, Ended: what, Absent: what));
        Assert.Equal(what, Assert.IsType<Open>(call.State).Missing);
        Assert.Single(call.AllCommands, c => c is OpenMeeting);
        while (call.State is Open)
            call.Wait(1).On(new PageSeen(call.Current, others, false, Ended: what));
        Assert.Equal(cause, Assert.IsType<Joining>(call.State).Recovers);
        Assert.Equal(Side.Ours, CallNews.SideOf(call.State));
    }

    [Fact]
    public void A_track_that_the_page_itself_has_stopped_is_the_rooms_will()
    {
        var call = CallRun.Opened();
        for (var i = 0; i < 60; i++)
            call.Wait(1).See(media: false, Tracks.Microphone);
        Assert.Single(call.AllCommands, c => c is OpenMeeting);
    }

    [Fact]
    public void A_camera_that_comes_and_goes_does_not_reload_the_page_for_ever()
    {
        var call = CallRun.Opened();
        for (var i = 0; i < 290; i++)
        {
            call.Wait(1).On(new PageSeen(call.Current, Tracks.Microphone, false, Ended: Tracks.Camera));
            if (call.State is Joining)
                call.Reach(CallRun.InOrder);
        }
        Assert.Equal(1 + CallTimes.MostRelaunches, call.AllCommands.Count(c => c is OpenMeeting));
        Assert.Equal(Tracks.Camera, Assert.IsType<Open>(call.State).Missing);
    }

    [Fact]
    public void A_class_is_over_that_the_computer_slept_through_and_a_shorter_sleep_is_an_outage()
    {
        Assert.IsType<Ending>(CallRun.Opened().On(new Slept(CallTimes.LongestSleep)).State);
        var call = CallRun.Opened().On(new Slept(TimeSpan.FromMinutes(2)));
        Assert.IsType<Interrupted>(call.State);
        while (call.State is Interrupted)
            call.Wait(1).On(new NetworkSeen(true)).See(media: false);
        Assert.IsType<Joining>(call.State); // its server may have dropped it
    }

    [Fact]
    public void What_arrives_right_after_a_sleep_was_on_its_way_before_and_proves_nothing()
    {
        var call = CallRun.Opened().On(new Slept(TimeSpan.FromMinutes(1)));
        Assert.IsType<Interrupted>(call.Wait(1).See(media: true).State);
        Assert.IsType<WithPupil>(call.Copy().Wait(CallTimes.WakeSettles).See(media: true).State);
    }

    [Fact]
    public void A_page_that_is_slow_to_join_again_is_blamed_on_what_broke_the_class()
    {
        var call = CallRun.Opened().Fail(Cause.PageHung);
        call.Reach(Milestone.BrowserReady, Milestone.PageLoaded);
        while (call.State is Joining { LastCause: null })
            call.Wait(1);
        Assert.Equal(Cause.NotJoined, Assert.IsType<Joining>(call.State).LastCause);
        Assert.Equal(Side.Ours, CallNews.SideOf(call.State));
    }

    [Fact]
    public void An_outage_of_a_whole_lesson_ends_the_class_and_opens_nothing_when_it_is_over()
    {
        var call = CallRun.Opened().Wait(20);
        for (var i = 0; i < 4000; i++)
            call.Wait(1).On(new NetworkSeen(false)).See(media: false);
        Assert.IsType<Faulted>(call.State);
        Assert.Null(call.Consent);
        Assert.Single(call.On(new NetworkSeen(true)).AllCommands, c => c is OpenMeeting);
    }

    [Fact]
    public void A_server_that_refuses_is_not_blamed_on_the_schools_network()
    {
        var call = CallRun.Opened().Wait(20);
        for (var i = 0; i < 5; i++)
            call.Wait(1).On(new NetworkSeen(false, IsRefused: true)).See(media: false, link: PageLink.MeetingBroken);
        Assert.Equal((Cause.MeetingLost, "call-recovering"), (Assert.IsType<Interrupted>(call.State).Cause, CallNews.Of(new Open(call.Launch, Tracks.None), call.State)!.Name));
        Assert.Equal(Side.Meeting, CallNews.SideOf(call.State));
    }

    [Fact]
    public void An_empty_rooms_warning_is_taken_back_when_somebody_is_there_though_silent() => Assert.Null(((Consented)
        CallRun.Opened().On(new EndSuggested(EndReason.RoomEmpty)).On(new PageSeen(new("press-1", 1), Tracks.Both, false, IsEmpty: false)).State).Notice);

    [Fact]
    public void An_end_that_is_asked_for_does_not_wait_for_a_longer_warning() => Assert.IsType<Ending>(
        CallRun.Opened().On(new EndSuggested(EndReason.DayOver)).On(new EndAsked()).Wait(CallTimes.Undo).State);

    [Fact]
    public void A_muted_room_stays_muted_when_the_class_comes_back_and_when_the_page_forgets_it()
    {
        var call = CallRun.Opened().On(new MutePressed());
        Assert.Equal([new KeepConsent(call.Launch), new SetMute(true)], call.Commands);
        Assert.Contains(new SetMute(true), call.On(new PageSeen(call.Current, Tracks.Both, false, Muted: false)).Commands);
        Assert.Contains(new OpenMeeting(new("press-1", 2), Muted: true), call.Fail(Cause.PageCrashed).Commands);
        var successor = CallRun.Restarted(call.Launch, call.Now);
        Assert.Equal(new WatchMeeting(successor.Current, Muted: true), Assert.Single(successor.Commands));
        Assert.True(successor.See(media: true).Launch.Muted);
    }

    [Fact]
    public void An_end_that_nobody_asked_for_is_warned_of_and_a_press_keeps_the_class_open_for_half_an_hour()
    {
        var call = CallRun.Opened().On(new EndSuggested(EndReason.DayOver));
        Assert.IsType<Ending>(call.Copy().Wait(CallTimes.DayOverWarning).State);
        call.Press();
        Assert.Null(Assert.IsType<Open>(call.State).Notice);
        Assert.Null(((Consented)call.Wait(CallTimes.Stay - TimeSpan.FromSeconds(1)).On(new EndSuggested(EndReason.DayOver)).State).Notice);
        Assert.NotNull(((Consented)call.Wait(1).On(new EndSuggested(EndReason.DayOver)).State).Notice);
    }

    [Fact]
    public void Somebody_who_comes_while_an_empty_room_is_about_to_close_keeps_it_open() => Assert.Null(
        Assert.IsType<WithPupil>(CallRun.Opened().On(new EndSuggested(EndReason.RoomEmpty)).See(media: true).State).Notice);

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
        Assert.Equal(new Open(kept, Tracks.None), Assert.IsType<Open>(call.See(media: false).State) with { Page = default });
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
