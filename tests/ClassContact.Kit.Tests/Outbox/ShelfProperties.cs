using ClassContact.Kit.Outbox;
using ClassContact.Messages;
using Xunit;

namespace ClassContact.Kit.Tests.Outbox;

/// <summary>
/// Any order of telling, sending, writing, kills and trouble with the disk, a thousand seeds of it: a file of ours in memory that fails at will, also in the
/// middle of a commit while the link goes on.
/// </summary>
public sealed class ShelfProperties
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_lost_uncounted_and_no_key_is_given_twice(bool troubled)
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var kit = new SimulatedOutbox(new(seed), troubled);
            for (var step = 0; step < 600; step++)
                kit.Step();
            kit.Drain();
            var problems = kit.Problems().ToList();
            Assert.True(problems is [], $"seed {seed}: {string.Join("; ", problems.Take(5))}");
        }
    }

    private sealed class SimulatedOutbox(Random random, bool troubled)
    {
        private readonly List<(string Key, string Number)> received = [];
        private readonly SortedDictionary<long, KitEvent> file = [];
        private readonly HashSet<string> promised = []; // on the disk when the agent was killed, or told since
        private readonly List<Letter> letters = [];
        private Shelf shelf = new(100_000);
        private long dropped;
        private long lastOfFile;
        private int start;
        private int told;
        private bool isOpen;
        private bool wasOpen; // in this start
        private bool isWell = true;

        internal void Step()
        {
            switch (random.Next(troubled ? 100 : 90))
            {
                case < 40:
                    foreach (var _ in Enumerable.Range(0, random.Next(12)))
                        Tell();
                    break;
                case < 65:
                    Send(random.Next(15));
                    break;
                case < 88:
                    Disk();
                    break;
                case < 90:
                    Restart();
                    break;
                case < 99:
                    isWell = !isWell;
                    break;
                default:
                    Lose();
                    break;
            }
        }

        internal void Drain()
        {
            isWell = true;
            Disk();
            for (var n = 0; (shelf.Count > 0 || shelf.HasToForget) && n < 10_000; n++)
            {
                Send(300);
                Disk();
            }
        }

        internal IEnumerable<string> Problems()
        {
            if (shelf.Count != 0 || file.Count != 0)
                yield return $"{shelf.Count} wait, {file.Count} lie in the file";
            var first = received.DistinctBy(sent => sent.Key).ToList();
            foreach (var twice in first.CountBy(sent => sent.Number).Where(count => count.Value > 1))
                yield return $"{twice.Key} under two keys";
            foreach (var key in received.Distinct().CountBy(sent => sent.Key).Where(count => count.Value > 1))
                yield return $"{key.Key} for two events";
            var missing = promised.Except(first.Select(sent => sent.Number)).ToList();
            if (missing.Count > dropped + shelf.Drops.Total)
                yield return $"missing: {string.Join(", ", missing.Take(5))}; {dropped + shelf.Drops.Total} counted";
            if (!troubled && !first.Select(sent => int.Parse(sent.Number)).Order().SequenceEqual(first.Select(sent => int.Parse(sent.Number))))
                yield return "out of order";
        }

        private void Tell()
        {
            var letter = new Letter(new(0, "call-started", DateTimeOffset.UnixEpoch, $"{++told}", Journal: $"{start}"), TimeSpan.Zero);
            letters.Add(letter);
            promised.Add(letter.Event.Cause!);
            shelf.Put(letter);
        }

        private void Send(int most)
        {
            for (var n = 0; n < most && shelf.First(out _) is { } letter; n++)
            {
                received.Add(($"{letter.Event.Journal}/{letter.Seq}", letter.Event.Cause!));
                if (random.Next(10) == 0)
                    return; // the connection is lost: it is sent again
                shelf.Acknowledged();
            }
        }

        // As OutboxDisk does.
        private void Disk()
        {
            if (!isOpen)
            {
                if (!isWell)
                {
                    shelf.Disk = new(CanRead: false, CanWrite: false);
                    return;
                }
                shelf.Opened(lastOfFile, file.Count, shelf.Doubtful.Where(file.ContainsKey).ToHashSet());
                isOpen = wasOpen = true;
                shelf.Disk = new(CanRead: true, CanWrite: true);
            }
            if (shelf.ToRead() is { } after)
            {
                var found = file.Where(row => row.Key > after).Take(Shelf.Window).ToList();
                var read = found.Select(row => new Letter(row.Value, null) { Stored = true }).ToList();
                letters.AddRange(read);
                shelf.Read(read, found.Count < Shelf.Window ? null : found[^1].Key);
            }
            Write();
        }

        private void Write()
        {
            var (written, gone) = shelf.ToWrite();
            if (troubled && random.Next(4) == 0) // it hangs for a while
            {
                shelf.Disk = new(CanRead: false, CanWrite: false);
                Send(5);
            }
            if (isWell || random.Next(2) == 0)
                Commit(written, gone);
            if (isWell)
            {
                shelf.Written(written, gone);
                shelf.Disk = new(CanRead: true, CanWrite: true);
                return;
            }
            isOpen = false;
            shelf.Disk = new(CanRead: false, CanWrite: false);
        }

        private void Commit(IReadOnlyList<Letter> written, IReadOnlyCollection<long> gone)
        {
            foreach (var letter in written)
                file.TryAdd(letter.Seq, letter.Event);
            lastOfFile = Math.Max(lastOfFile, written.Select(letter => letter.Seq).DefaultIfEmpty(0).Max());
            foreach (var seq in gone)
                file.Remove(seq);
        }

        // Killed: what no disk has is lost with it, and promised to nobody.
        private void Restart()
        {
            foreach (var letter in letters.Where(letter => !letter.Stored && !letter.Gone))
                promised.Remove(letter.Event.Cause!);
            letters.Clear();
            dropped += shelf.Drops.Total;
            (shelf, start, isOpen, wasOpen) = (new(100_000), start + 1, false, false);
        }

        private void Lose()
        {
            if (!wasOpen)
                dropped += file.Count; // nobody knew how many there were
            file.Clear();
            (lastOfFile, isOpen) = (0, false);
            shelf.Lost();
        }
    }
}
