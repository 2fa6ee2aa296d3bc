using ClassContact.Kit.Help;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Help;

public sealed class HelpLineTests
{
    private readonly FakeTime time = new();
    private readonly List<Action> sent = [];
    private readonly List<string> shown = [];
    private int changes;

    [Fact]
    public void A_press_is_told_at_once_and_again_when_the_broker_has_it_and_when_that_was_said_long_enough()
    {
        var help = Running(sent.Add);
        help.Press();
        Assert.Equal((1, 1, HelpStage.Sending), (changes, sent.Count, help.State.Call!.Stage));
        sent[0]();
        Assert.Equal((2, HelpStage.Known), (changes, help.State.Call!.Stage));
        time.Advance(HelpMachine.ToldKnown);
        Assert.Equal((3, null), (changes, help.State.Call!.Until));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((3, null), (changes, time.NextTimer));
    }

    [Fact]
    public void Silence_is_told_after_15_seconds_by_itself()
    {
        var help = Running(sent.Add);
        help.Press();
        time.Advance(HelpMachine.Patience);
        Assert.Equal((2, HelpStage.NotReached), (changes, help.State.Call!.Stage));
    }

    [Fact]
    public void Where_there_is_no_broker_that_is_told_at_once()
    {
        var help = Running(null);
        help.Press();
        Assert.Equal(HelpStage.NotReached, help.State.Call!.Stage);
    }

    [Fact]
    public void An_answer_is_told_and_that_it_was_shown_once_only()
    {
        var help = Running(sent.Add);
        help.Answer(new("a", "Bonjour"));
        help.Shown("a");
        help.Shown("a");
        Assert.Equal(["a"], shown);
        time.Advance(HelpMachine.AnswerStays);
        Assert.Null(help.State.Answer);
    }

    [Fact]
    public async Task After_its_end_nothing_is_due_any_more()
    {
        using var stop = new CancellationTokenSource();
        var help = new HelpLine(sent.Add, shown.Add, () => changes++, time);
        var running = help.Run(stop.Token);
        help.Press();
        await stop.CancelAsync();
        await running;
        help.Press();
        sent[0]();
        Assert.Null(time.NextTimer);
    }

    [Fact]
    public void The_last_minute_is_brought_along_the_oldest_first_and_bounded()
    {
        var minute = new LastMinute(time);
        Assert.Empty(minute.Read());
        for (var n = 0; n < 20; n++)
        {
            minute.Note(new([.. Enumerable.Range(0, 500).Select(i => new Measure($"classcontact.call.some_long_name_{i}", 123456.789, "{packet}", 123456.789))]));
            time.Advance(TimeSpan.FromSeconds(10));
        }
        var read = minute.Read();
        Assert.Equal([60, 50, 40, 30, 20, 10], read.Select(f => f.Ago));
        var report = new HelpReport(CallPhase.Open, DateTimeOffset.UnixEpoch, [], [.. Enumerable.Repeat(new HelpFault("some-long-check-code", "some-reason"), 20)], read);
        var document = Wire.Write(new Stamp(1, DateTimeOffset.UnixEpoch, 1, ClockState.Synced, "0123456789abcdef", "0123456789abcdef"), new KitEvent(1, "help", DateTimeOffset.UnixEpoch, Help: report));
        Assert.True(document.Length < Wire.LongestDocument, $"{document.Length} bytes");
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(minute.Read());
    }

    private HelpLine Running(Action<Action>? send)
    {
        var help = new HelpLine(send, shown.Add, () => changes++, time);
        _ = help.Run(TestContext.Current.CancellationToken);
        return help;
    }
}
