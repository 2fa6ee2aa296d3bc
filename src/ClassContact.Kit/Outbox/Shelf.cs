namespace ClassContact.Kit.Outbox;

/// <summary>
/// What waits, as far as it lies in memory: letters that the disk does not have yet, and the next ones to send of those that it has. Told by anybody, sent by
/// the link, moved by the disk's thread; no member waits for any of them.
/// </summary>
/// <param name="most">So many letters wait for the disk at most; then the least worth goes, of those the oldest.</param>
internal sealed class Shelf(int most)
{
    /// <summary>So many that the disk has are kept in memory at most: what a connection sends while the next are read.</summary>
    internal const int Window = 256;

    private readonly Lock gate = new();
    private readonly LinkedList<Letter> unwritten = [];
    private readonly Queue<Letter> ready = [];
    private readonly HashSet<long> gone = [];
    private readonly HashSet<long> undecided = []; // the broker has them, the disk may
    private readonly Dictionary<long, Letter> called = []; // not in memory for its text but for whom it must call
    private Letter? first;
    private long last;
    private long sent;
    private int stored;
    private bool more;
    private bool opened;
    private Standing disk = new(CanRead: false, CanWrite: true);

    /// <summary>What can be done with the disk now.</summary>
    internal readonly record struct Standing(bool CanRead, bool CanWrite);

    /// <summary>Counts what was dropped.</summary>
    internal Drops Drops { get; } = new();

    internal int Count => Locked(() => stored + unwritten.Count);

    /// <summary>Letters that the disk does not have yet.</summary>
    internal int Unwritten => Locked(() => unwritten.Count);

    /// <summary>The disk still has something that the broker has got.</summary>
    internal bool HasToForget => Locked(() => gone.Count > 0);

    /// <summary>Numbers of which the disk has not said whether it has them: a commit that fails may be done all the same, as when only its flush breaks.</summary>
    internal IReadOnlyList<long> Doubtful => Locked(() => unwritten.Select(letter => letter.Seq).Where(seq => seq > 0).Concat(undecided).Concat(gone).ToList());

    internal Standing Disk
    {
        set => Locked(() => disk = value);
    }

    /// <summary>Puts a letter last.</summary>
    internal void Put(Letter letter)
    {
        lock (gate)
        {
            unwritten.AddLast(letter);
            if (unwritten.Count <= most || unwritten.Where(l => !l.Taken).MinBy(l => Worth.Of(l.Event.Name)) is not { } least)
                return;
            unwritten.Remove(least);
            least.Gone = true; // should the disk be writing it just now, it is deleted again
            Drops.Add(1, Reports.NoDisk);
        }
    }

    /// <summary>The letter to send: the same one until <see cref="Acknowledged"/>. Null when none is there; <paramref name="wanted"/> says that the disk must be asked.</summary>
    internal Letter? First(out bool wanted)
    {
        lock (gate)
        {
            wanted = false;
            if (first is not null)
                return first;
            if (ready.TryDequeue(out first))
                sent = first.Seq;
            else if (more && disk.CanRead)
                wanted = true;
            else if (!disk.CanWrite) // it is delivered all the same
                first = unwritten.FirstOrDefault(letter => !letter.Taken);
            if (first is null)
                return null;
            first.Taken = true;
            Number(first);
            return first;
        }
    }

    /// <summary>The broker has the first letter. True when that is the first thing for the disk to forget.</summary>
    internal bool Acknowledged()
    {
        Letter? letter;
        bool begins;
        lock (gate)
        {
            (letter, first) = (first, null);
            if (letter is null)
                return false;
            letter.Gone = true;
            begins = letter.Stored && gone.Count == 0;
            if (letter.Stored && gone.Add(letter.Seq))
                stored--;
            else if (unwritten.Remove(letter) && letter is { Tried: true, Unkeepable: false })
                undecided.Add(letter.Seq);
        }
        letter.Acknowledged?.Invoke();
        return begins;
    }

    /// <summary>The next letters for the disk, numbered, and the numbers that it may forget.</summary>
    internal (IReadOnlyList<Letter> Letters, IReadOnlyCollection<long> Gone) ToWrite()
    {
        lock (gate)
        {
            var letters = unwritten.Where(letter => !letter.Unkeepable).Take(Window).ToList();
            foreach (var letter in letters)
            {
                Number(letter);
                letter.Tried = true;
            }
            return (letters, [.. gone]);
        }
    }

    /// <summary>The disk has these and forgot those.</summary>
    internal void Written(IReadOnlyList<Letter> letters, IReadOnlyCollection<long> forgotten)
    {
        lock (gate)
        {
            gone.ExceptWith(forgotten);
            foreach (var letter in letters)
            {
                unwritten.Remove(letter);
                undecided.Remove(letter.Seq);
                letter.Stored = true;
                if (letter.Gone)
                    gone.Add(letter.Seq);
                else
                    Keep(letter);
            }
        }
    }

    /// <summary>After which number the disk is to be read; null when nothing is wanted.</summary>
    internal long? ToRead() => Locked(() => more && ready.Count == 0 && disk.CanRead ? sent : (long?)null);

    /// <summary>What the disk had.</summary>
    /// <param name="letters">In order.</param>
    /// <param name="until">There may be more after this number; null when that was all.</param>
    internal void Read(IEnumerable<Letter> letters, long? until)
    {
        lock (gate)
        {
            more = until is not null;
            var onItsWay = first is { Unkeepable: false } ? first.Seq : 0;
            foreach (var letter in letters.Where(letter => letter.Seq != onItsWay && !gone.Contains(letter.Seq)))
                ready.Enqueue(called.Remove(letter.Seq, out var caller) ? caller : letter);
            if (ready.Count == 0)
                sent = until ?? sent;
        }
    }

    /// <summary>The file was opened: what it holds that this start has not sent comes first.</summary>
    /// <param name="lastOfFile">The highest number that it ever gave.</param>
    /// <param name="count">What it holds.</param>
    /// <param name="held">Of the <see cref="Doubtful"/>, those that it holds.</param>
    internal void Opened(long lastOfFile, int count, IReadOnlySet<long> held)
    {
        lock (gate)
        {
            if (opened && last >= lastOfFile)
                Decide(held);
            else
                MakeWay(lastOfFile);
            (opened, last) = (true, Math.Max(last, lastOfFile));
            foreach (var letter in ready.Where(letter => letter.Acknowledged is not null))
                called[letter.Seq] = letter;
            ready.Clear();
            (stored, more) = (count - gone.Count, count > 0);
        }
    }

    /// <summary>The file is lost: what of it is in memory is to be written again.</summary>
    internal void Lost()
    {
        lock (gate)
        {
            var rescued = ready.Concat(called.Values).Prepend(first).OfType<Letter>().Where(letter => letter.Stored).OrderByDescending(letter => letter.Seq).ToList();
            Drops.Add(stored - rescued.Count, Reports.Lost);
            foreach (var letter in rescued)
            {
                letter.Stored = false;
                unwritten.AddFirst(letter);
            }
            ready.Clear();
            called.Clear();
            gone.Clear();
            undecided.Clear();
            (stored, more) = (0, false);
        }
    }

    /// <summary>Of the numbers that are to be dropped, those that may be: not the one that is on its way.</summary>
    internal IReadOnlyList<long> Condemn(IReadOnlyList<long> numbers, string why)
    {
        lock (gate)
        {
            var dropped = numbers.Where(seq => seq != first?.Seq && !gone.Contains(seq)).ToHashSet();
            List<Letter> left = [.. ready.Where(letter => !dropped.Contains(letter.Seq))];
            ready.Clear();
            left.ForEach(ready.Enqueue);
            foreach (var seq in dropped)
                called.Remove(seq);
            gone.UnionWith(dropped);
            stored -= dropped.Count;
            Drops.Add(dropped.Count, why);
            return [.. dropped];
        }
    }

    // The file that we had is open again.
    private void Decide(IReadOnlySet<long> held)
    {
        foreach (var letter in unwritten.Where(letter => held.Contains(letter.Seq)).ToList())
        {
            unwritten.Remove(letter); // it is read again, unless it is on its way
            letter.Stored = true;
            if (letter.Acknowledged is not null && !letter.Taken)
                called[letter.Seq] = letter;
        }
        gone.UnionWith(undecided);
        gone.IntersectWith(held);
        undecided.Clear();
    }

    // Numbers that were given before anybody knew which ones the file has.
    private void MakeWay(long lastOfFile)
    {
        foreach (var letter in unwritten.Where(letter => letter.Seq > 0 && letter.Seq <= lastOfFile))
        {
            if (letter.Taken)
                letter.Unkeepable = true;
            else
                letter.Number(0);
        }
        gone.Clear();
        undecided.Clear();
    }

    private void Keep(Letter letter)
    {
        stored++;
        if (letter.Taken)
            return;
        if (!more && ready.Count < Window)
            ready.Enqueue(letter);
        else
            more = true;
        if (more && letter.Acknowledged is not null)
            called[letter.Seq] = letter;
    }

    private void Number(Letter letter)
    {
        if (letter.Seq == 0)
            letter.Number(++last);
    }

    private T Locked<T>(Func<T> look)
    {
        lock (gate)
            return look();
    }
}
