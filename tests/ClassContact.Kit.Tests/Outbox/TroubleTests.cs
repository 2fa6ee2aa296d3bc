using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ClassContact.Kit.Tests.Outbox;

public sealed class TroubleTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("outbox-").FullName;
    private readonly FakeTime time = new();

    private string Outbox => Path.Combine(folder, "outbox.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void While_another_program_holds_the_file_events_are_delivered_all_the_same_and_later_kept_again()
    {
        using (var before = new OutboxUnderTest(folder))
            before.TellStored(1, 5);
        using var outbox = new OutboxUnderTest(Hold(out var holder), time: time);
        outbox.Tell("call-started", "n-1");
        Assert.Equal("n-1", outbox.Take().Cause);
        outbox.Tell("call-started", "n-2");
        var second = outbox.Next();
        outbox.Tell("call-started", "n-3");
        Assert.Equal(OutboxTrouble.CannotWrite, outbox.Worker.Status.Trouble);
        Assert.Contains(outbox.Lines, line => line.StartsWith($"Error: {Outbox}: events cannot be kept on the disk: SQLite Error 5", StringComparison.Ordinal));
        holder.Dispose();
        OutboxUnderTest.Until("the disk", () => { time.Advance(TimeSpan.FromSeconds(1)); return outbox.Worker.Status.Trouble is null; });
        Assert.Same(second, outbox.Next());
        outbox.Worker.Acknowledged();
        Assert.Equal(["n-1", "n-2", "n-3", "n-4", "n-5", "n-3"], outbox.TakeAll().Select(e => e.Cause));
        Assert.Equal(2, outbox.Lines.Count);
    }

    [Fact]
    public void Keys_stay_apart_when_numbers_were_given_without_the_disk()
    {
        using (var before = new OutboxUnderTest(folder))
            before.TellStored(1, 3);
        List<KitEvent> all = [];
        using (var outbox = new OutboxUnderTest(Hold(out var holder), time: time))
        {
            outbox.Tell("call-started");
            outbox.Tell("call-started");
            all.Add(outbox.Take());
            all.Add(outbox.Next().Event);
            holder.Dispose();
            OutboxUnderTest.Until("the disk", () => { time.Advance(TimeSpan.FromSeconds(1)); return outbox.Worker.Status.Trouble is null; });
        }
        using var after = new OutboxUnderTest(folder);
        after.Tell("call-started");
        all.AddRange(after.TakeAll());
        Assert.Equal(all.Count, all.Select(e => (e.Journal, e.Seq)).Distinct().Count());
        Assert.Equal(5 + 1, all.Count);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_costs_no_event()
    {
        File.WriteAllText(Path.Combine(folder, "file"), "");
        using var outbox = new OutboxUnderTest(Path.Combine(folder, "file", "data"), time: time);
        outbox.Tell("call-started", "n-1");
        outbox.Tell("call-started", "n-2");
        Assert.Equal([(1L, "n-1"), (2L, "n-2")], outbox.TakeAll().Select(e => (e.Seq, e.Cause!)));
    }

    [Fact]
    public void In_memory_only_so_many_wait_the_least_worth_goes_first_and_that_is_told()
    {
        File.WriteAllText(Path.Combine(folder, "file"), "");
        using var outbox = new OutboxUnderTest(Path.Combine(folder, "file", "data"), time: time);
        outbox.Tell("help");
        for (var n = 0; n < OutboxWorker.MostInMemory + 20; n++)
            outbox.Tell(n % 100 == 0 ? "sound-set" : "call-started", $"n-{n}");
        Assert.Equal((OutboxWorker.MostInMemory, 21), (outbox.Worker.Count, outbox.Worker.Dropped));
        outbox.Worker.ReportDrops();
        var all = outbox.TakeAll();
        Assert.Equal("help", all[0].Name);
        Assert.DoesNotContain(all, e => e.Name == "sound-set");
        Assert.Equal(("no-disk", 21L), (all[^1].Cause, all[^1].Dropped!.Count));
    }

    // The disk's thread hangs where it asks for the clock: in the kernel it could not be let go.
    [Fact]
    public void A_disk_that_hangs_delays_nobody_and_what_it_was_writing_keeps_its_numbers()
    {
        using var hang = new ManualResetEventSlim(true);
        using var outbox = new OutboxUnderTest(folder, time: time, clock: () => { hang.Wait(); return ClockState.Synced; });
        outbox.TellStored(1, 1);
        outbox.Take();
        hang.Reset();
        OutboxUnderTest.Until("it to hang", () =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            if (outbox.Worker.Unwritten == 0)
                outbox.Tell("call-started", "n-2");
            return outbox.Worker.Status.Trouble == OutboxTrouble.Stalled;
        });
        var events = outbox.TakeAll();
        Assert.Contains(events, e => e.Cause == "n-2");
        Assert.Contains(outbox.Lines, line => line == $"Error: {Outbox}: the disk does not answer; events are kept in memory and delivered all the same");
        hang.Set();
        OutboxUnderTest.Until("it to go on", () => outbox.Worker.Status.Trouble is null);
        outbox.TellStored(3, 1);
        Assert.Equal("n-3", outbox.TakeAll()[^1].Cause);
    }

    private string Hold(out SqliteConnection holder)
    {
        SqliteLibrary.Use();
        holder = new SqliteConnection($"Data Source={Outbox};Pooling=False");
        holder.Open();
        using var command = holder.CreateCommand();
        command.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
        command.ExecuteNonQuery();
        return folder;
    }
}
