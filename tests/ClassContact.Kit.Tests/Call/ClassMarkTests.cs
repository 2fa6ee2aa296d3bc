using ClassContact.Kit.Call;
using ClassContact.Kit.Screen;
using ClassContact.Kit.Tests.Screen;
using ClassContact.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ClassContact.Kit.Tests.Call;

/// <summary>What a kit knows of a class that its computer went out in.</summary>
public sealed class ClassMarkTests : IAsyncDisposable
{
    private static readonly Launch Launch = new(TimeSpan.Zero, new LaunchReceipt("one", DateTimeOffset.UnixEpoch, "key", 1, 10));
    private static readonly CallState Standby = new CallState.Standby();
    private static readonly CallState Joining = new CallState.Joining(Launch, null, new(1, TimeSpan.FromSeconds(2)), TimeSpan.Zero);
    private static readonly CallState Open = new CallState.Open(Launch, Tracks.None);

    private readonly string data = Directory.CreateTempSubdirectory("classcontact-mark-").FullName;
    private readonly FakeTime time = new();
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> running = [];

    private string File => Path.Combine(data, "class-open");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_class_that_the_power_ended_is_offered_again_until_somebody_presses()
    {
        await Become(Start(), there: true, Standby, Joining, Open);
        var next = Start();
        Assert.True(next.IsLeft);
        next.Call(Standby);
        Assert.True(next.IsLeft); // its first state takes nothing away
        Assert.True(Start().IsLeft); // and the power may go again
        next.Call(Joining);
        Assert.False(next.IsLeft);
    }

    [Fact]
    public async Task A_class_that_was_ended_or_failed_leaves_nothing()
    {
        var mark = Start();
        await Become(mark, there: true, Standby, Joining, Open);
        await Become(mark, there: false, new CallState.Ending(TimeSpan.Zero));
        await Become(mark, there: true, Standby, Joining, Open);
        await Become(mark, there: false, Joining, new CallState.Faulted(Launch, Cause.PageHung));
        Assert.False(Start().IsLeft);
    }

    [Fact]
    public async Task A_class_that_comes_back_by_itself_keeps_its_mark_and_one_that_ended_without_an_agent_loses_it()
    {
        var mark = Start();
        await Become(mark, there: true, Joining, Open, new CallState.Interrupted(Launch, Cause.NetworkLost, default, default), Joining);
        await Become(Start(), there: false, Joining, Standby); // the next agent found it gone
    }

    [Fact]
    public async Task It_is_offered_for_two_hours_and_for_as_long_when_the_clock_went_back()
    {
        await Become(Start(), there: true, Joining, Open);
        time.Advance(TimeSpan.FromMinutes(119));
        var late = Start();
        Assert.True(late.IsLeft);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(late.IsLeft);
        Assert.False(Start().IsLeft);
        var in2020 = new ClassMark(data, new FakeTime(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)), NullLogger.Instance);
        Assert.True(in2020.IsLeft);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("yesterday")]
    public void What_cannot_be_read_is_no_class(string content)
    {
        System.IO.File.WriteAllText(File, content);
        Assert.False(Start().IsLeft);
    }

    [Fact]
    public async Task A_disk_that_is_away_costs_the_offer_and_nothing_else()
    {
        var mark = Start();
        Directory.Delete(data);
        mark.Call(Joining);
        mark.Call(Open);
        Directory.CreateDirectory(data);
        await Become(mark, there: false, Standby);
        await Become(mark, there: true, Joining, Open);
    }

    [Fact]
    public void The_room_is_told_how_to_resume()
    {
        var view = Room.Standby(Standby, Situations.TheKit with { ClassWasCut = true }, TimeSpan.Zero, null, Words.Of("fr"));
        Assert.Equal("La classe a été interrompue", view.Headline);
        Assert.Equal("Appuyez sur F9 pour la reprendre", $"{view.Key!.Press} {view.Key.Caps.Single()} {view.Key.Does}");
    }

    private ClassMark Start()
    {
        var mark = new ClassMark(data, time, NullLogger.Instance);
        running.Add(mark.Run(stop.Token));
        return mark;
    }

    private async Task Become(ClassMark mark, bool there, params CallState[] states)
    {
        foreach (var state in states) mark.Call(state);
        for (var i = 0; System.IO.File.Exists(File) != there; i++)
        {
            Assert.True(i < 1000, there ? "no mark" : "the mark stays");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
