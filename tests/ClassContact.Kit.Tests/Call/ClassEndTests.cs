using ClassContact.Kit.Call;
using Xunit;
using static ClassContact.Kit.Call.CallState;

namespace ClassContact.Kit.Tests.Call;

public sealed class ClassEndTests : IAsyncLifetime
{
    // 23 November 2026 is a Monday, and Brussels is an hour ahead of UTC.
    private static readonly DateTimeOffset Afternoon = new(2026, 11, 23, 15, 20, 0, TimeSpan.Zero);

    private readonly CancellationTokenSource stop = new();
    private readonly List<EndReason> suggested = [];
    private FakeTime time = new(Afternoon);
    private Func<DateTimeOffset?>? wallClock;
    private Task running = Task.CompletedTask;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    [Fact]
    public async Task At_the_end_of_the_day_an_open_class_is_to_end_within_ten_seconds()
    {
        var end = Watch(new("16:30"));
        end.Call(Opened());
        await Passes(TimeSpan.FromMinutes(9.5));
        Assert.Empty(suggested);
        await Passes(TimeSpan.FromSeconds(45));
        Assert.Contains(EndReason.DayOver, suggested);
        Assert.DoesNotContain(EndReason.RoomEmpty, suggested);
    }

    [Fact]
    public async Task At_standby_nothing_is_to_end()
    {
        Watch(new("16:30")).Call(new Standby());
        await Passes(TimeSpan.FromHours(1));
        Assert.Empty(suggested);
    }

    [Fact]
    public async Task A_class_that_has_ended_before_the_end_of_the_day_is_left_alone()
    {
        var end = Watch(new("16:30"));
        end.Call(Opened());
        await Passes(TimeSpan.FromMinutes(5));
        end.Call(new Standby());
        await Passes(TimeSpan.FromHours(1));
        Assert.Empty(suggested);
    }

    [Fact]
    public async Task A_class_that_is_opened_after_the_end_of_the_day_is_left_alone()
    {
        time = new(Afternoon.AddHours(3));
        Watch(new("16:30")).Call(Opened());
        await Passes(TimeSpan.FromHours(2));
        Assert.Empty(suggested);
    }

    [Fact]
    public async Task Wednesday_has_its_own_end()
    {
        time = new(new(2026, 11, 25, 11, 40, 0, TimeSpan.Zero));
        Watch(new("16:30", "12:45")).Call(Opened());
        await Passes(TimeSpan.FromMinutes(6));
        Assert.Contains(EndReason.DayOver, suggested);
    }

    [Fact]
    public async Task Without_a_Wednesday_of_its_own_it_ends_as_on_other_days()
    {
        time = new(new(2026, 11, 25, 15, 29, 0, TimeSpan.Zero));
        Watch(new("16:30")).Call(Opened());
        await Passes(TimeSpan.FromMinutes(2));
        Assert.Contains(EndReason.DayOver, suggested);
    }

    [Fact]
    public async Task A_clock_that_is_not_to_be_trusted_ends_no_day()
    {
        wallClock = () => null;
        Watch(new("16:30")).Call(Opened());
        await Passes(TimeSpan.FromHours(8));
        Assert.Empty(suggested);
    }

    [Fact]
    public async Task A_clock_that_is_only_set_in_the_middle_of_a_class_ends_its_day()
    {
        var isSet = false;
        wallClock = () => isSet ? time.GetUtcNow() : null;
        Watch(new("16:30")).Call(Opened());
        await Passes(TimeSpan.FromMinutes(5));
        isSet = true;
        await Passes(TimeSpan.FromMinutes(4));
        Assert.Empty(suggested);
        await Passes(TimeSpan.FromMinutes(2));
        Assert.Contains(EndReason.DayOver, suggested);
    }

    [Fact]
    public async Task A_clock_that_is_set_to_the_evening_ends_no_class_that_it_has_not_seen_in_the_day()
    {
        var isSet = false;
        wallClock = () => isSet ? time.GetUtcNow() : null;
        Watch(new("16:30")).Call(Opened());
        await Passes(TimeSpan.FromMinutes(30));
        isSet = true;
        await Passes(TimeSpan.FromMinutes(30));
        Assert.Empty(suggested);
    }

    [Fact]
    public async Task In_summer_the_day_ends_by_summer_time()
    {
        time = new(new(2027, 6, 7, 14, 28, 0, TimeSpan.Zero));
        Watch(new("16:30")).Call(Opened());
        await Passes(TimeSpan.FromMinutes(1));
        Assert.Empty(suggested);
        await Passes(TimeSpan.FromMinutes(2));
        Assert.Contains(EndReason.DayOver, suggested);
    }

    [Fact]
    public async Task A_room_that_the_meeting_proves_empty_for_the_set_time_is_to_end()
    {
        var end = Watch(new(EmptyMinutes: 5));
        end.Call(Opened());
        end.See(Page(isEmpty: true));
        await Passes(TimeSpan.FromMinutes(4.9));
        Assert.Empty(suggested);
        await Passes(TimeSpan.FromSeconds(20));
        Assert.Equal(EndReason.RoomEmpty, suggested[0]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public async Task Mere_silence_ends_no_class(bool? isEmpty)
    {
        var end = Watch(new(EmptyMinutes: 5));
        end.Call(Opened());
        for (var minute = 0; minute < 300; minute++)
        {
            end.See(Page(isEmpty));
            await Passes(TimeSpan.FromMinutes(1));
        }
        Assert.Empty(suggested);
    }

    [Fact]
    public async Task Somebody_who_comes_for_a_moment_begins_the_time_anew()
    {
        var end = Watch(new(EmptyMinutes: 5));
        end.Call(Opened());
        foreach (var guest in new[] { Page(isEmpty: false), Page(isEmpty: true, media: true), Page(isEmpty: null) })
        {
            end.See(Page(isEmpty: true));
            await Passes(TimeSpan.FromMinutes(4));
            end.See(guest);
        }
        end.See(Page(isEmpty: true));
        await Passes(TimeSpan.FromMinutes(4));
        Assert.Empty(suggested);
    }

    [Fact]
    public async Task A_room_that_was_empty_in_the_last_class_is_not_in_this_one()
    {
        var end = Watch(new(EmptyMinutes: 5));
        end.Call(Opened());
        end.See(Page(isEmpty: true));
        end.Call(new Standby());
        await Passes(TimeSpan.FromMinutes(10));
        end.Call(Opened());
        await Passes(TimeSpan.FromMinutes(10));
        Assert.Empty(suggested);
    }

    [Theory]
    [InlineData("16:30", "12:45", 60)]
    [InlineData("00:00", null, 5)]
    [InlineData(null, null, 600)]
    public void Good_settings_have_no_problems(string? at, string? wednesday, int empty) => Assert.Empty(new ClassEndSettings(at, wednesday, empty).Problems());

    [Theory]
    [InlineData("4:30", null, 60, "at '4:30' is not a time of day such as 16:30")]
    [InlineData("24:00", null, 60, "at '24:00' is not a time of day such as 16:30")]
    [InlineData("", null, 60, "at '' is not a time of day such as 16:30")]
    [InlineData("16:30", "noon", 60, "wednesday 'noon' is not a time of day such as 16:30")]
    [InlineData(null, "12:45", 60, "wednesday stands without at")]
    [InlineData(null, null, 4, "emptyMinutes 4 is outside 5..600")]
    [InlineData(null, null, 601, "emptyMinutes 601 is outside 5..600")]
    public void Each_problem_is_named(string? at, string? wednesday, int empty, string problem) =>
        Assert.Equal([problem], new ClassEndSettings(at, wednesday, empty).Problems());

    [Fact]
    public void All_problems_are_named_at_once() => Assert.Equal(3, new ClassEndSettings("x", "y", 0).Problems().Count());

    [Fact]
    public async Task A_restarted_agent_that_finds_a_class_of_this_day_after_its_end_ends_it_and_one_of_another_day_it_leaves_alone()
    {
        time = new(Afternoon.AddHours(1));
        var end = Watch(new("16:30"));
        end.Call(OpenedAt(Afternoon.AddDays(-1)));
        await Passes(TimeSpan.FromMinutes(1));
        Assert.Empty(suggested);
        end.Call(new Standby());
        end.Call(OpenedAt(Afternoon));
        await Passes(TimeSpan.FromMinutes(1));
        Assert.Contains(EndReason.DayOver, suggested);
    }

    private static Open OpenedAt(DateTimeOffset at)
    {
        var open = (Open)CallRun.Opened().State;
        return open with { Launch = open.Launch with { Receipt = open.Launch.Receipt with { At = at } } };
    }

    private ClassEnd Watch(ClassEndSettings settings)
    {
        var end = new ClassEnd(settings, time, wallClock ?? (() => time.GetUtcNow()), Tell);
        running = end.Run(stop.Token);
        return end;
    }

    private void Tell(CallEvent e)
    {
        lock (suggested)
            suggested.Add(Assert.IsType<EndSuggested>(e).Why);
    }

    // In steps, each of which the watch has seen before the next: it looks on a thread of its own.
    private async Task Passes(TimeSpan span)
    {
        for (var step = TimeSpan.FromSeconds(10); span > TimeSpan.Zero; span -= step)
        {
            time.Advance(span < step ? span : step);
            await Task.Yield();
        }
        await Task.Delay(20);
    }

    private static PageSeen Page(bool? isEmpty, bool media = false) => new(new("press-1", 1), Tracks.Both, media, IsEmpty: isEmpty);

    [Fact]
    public async Task An_agent_that_finds_a_class_after_the_end_of_its_day_suggests_the_end()
    {
        var opened = Opened();
        time.Advance(TimeSpan.FromHours(2));
        Watch(new("16:30")).Call(opened);
        await Passes(TimeSpan.FromMinutes(1));
        Assert.Contains(EndReason.DayOver, suggested);
    }

    private CallState Opened()
    {
        var open = (Open)CallRun.Opened().State;
        return open with { Launch = open.Launch with { Receipt = open.Launch.Receipt with { At = time.GetUtcNow() } } };
    }
}
