using ClassContact.Messages;

namespace ClassContact.Classroom.Ledger;

/// <summary>What was sent beside what came.</summary>
/// <param name="Kept">Events that the disk had: all of these must come.</param>
/// <param name="Received">Events that came, without second copies.</param>
/// <param name="Copies">Second copies, each under the key of the first.</param>
/// <param name="Historical">Of all that came, those marked so.</param>
/// <param name="Faults">What was broken, in order.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Problems">Everything that is not as promised; empty is what is wanted.</param>
public sealed record LedgerVerdict(int Kept, int Received, int Copies, int Historical, IReadOnlyList<LedgerFault> Faults, TimeSpan Took, IReadOnlyList<string> Problems)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kept} kept, {Received} received, {Copies} second copies, {Historical} historical; {string.Join(", ", Faults.CountBy(f => f).OrderBy(f => f.Key).Select(f => $"{f.Value} {f.Key}"))}; {Took.TotalSeconds:0} s; {Problems.Count} problems{string.Concat(Problems.Take(10).Select(p => $"\n  {p}"))}";

    internal static LedgerVerdict Of(LedgerFile ledger, IReadOnlyList<KitEvent> came, IReadOnlyList<LedgerFault> faults, TimeSpan took)
    {
        var (kept, told) = (ledger.Kept, ledger.Told);
        var first = came.DistinctBy(e => (e.Journal, e.Seq)).ToList();
        var numbers = first.Select(Teller.Number).ToList();
        string[] problems =
        [
            .. kept.Except(numbers).Select(n => $"missing: {n}"),
            .. numbers.Where(n => !told.Contains(n)).Select(n => $"never told: {n}"),
            .. numbers.CountBy(n => n).Where(n => n.Value > 1).Select(n => $"twice under different keys: {n.Key}"),
            .. came.GroupBy(e => (e.Journal, e.Seq)).Where(g => g.Select(e => e.Cause).Distinct().Count() > 1).Select(g => $"one key for different events: {g.Key}"),
            .. first.Zip(first.Skip(1)).Where(p => p.First.Seq >= p.Second.Seq).Select(p => $"out of order: {p.First.Seq}, then {p.Second.Seq}"),
            .. numbers.Zip(numbers.Skip(1)).Where(p => p.First >= p.Second).Select(p => $"told in another order: {p.First}, then {p.Second}"),
            .. first.Zip(first.Skip(1)).Where(p => p.First.Seq + 1 < p.Second.Seq).Select(p => $"a gap between {p.First.Seq} and {p.Second.Seq}"),
        ];
        return new(kept.Count, first.Count, came.Count - first.Count, came.Count(e => e.Historical), faults, took, problems);
    }
}
