using System.Runtime.Versioning;
using ClassContact.Kit.Link;
using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Outbox;

[SupportedOSPlatform("linux")]
public sealed class OutboxTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("outbox-").FullName;

    private string File => Path.Combine(folder, "outbox.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Events_go_out_in_the_order_they_were_told_with_rising_numbers()
    {
        using var outbox = new OutboxUnderTest(folder);
        outbox.TellStored(1, 700);
        Assert.Equal(700, outbox.Worker.Count);
        Assert.Equal(Enumerable.Range(1, 700).Select(n => ((long)n, (string?)$"n-{n}")), outbox.TakeAll().Select(e => (e.Seq, e.Cause)));
        Assert.Equal(0, outbox.Worker.Count);
    }

    [Fact]
    public void The_first_event_stays_the_same_until_it_is_acknowledged()
    {
        using var outbox = new OutboxUnderTest(folder);
        outbox.TellStored(1, 2);
        Assert.Same(outbox.Next(), outbox.Next());
        outbox.Worker.Acknowledged();
        Assert.Equal("n-2", outbox.Next().Event.Cause);
    }

    [Fact]
    public void What_was_not_acknowledged_is_there_after_a_restart_under_the_same_key_and_the_numbers_go_on()
    {
        KitEvent last;
        using (var before = new OutboxUnderTest(folder))
        {
            before.TellStored(1, 400);
            before.Take();
            last = before.Next().Event;
        }
        using var after = new OutboxUnderTest(folder);
        after.TellStored(401, 1);
        var all = after.TakeAll();
        Assert.Equal(last, all[0]);
        Assert.Equal(Enumerable.Range(2, 400).Select(n => (long)n), all.Select(e => e.Seq));
        Assert.Equal(2, all.Select(e => e.Journal).Distinct().Count());
    }

    [Fact]
    public void Numbers_go_on_though_nothing_waited()
    {
        using (var before = new OutboxUnderTest(folder))
        {
            before.TellStored(1, 3);
            before.TakeAll();
        }
        using var after = new OutboxUnderTest(folder);
        after.TellStored(4, 1);
        Assert.Equal(4, after.Take().Seq);
    }

    [Fact]
    public void An_event_of_an_earlier_start_or_moment_is_from_before_and_a_new_one_is_not()
    {
        using (var before = new OutboxUnderTest(folder))
            before.TellStored(1, 1);
        using var after = new OutboxUnderTest(folder);
        Assert.True(after.Next().IsFromBefore(TimeSpan.Zero));
        after.Worker.Acknowledged();
        after.TellStored(2, 600); // beyond what is kept in memory
        var now = after.Worker.Now;
        Assert.False(after.Next().IsFromBefore(TimeSpan.Zero));
        Assert.All(Enumerable.Range(0, 600), _ => { Assert.True(after.Next().IsFromBefore(now + TimeSpan.FromMilliseconds(1))); after.Worker.Acknowledged(); });
    }

    [Fact]
    public void A_whole_event_comes_back_from_the_disk()
    {
        var receipt = new LaunchReceipt("0123456789abcdef", DateTimeOffset.UnixEpoch, "key", 2, 1, 2, 3, 4, 5, 6, "joined");
        var lesson = new LessonRecord("0123456789abcdef", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, LessonVerdict.Good, "as-it-should-be", new(1, 2, 3, 4, 5, 6), new(1, 2, 3, 4), 7, new(new(1, 2)), null, receipt);
        var told = new KitEvent(0, "lesson", DateTimeOffset.UnixEpoch, "École", receipt, lesson, Dropped: new(1, 2));
        using (var before = new OutboxUnderTest(folder))
        {
            before.Worker.Tell(told);
            before.Stored();
        }
        using var after = new OutboxUnderTest(folder);
        var read = after.Take();
        Assert.Equal(told with { Seq = 1, Journal = read.Journal }, read);
    }

    [Fact]
    public void Who_waits_for_an_acknowledgement_is_called_once_also_when_the_event_came_back_from_the_disk()
    {
        using var outbox = new OutboxUnderTest(folder);
        outbox.TellStored(1, 1000);
        var called = 0;
        outbox.Tell("help", acknowledged: () => called++);
        outbox.Stored();
        for (var n = 0; n < 1000; n++)
            outbox.Take();
        Assert.Equal(0, called);
        Assert.Equal("help", outbox.Take().Name);
        Assert.Equal(1, called);
    }

    [Fact]
    public void Nobody_else_may_read_the_file()
    {
        using var outbox = new OutboxUnderTest(folder);
        outbox.TellStored(1, 1);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File + "-wal"));
    }

    [Fact]
    public void Beyond_its_room_the_lowest_priority_and_the_oldest_go_and_that_is_counted_and_told()
    {
        var settings = new OutboxSettings(Megabytes: 1);
        var filling = new string('x', 2000);
        using (var outbox = new OutboxUnderTest(folder, settings))
        {
            outbox.Tell("lesson", "kept");
            for (var n = 0; n < 2000; n++)
            {
                outbox.Tell(n % 2 == 0 ? "call-started" : "sound-set", $"{n}-{filling}");
                if (n % 100 == 0)
                    outbox.Stored();
            }
        }
        Assert.InRange(new FileInfo(File).Length, 1, 2 * 1024 * 1024); // the room and one batch
        using var after = new OutboxUnderTest(folder, settings);
        Assert.Equal("lesson", after.Next().Event.Name);
        after.Worker.ReportDrops();
        after.Worker.ReportDrops();
        var all = after.TakeAll();
        Assert.DoesNotContain(all, e => e.Name == "sound-set");
        Assert.Equal(all.Select(e => e.Seq).Order(), all.Select(e => e.Seq));
        Assert.Equal(2001, all.Count - 1 + after.Worker.Dropped);
        Assert.Equal(("events-dropped", "outbox-full", new EventsDropped(after.Worker.Dropped, after.Worker.Dropped)), (all[^1].Name, all[^1].Cause, all[^1].Dropped!));
    }

    [Fact]
    public void An_event_that_no_reader_would_look_at_is_dropped_and_told_and_holds_up_nothing()
    {
        using var outbox = new OutboxUnderTest(folder);
        outbox.Tell("lesson", new('x', Wire.LongestDocument - 1300));
        outbox.Tell("lesson", new('x', Wire.LongestDocument));
        outbox.Tell("help");
        outbox.Worker.ReportDrops();
        var all = outbox.TakeAll();
        Assert.Equal(["lesson", "help", "events-dropped"], all.Select(e => e.Name));
        Assert.Equal(("too-large", 1L), (all[^1].Cause, all[^1].Dropped!.Count));
        Assert.NotNull(Wire.Read<KitEvent>(Wire.Write(new Stamp(1, DateTimeOffset.MaxValue, 1e9 / 3, ClockState.Unsynced, Stamper.NewId(), Stamper.NewId()), all[0])));
    }

    [Fact]
    public void Drops_that_nobody_was_told_of_are_told_by_the_next_start()
    {
        using (var outbox = new OutboxUnderTest(folder, new(Megabytes: 1)))
        {
            for (var n = 0; n < 600; n++)
                outbox.Tell("call-started", new('x', 2000));
            outbox.Stored();
        }
        using var after = new OutboxUnderTest(folder, new(Megabytes: 1));
        var dropped = after.Next() is not null ? after.Worker.Dropped : 0;
        Assert.InRange(dropped, 50, 400);
        after.Worker.ReportDrops();
        Assert.Equal(new EventsDropped(dropped, dropped), after.TakeAll()[^1].Dropped);
    }
}
