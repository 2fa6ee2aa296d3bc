using System.Collections.Concurrent;
using ClassContact.Classroom;
using ClassContact.Kit.Outbox;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ClassContact.Agent.Tests.Outbox;

/// <summary>On a disk that can be filled: the sandbox has one of 64 kB.</summary>
[Trait("Kit", "none")]
public sealed class SmallDiskTests : ILogger
{
    private readonly ConcurrentQueue<string> lines = [];

    [Fact]
    public async Task A_disk_that_fills_up_costs_no_event_and_when_there_is_room_again_they_are_kept_again()
    {
        var folder = Directory.CreateDirectory(Path.Combine(SmallDisk.Folder, "outbox")).FullName;
        try
        {
            using (var outbox = new OutboxWorker(folder, new(), TimeProvider.System, this))
            {
                outbox.Tell(new(0, "call-started", DateTimeOffset.UnixEpoch));
                await WaitFor.That("the disk to take the first", () => outbox is { Count: 1, Unwritten: 0 });
                SmallDisk.Fill();
                for (var n = 2; n <= 100; n++)
                    outbox.Tell(new(0, "call-started", DateTimeOffset.UnixEpoch, new('x', 2000)));
                await WaitFor.That("the disk to be full", () => outbox.Status.Trouble == OutboxTrouble.CannotWrite);
                Assert.Contains(lines, line => line.StartsWith($"{folder}/outbox.db: events cannot be kept on the disk: SQLite Error 13", StringComparison.Ordinal));
                for (var n = 1; n <= 100; n++)
                {
                    await WaitFor.That("the next", () => outbox.First() is not null);
                    Assert.Equal(n, outbox.First()!.Seq);
                    outbox.Acknowledged();
                }
                outbox.Tell(new(0, "call-ended", DateTimeOffset.UnixEpoch));
                SmallDisk.MakeRoom();
                await WaitFor.That("the disk to take it", () => outbox is { Unwritten: 0, Status.Trouble: null });
            }
            using var after = new OutboxWorker(folder, new(), TimeProvider.System, this);
            await WaitFor.That("the last", () => after.First() is not null);
            Assert.Equal(("call-ended", 101), (after.First()!.Event.Name, after.First()!.Seq));
        }
        finally
        {
            SmallDisk.MakeRoom();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_and_a_folder_that_may_not_be_written_cost_no_event()
    {
        Assert.NotEqual("root", Environment.UserName); // root may write anything
        using var folder = new TestFolder();
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var outbox = new OutboxWorker(folder.Path, new(), TimeProvider.System, this);
        outbox.Tell(new(0, "call-started", DateTimeOffset.UnixEpoch));
        await WaitFor.That("it", () => outbox.First() is not null);
        Assert.Equal(OutboxTrouble.CannotWrite, outbox.Status.Trouble);
        Assert.Single(lines, line => line.StartsWith($"{folder.File("outbox.db")}: events cannot be kept on the disk", StringComparison.Ordinal));
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue(formatter(state, exception));
}
