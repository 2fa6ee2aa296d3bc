using ClassContact.Kit.Call;
using Xunit;
using static ClassContact.Kit.Call.CallState;
using static ClassContact.Kit.Tests.Call.Script;

namespace ClassContact.Kit.Tests.Call;

public class CallProperties
{
    // One attempt at its slowest.
    private static readonly TimeSpan LongestAttempt = CallTimes.BrowserReady + CallTimes.PageLoaded + CallTimes.Joined + CallTimes.Track;

    // From a press, or from the break of a call, to an open class or a sentence: the last attempt begins at thirty seconds and may take its time.
    private static readonly TimeSpan LongestJoining = CallTimes.Resume + CallTimes.LastAttempt + LongestAttempt;

    [Fact]
    public void From_anywhere_a_start_and_a_browser_that_behaves_open_the_class() => Holds(script =>
    {
        var call = script.Play().Press();
        var until = call.Now + CallTimes.Retry + CallTimes.Retry + CallTimes.PageMayRecover;
        while (call.State is not (Open or WithPupil))
        {
            Assert.True(call.Now <= until, $"still {call.State}");
            Behave(call);
            call.Wait(0.25);
        }
    });

    [Fact]
    public void From_anywhere_a_start_and_a_silent_browser_lead_to_a_sentence() => Holds(script =>
    {
        var call = script.Play().Press();
        var until = call.Now + CallTimes.Ending + LongestJoining + LongestJoining;
        while (call.State is not (Faulted or Joining { IsTold: true }))
        {
            Assert.True(call.Now <= until, $"still {call.State}");
            // Of an open class the worker tells that its page has gone silent.
            call = call.State is Joined or Interrupted ? call.Fail(Cause.PageHung) : call.Wait(0.5);
        }
        Assert.Equal(call.State is Faulted, call.Consent is null);
    });

    [Fact]
    public void From_anywhere_a_held_end_closes_the_devices() => Holds(script => script.Play((_, _, played) =>
    {
        var call = played.Copy().On(new EndHeld());
        Assert.IsType<ShowStandby>(LastToldToTheBrowser(call));
        Assert.Null(call.Consent);
        Assert.Equal(new Standby(), call.On(new StandbyShown()).State);
        Assert.IsType<ShowStandby>(LastToldToTheBrowser(call));
    }));

    [Fact]
    public void A_meeting_is_opened_or_watched_only_within_a_consented_call_that_is_written_down() => Holds(script => script.Play((before, _, call) =>
    {
        Assert.Equal(call.State is Consented, call.Consent is not null);
        foreach (var (command, i) in call.Commands.Select((c, i) => (c, i)))
        {
            if (command is OpenMeeting or WatchMeeting)
                Assert.IsAssignableFrom<Consented>(call.State);
            if (command is OpenMeeting open)
                Assert.Contains(call.Commands.Take(i), c => c is KeepConsent keep && CallMachine.AttemptOf(keep.Launch) == open.Attempt);
        }
        if (before is Consented && call.State is not Consented)
            Assert.Equal([new DropConsent(), new ShowStandby()], call.Commands);
        if (call.State is not Consented)
            Assert.IsType<ShowStandby>(LastToldToTheBrowser(call));
    }));

    [Fact]
    public void No_attempts_name_is_given_twice() => Holds(script =>
    {
        var opened = script.Play().AllCommands.OfType<OpenMeeting>().Select(open => open.Attempt).ToList();
        Assert.Equal(opened.Distinct(), opened);
    });

    [Fact]
    public void A_second_press_right_after_the_first_changes_nothing() => Holds(script => script.Play((_, _, played) =>
    {
        var call = played.Copy().Press();
        var first = call.State;
        Assert.Equal(first, call.Press().State);
        Assert.DoesNotContain(call.Commands, c => c is not AskNetwork);
    }));

    [Fact]
    public void A_press_while_joining_changes_nothing_but_an_end_that_was_asked_for() => Holds(script => script.Play((before, move, call) =>
    {
        if (move is not Pressed || before is not Joining { IsTold: false } joining)
            return;
        var after = (Joining)call.State;
        Assert.Equal(joining.Notice is { EndsCall: true } ? joining with { Notice = null } : joining, after with { Launch = joining.Launch });
        Assert.DoesNotContain(call.Commands, c => c is not KeepConsent);
    }));

    [Fact]
    public void A_tick_at_the_same_time_finds_nothing_left_to_do() => Holds(script => script.Play((_, move, played) =>
    {
        if (move is not Passes)
            return;
        var call = played.Copy();
        var once = call.State;
        Assert.Equal(once, call.Wait(0).State);
        Assert.Empty(call.Commands);
    }));

    [Fact]
    public void After_a_tick_every_deadline_lies_ahead_and_near() => Holds(script => script.Play((_, move, call) =>
    {
        if (move is not Passes)
            return;
        TimeSpan?[] due = call.State switch
        {
            Joining j => [j.RetryAt ?? j.Try.Deadline, j.Notice?.Until, j.AskAt],
            Interrupted i => [i.AskAt, i.Notice?.Until],
            Consented c => [c.Notice?.Until, (c as WithPupil)?.LastMedia + CallTimes.PupilGone],
            Ending e => [e.Deadline],
            _ => [],
        };
        Assert.All(due, d => Assert.True(d is null || (d > call.Now && d <= call.Now + CallTimes.DayOverWarning), $"{d} at {call.Now}"));
    }));

    [Fact]
    public void Nothing_stays_joining_or_ending_for_ever() => Holds(script =>
    {
        var call = script.Play();
        var until = call.Now + CallTimes.Ending + LongestJoining;
        for (var i = 0; call.State is Joining { IsTold: false } or Ending; i++)
        {
            Assert.True(call.Now <= until, $"still {call.State}");
            call.Wait(0.05 + (i % 7 * 0.1)); // ticks are no clockwork
        }
    });

    [Fact]
    public void What_the_far_side_does_relaunches_nothing_and_ends_nothing() => Holds(script => script.Play((_, _, played) =>
    {
        var call = played.Copy();
        if (call.State is not Joined { Page: { Lost: Tracks.None, Doubt: null }, Notice: not { EndsCall: true } } before)
            return;
        for (var i = 0; i < 90; i++)
        {
            call.Wait(1).See(media: i is > 60 and < 65, (Tracks)(i % 4), i % 3 == 0 ? PageLink.Fine : PageLink.PeerBroken);
            Assert.DoesNotContain(call.Commands, c => c is not (AskNetwork or KeepConsent));
            if (call.Commands.Contains(new AskNetwork()))
                Assert.Empty(call.On(new NetworkSeen(true)).Commands);
        }
        Assert.Equal(before.Launch.Receipt.Attempts, Assert.IsType<Open>(call.State).Launch.Receipt.Attempts);
    }));

    [Fact]
    public void Nobody_opens_the_meeting_more_than_three_times_in_five_minutes_by_itself_without_telling_the_room() => Holds(script =>
    {
        var untold = new Queue<TimeSpan>();
        script.Play((before, move, call) =>
        {
            if (move is Pressed || call.State is not Consented { Launch.Receipt.Joined: not null })
                untold.Clear();
            else if (call.Commands.OfType<OpenMeeting>().Any() && before is not Joining { IsTold: true })
                untold.Enqueue(call.Now);
            while (untold.TryPeek(out var first) && call.Now - first >= CallTimes.RelaunchesWithin)
                untold.Dequeue();
            Assert.True(untold.Count <= CallTimes.MostRelaunches, $"{untold.Count} relaunches");
        });
    });

    [Fact]
    public void Only_a_press_of_the_rooms_own_mutes_or_unmutes() => Holds(script => script.Play((before, move, call) =>
    {
        if (before is Consented from && call.State is Consented to && from.Launch.Receipt.Id == to.Launch.Receipt.Id && move is not Restarts)
            Assert.Equal(move is Happens { Event: MutePressed }, from.Launch.Muted != to.Launch.Muted);
        Assert.All(call.Commands.OfType<SetMute>(), c => Assert.Equal(((Consented)call.State).Launch.Muted, c.Muted));
        Assert.All(call.Commands.OfType<OpenMeeting>(), c => Assert.Equal(((Consented)call.State).Launch.Muted, c.Muted));
    }));

    [Fact]
    public void The_streams_of_these_properties_reach_every_state()
    {
        Dictionary<string, int> reached = [];
        Holds(script => script.Play((_, _, call) =>
        {
            var name = call.State.GetType().Name + (call.State is Joining j ? $" {j.Try.Number}{(j.RetryAt is null ? "" : " failed")}" : "");
            reached[name] = reached.GetValueOrDefault(name) + 1;
        }));
        string[] wanted =
            ["Standby", "Joining 0", "Joining 1", "Joining 1 failed", "Joining 2", "Joining 2 failed", "Joining 3", "Open", "WithPupil", "Interrupted", "Ending", "Faulted"];
        Assert.All(wanted, name => Assert.True(reached.GetValueOrDefault(name) > 30, $"{name}: {reached.GetValueOrDefault(name)}"));
    }

    private static void Behave(CallRun call)
    {
        if (call.State is Ending)
            call.On(new StandbyShown());
        else if (call.State is Joining { Try.Number: 0 })
            call.See(media: false);
        else if (call.State is Interrupted)
            call.On(new NetworkSeen(true)).See(media: false);
        else
            call.Reach(CallRun.InOrder);
    }

    private static CallCommand LastToldToTheBrowser(CallRun call) => call.AllCommands.Last(c => c is OpenMeeting or WatchMeeting or ShowStandby);
}
