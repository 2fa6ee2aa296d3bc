using ClassContact.Kit.Link;
using ClassContact.Messages;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Outbox;

/// <summary>
/// The events of a kit on their way to the helpdesk: each goes to the disk first, gets its number there, and leaves it when the broker has it. What the disk
/// does not take is kept in memory and delivered all the same. One thread alone touches the disk, so that nobody else ever waits for it.
/// </summary>
public sealed class OutboxWorker : IDisposable
{
    /// <summary>So many wait in memory for a disk that takes nothing: the events of some hundred lessons, about 1 MB.</summary>
    internal const int MostInMemory = 2000;

    /// <summary>Longest event, in bytes; the stamp's fields come to it. A longer one would stand before all others for ever.</summary>
    private const int LongestEvent = Wire.LongestDocument - 1024;

    /// <summary>A stop waits no longer for the disk.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(2);

    private readonly Shelf shelf = new(MostInMemory);
    private readonly OutboxDisk disk;
    private readonly Thread thread;
    private readonly AutoResetEvent bell = new(false); // never disposed: somebody may tell something until the very end
    private readonly ITimer tidy;
    private readonly ITimer alarm;
    private readonly TimeProvider time;
    private readonly long start;
    private readonly string journal = Stamper.NewId();
    private volatile bool stopping;

    /// <summary>Begins at once, and waits for nothing.</summary>
    /// <param name="folder">The kit's private folder; made when it is not there.</param>
    /// <param name="settings">How much is kept.</param>
    /// <param name="time">Stamps what is told and times the waits.</param>
    /// <param name="log">Gets what is wrong with the disk and names the file; never an event.</param>
    public OutboxWorker(string folder, OutboxSettings settings, TimeProvider time, ILogger log)
    {
        (this.time, start) = (time, time.GetTimestamp());
        disk = new(Path.Combine(folder, OutboxDisk.Name), settings, shelf, time, log)
        {
            Clock = () => Clock(), Journal = journal, Changed = () => Ready(), Tell = happened => Tell(happened),
        };
        tidy = time.CreateTimer(_ => bell.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        alarm = time.CreateTimer(_ => bell.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        thread = new(Work) { IsBackground = true, Name = "Outbox" }; // a disk that hangs for ever must not hold up the end of the process
        bell.Set();
        thread.Start();
    }

    /// <summary>Whether the system's clock can be trusted. Unless told otherwise the kernel is asked.</summary>
    public Func<ClockState> Clock { get; init; } = SystemClock.Ask;

    /// <summary>How it is doing now.</summary>
    public OutboxStatus Status => new(disk.Trouble, disk.Replaced, shelf.Count, shelf.Drops.Total);

    /// <summary>Told, from the disk's thread, when there may be something to send.</summary>
    internal Action Ready { get; set; } = () => { };

    /// <summary>Time since it began, by which <see cref="Letter.Told"/> is.</summary>
    internal TimeSpan Now => time.GetElapsedTime(start);

    /// <summary>Its clock.</summary>
    internal TimeProvider Time => time;

    /// <summary>Events that wait, here and on the disk.</summary>
    internal int Count => shelf.Count;

    /// <summary>Events that were dropped, in earlier starts too.</summary>
    internal long Dropped => shelf.Drops.Total;

    /// <summary>Events that were dropped in this start.</summary>
    internal long DroppedHere => shelf.Drops.Here;

    /// <summary>Events that a power cut would take now.</summary>
    internal int Unwritten => shelf.Unwritten;

    /// <summary>Takes an event; it gets its number on the disk. Never waits.</summary>
    /// <param name="happened">Its number does not matter.</param>
    /// <param name="acknowledged">Called once the broker has it; never for one that is dropped, and not by a later start.</param>
    internal void Tell(KitEvent happened, Action? acknowledged = null)
    {
        var letter = new Letter(happened with { Journal = journal }, Now) { Acknowledged = acknowledged };
        if (letter.Size > LongestEvent)
            shelf.Drops.Add(1, Reports.Large);
        else
            shelf.Put(letter);
        bell.Set();
    }

    /// <summary>The event to send: the same one until <see cref="Acknowledged"/>; null when none is ready. <see cref="Ready"/> tells when to ask again.</summary>
    internal Letter? First()
    {
        var first = shelf.First(out var wanted);
        if (wanted)
            bell.Set();
        return first;
    }

    /// <summary>The broker has the first event.</summary>
    internal void Acknowledged()
    {
        // Not at once: while much is sent the disk forgets many with one flush. What a power cut brings back is sent again with the same number.
        if (shelf.Acknowledged())
            tidy.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Tells of drops, when there were some since the last time; to be called while somebody listens.</summary>
    internal void ReportDrops()
    {
        if (shelf.Drops.Report(time.GetUtcNow()) is { } report)
            Tell(report);
    }

    /// <summary>Writes what still waits, as far as the disk allows within 2 s.</summary>
    public void Dispose()
    {
        stopping = true;
        bell.Set();
        if (!thread.Join(LongestStop))
            return; // it may still ring
        tidy.Dispose();
        alarm.Dispose();
        disk.Dispose();
    }

    private void Work()
    {
        while (!stopping)
        {
            bell.WaitOne();
            disk.Step();
            alarm.Change(disk.Wait, Timeout.InfiniteTimeSpan);
        }
        disk.Last();
    }
}
