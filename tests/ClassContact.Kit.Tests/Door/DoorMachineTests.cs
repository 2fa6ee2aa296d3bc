using ClassContact.Kit.Door;
using Xunit;

namespace ClassContact.Kit.Tests.Door;

public sealed class DoorMachineTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly DoorState Closed = DoorState.Begin(default, TimeSpan.Zero);

    [Fact]
    public void The_right_code_opens_and_is_told()
    {
        var asking = Next(Closed, new DoorEvent.Knocked(DoorLock.Code, Today), 1).State;
        Assert.Equal(DoorPlace.AskingCode, asking.Place);
        var open = Next(asking, new DoorEvent.CodeTried(true, default), 20);
        Assert.Equal((DoorPlace.Open, DoorNews.Opened("code")), (open.State.Place, open.News));
    }

    [Fact]
    public void A_kit_that_has_nothing_yet_opens_without_a_code_and_one_without_a_secret_stays_shut()
    {
        var open = Next(Closed, new DoorEvent.Knocked(DoorLock.None, Today), 1);
        Assert.Equal((DoorPlace.Open, DoorNews.Opened("not-enrolled")), (open.State.Place, open.News));
        var shut = Next(Closed, new DoorEvent.Knocked(DoorLock.NoSecret, Today), 1).State;
        Assert.Equal(DoorPlace.Shut, shut.Place);
        Assert.Equal(shut, Next(shut, new DoorEvent.CodeTried(true, default), 2).State); // whatever comes
    }

    [Fact]
    public void Five_wrong_codes_lock_it_for_longer_and_longer()
    {
        var (state, tries, told) = (Next(Closed, new DoorEvent.Knocked(DoorLock.Code, Today), 0).State, default(DoorTries), new List<string>());
        var now = 0.0;
        foreach (var minutes in new[] { 0, 0, 0, 0, 1, 5, 15, 60, 60 })
        {
            tries = tries.OneMore(Today);
            var (after, news) = Next(state, new DoorEvent.CodeTried(false, tries), now);
            told.Add(news!.Value.Cause);
            state = after;
            Assert.Equal(minutes == 0 ? null : TimeSpan.FromSeconds(now + (60 * minutes)), state.LockedUntil);
            if (minutes == 0)
                continue;
            Assert.Equal(DoorPlace.Locked, state.Place);
            Assert.Equal(DoorPlace.Locked, Next(state, new DoorEvent.CodeTried(true, default), now + 1).State.Place); // the right one, too early
            now += 60 * minutes;
            state = Next(state with { LastInput = TimeSpan.FromSeconds(now) }, new DoorEvent.Tick(), now).State; // somebody stays there
            Assert.Equal(DoorPlace.AskingCode, state.Place);
        }
        Assert.Equal(["wrong-code", "wrong-code", "wrong-code", "wrong-code", "locked", "locked", "locked", "locked", "locked"], told);
    }

    [Fact]
    public void Pulling_the_plug_begins_the_wait_anew_and_leaving_does_not_end_it()
    {
        var kept = new DoorTries(6, Today);
        var state = DoorState.Begin(kept, TimeSpan.FromSeconds(10));
        state = Next(state, new DoorEvent.Knocked(DoorLock.Code, Today), 20).State;
        Assert.Equal((DoorPlace.Locked, (TimeSpan?)TimeSpan.FromSeconds(310)), (state.Place, state.LockedUntil));
        state = Next(state, new DoorEvent.Left(), 30).State;
        Assert.Equal(DoorPlace.Closed, state.Place);
        Assert.Equal(DoorPlace.Locked, Next(state, new DoorEvent.Knocked(DoorLock.Code, Today), 309).State.Place);
        Assert.Equal(DoorPlace.AskingCode, Next(state, new DoorEvent.Knocked(DoorLock.Code, Today), 310).State.Place);
    }

    [Fact]
    public void A_later_day_begins_afresh_and_an_earlier_one_does_not()
    {
        var state = DoorState.Begin(new(8, Today), TimeSpan.Zero);
        Assert.Equal(DoorPlace.Locked, Next(state, new DoorEvent.Knocked(DoorLock.Code, Today.AddDays(-1)), 1).State.Place);
        var tomorrow = Next(state, new DoorEvent.Knocked(DoorLock.Code, Today.AddDays(1)), 1).State;
        Assert.Equal((DoorPlace.AskingCode, 0), (tomorrow.Place, tomorrow.Tries.Wrong));
        Assert.Equal(new DoorTries(1, Today), default(DoorTries).OneMore(Today).OneMore(Today.AddDays(-3)) with { Wrong = 1 });
        var damaged = DoorState.Begin(DoorTries.Worst, TimeSpan.Zero); // what could not be read is no matter of days
        Assert.Equal(DoorPlace.Locked, Next(damaged, new DoorEvent.Knocked(DoorLock.Code, Today.AddDays(1)), 3599).State.Place);
    }

    [Fact]
    public void It_closes_by_itself_and_at_once_when_a_class_begins()
    {
        var open = Next(Next(Closed, new DoorEvent.Knocked(DoorLock.Code, Today), 0).State, new DoorEvent.CodeTried(true, default), 0).State;
        Assert.Equal(DoorPlace.Open, Next(open, new DoorEvent.Tick(), 299).State.Place);
        Assert.Equal(DoorNews.Closed("silence"), Next(open, new DoorEvent.Tick(), 300).News);
        Assert.Equal(DoorPlace.Open, Next(Next(open, new DoorEvent.Touched(), 200).State, new DoorEvent.Tick(), 499).State.Place);
        var busy = open with { LastInput = TimeSpan.FromSeconds(3599) };
        Assert.Equal(DoorPlace.Open, Next(busy, new DoorEvent.Tick(), 3599).State.Place);
        Assert.Equal(DoorNews.Closed("limit"), Next(busy, new DoorEvent.Tick(), 3600).News);
        Assert.Equal(DoorNews.Closed("class"), Next(open, new DoorEvent.ClassBegan(), 1).News);
        Assert.Equal(DoorNews.Closed("agent"), Next(open, new DoorEvent.AgentEnds(), 1).News);
        var asking = Next(Closed, new DoorEvent.Knocked(DoorLock.Code, Today), 0).State;
        var silent = Next(asking, new DoorEvent.Tick(), 300);
        Assert.Equal((DoorPlace.Closed, null), (silent.State.Place, silent.News)); // it never was open
    }

    [Theory]
    [InlineData(nameof(DoorLock.Code))]
    [InlineData(nameof(DoorLock.NoSecret))]
    public void A_key_that_something_lies_on_keeps_no_question_on_the_screen_for_longer_than_an_hour(string kind)
    {
        var state = Next(Closed, new DoorEvent.Knocked(Enum.Parse<DoorLock>(kind), Today), 10).State;
        for (var now = 15; now < 3610; now += 5)
        {
            state = Next(state, new DoorEvent.Touched(), now).State;
            state = Next(state, new DoorEvent.Tick(), now).State;
            Assert.NotEqual(DoorPlace.Closed, state.Place);
        }
        Assert.Equal(DoorPlace.Closed, Next(state, new DoorEvent.Tick(), 3610).State.Place);
    }

    [Fact]
    public void A_try_that_cannot_be_written_down_is_not_judged()
    {
        var asking = Next(Closed, new DoorEvent.Knocked(DoorLock.Code, Today), 0).State;
        var (state, news) = Next(asking, new DoorEvent.NotWritten(), 1);
        Assert.Equal((DoorPlace.AskingCode, true, DoorNews.Refused("disk")), (state.Place, state.IsDiskBad, news));
    }

    private static DoorStep Next(DoorState state, DoorEvent e, double seconds) => DoorMachine.Next(state, e, TimeSpan.FromSeconds(seconds));
}
