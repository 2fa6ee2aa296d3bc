using ClassContact.Messages;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ClassContact.Kit.Outbox;

/// <summary>Moves letters between the shelf and the file, and lives with a disk that is full, broken, slow or gone. One thread calls it.</summary>
internal sealed class OutboxDisk(string path, OutboxSettings settings, Shelf shelf, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>The file's name in the kit's private folder.</summary>
    internal const string Name = "outbox.db";

    /// <summary>A disk that takes nothing is asked again so often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>How often it is looked whether something is too old.</summary>
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(10);

    /// <summary>A disk that breaks every file is not given one after the other.</summary>
    private static readonly TimeSpan BetweenFiles = TimeSpan.FromHours(1);

    /// <summary>A disk that needs longer for a commit hangs: a flush to a slow memory card has been seen to take a second, and a call for help must get through within fifteen.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The same for opening the file, which reads all of it: 64 MB of a slow memory card are some seconds.</summary>
    private static readonly TimeSpan LongestOpening = TimeSpan.FromSeconds(10);

    /// <summary>That the file was replaced is the helpdesk's to know for so long; the event stays.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What the broker got while the disk was busy is forgotten so much later.</summary>
    private static readonly TimeSpan Leftover = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new(); // between the disk's thread and the timer that looks after it
    private OutboxFile? file;
    private SteadyClock? clock;
    private ITimer? patience;
    private long? failed;
    private long? swept;
    private bool stepping;
    private bool isChecked; // in this start
    private volatile string? trouble;
    private volatile Replacement? replaced;

    internal required Func<ClockState> Clock { get; init; }

    internal required string Journal { get; init; }

    internal required Action Changed { get; init; }

    internal required Action<KitEvent> Tell { get; init; }

    /// <summary>One of <see cref="OutboxTrouble"/>, or null.</summary>
    internal string? Trouble => trouble;

    /// <summary>One of <see cref="Damage"/>, or null.</summary>
    internal string? Replaced => replaced is { } file && time.GetElapsedTime(file.At) < Day ? file.Damage : null;

    /// <summary>When to step again though nobody asks.</summary>
    internal TimeSpan Wait => failed is { } at ? Left(at, Pause) : shelf.HasToForget ? Leftover : swept is { } before ? Left(before, Sweep) : Sweep;

    /// <summary>Does what there is to do. Takes as long as the disk does.</summary>
    internal void Step()
    {
        patience ??= time.CreateTimer(_ => Stalled(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (gate)
            stepping = true;
        patience.Change(file is null ? LongestOpening : Longest, Timeout.InfiniteTimeSpan);
        try
        {
            Move();
        }
        catch (DamagedException e)
        {
            Replace(e.Damage);
        }
        catch (SqliteException e) when (OutboxFile.DamageOf(e) is { } damage)
        {
            Replace(damage);
        }
        catch (Exception e) // whatever it is, the events are delivered without the disk
        {
            Failed(e.Message);
        }
        patience.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (gate)
        {
            stepping = false;
            if (trouble == OutboxTrouble.Stalled)
                Works();
        }
    }

    /// <summary>The last step: a disk that has taken nothing is asked once more.</summary>
    internal void Last()
    {
        if (failed is not null)
        {
            failed = null;
            Close();
        }
        Step();
        Close();
        if (shelf.Unwritten is > 0 and var lost)
            log.LogError("{File}: {Count} events could not be kept on the disk and end with this agent", path, lost);
    }

    private void Close()
    {
        try
        {
            file?.Dispose();
        }
        catch (SqliteException)
        {
            // The next start reads the same from the write-ahead log.
        }
        file = null;
    }

    /// <inheritdoc/>
    public void Dispose() => patience?.Dispose();

    private void Move()
    {
        if (failed is { } at && Left(at, Pause) == TimeSpan.Zero)
        {
            failed = null;
            Close();
        }
        if (file is null && failed is null)
            Open();
        if (file is null)
            return;
        Read(file);
        if (failed is not null)
            return;
        while (Write(file))
        {
        }
        Age(file);
    }

    private void Open()
    {
        patience!.Change(LongestOpening, Timeout.InfiniteTimeSpan);
        var opened = OutboxFile.Open(path, isChecked);
        try
        {
            if (clock is null && opened.Tally is var tally)
                shelf.Drops.Found(tally.Dropped, tally.Reported);
            clock ??= new(time, Clock);
            shelf.Opened(opened.Last, opened.Count, opened.Held(shelf.Doubtful));
        }
        catch
        {
            opened.Dispose(); // else it would keep ourselves out
            throw;
        }
        (file, isChecked) = (opened, true);
        shelf.Disk = new(CanRead: true, CanWrite: trouble is null);
    }

    private void Read(OutboxFile from)
    {
        if (shelf.ToRead() is not { } after)
            return;
        var found = Load(from, after);
        var letters = found.Where(row => row.Event is not null).Select(row => new Letter(row.Event! with { Seq = row.Seq, Journal = row.Journal }, row.Journal == Journal ? row.Told : null) { Stored = true });
        shelf.Read(letters, found.Count < Shelf.Window ? null : found[^1].Seq);
        Changed();
        if (found.Where(row => row.Event is null).Select(row => row.Seq).ToList() is { Count: > 0 } broken)
            shelf.Condemn(broken, Reports.Lost);
    }

    private IReadOnlyList<(long Seq, string Journal, TimeSpan Told, KitEvent? Event)> Load(OutboxFile from, long after)
    {
        try
        {
            return from.Load(after, Shelf.Window);
        }
        catch (SqliteException)
        {
            Close(); // nobody asks for more of it until it was opened again
            throw;
        }
    }

    // True when there may be more.
    private bool Write(OutboxFile to)
    {
        var (letters, gone) = shelf.ToWrite();
        if (letters.Count == 0 && gone.Count == 0 && trouble is null)
            return false;
        to.Commit(letters, gone, shelf.Drops.Total);
        patience!.Change(Longest, Timeout.InfiniteTimeSpan); // much to do is not a disk that hangs
        shelf.Written(letters, gone);
        Works();
        if (letters.Count > 0)
            Changed();
        MakeRoom(to);
        return letters.Count == Shelf.Window;
    }

    // A twentieth at a time, so that a full outbox is not searched for every event.
    private void MakeRoom(OutboxFile of)
    {
        while (of.UsedBytes > settings.Megabytes * 1024L * 1024 && shelf.Condemn(of.Cheapest(Math.Max(of.Count / 20, 1)), Reports.Full) is { Count: > 0 } gone)
        {
            of.Commit([], gone, shelf.Drops.Total);
            shelf.Written([], gone);
        }
    }

    private void Age(OutboxFile of)
    {
        if (swept is { } before && Left(before, Sweep) > TimeSpan.Zero)
            return;
        swept = time.GetTimestamp();
        if (clock!.Look() is { } now && of.Older(now, now - TimeSpan.FromDays(settings.Days)) is { Count: > 0 } old && shelf.Condemn(old, Reports.Old).Count > 0)
            Write(of);
    }

    private void Replace(string damage)
    {
        Close();
        isChecked = false;
        shelf.Lost();
        if (replaced is { } before && Left(before.At, BetweenFiles) > TimeSpan.Zero)
        {
            Failed($"it is no outbox ({damage}), again");
            return;
        }
        try
        {
            var aside = SetAside.Move(path, time.GetUtcNow());
            log.LogError("{File} is no outbox that can be used ({Damage}); it is set aside as {Aside}, a new one is begun", path, damage, aside);
            replaced = new(damage, time.GetTimestamp());
            Tell(new(0, Reports.Replaced, time.GetUtcNow(), damage)); // which rings, so that the new file is made
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed($"it is no outbox ({damage}) and cannot be set aside: {e.Message}");
        }
    }

    private void Failed(string reason)
    {
        failed = time.GetTimestamp();
        if (trouble != OutboxTrouble.CannotWrite)
            log.LogError("{File}: events cannot be kept on the disk: {Reason}; they are kept in memory and delivered all the same", path, reason);
        trouble = OutboxTrouble.CannotWrite;
        shelf.Disk = new(CanRead: file is not null, CanWrite: false);
        Changed();
    }

    // From a timer, while the disk's thread hangs.
    private void Stalled()
    {
        lock (gate)
        {
            if (!stepping)
                return;
            if (trouble is null)
                log.LogError("{File}: the disk does not answer; events are kept in memory and delivered all the same", path);
            trouble ??= OutboxTrouble.Stalled;
            shelf.Disk = new(CanRead: false, CanWrite: false);
        }
        Changed();
    }

    private void Works()
    {
        if (trouble is not null)
            log.LogInformation("{File}: events are kept on the disk again", path);
        trouble = null;
        shelf.Disk = new(CanRead: true, CanWrite: true);
    }

    private TimeSpan Left(long since, TimeSpan of) => of - time.GetElapsedTime(since) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private sealed record Replacement(string Damage, long At);
}
