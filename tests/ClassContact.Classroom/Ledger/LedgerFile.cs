using System.Globalization;

namespace ClassContact.Classroom.Ledger;

/// <summary>
/// What a teller says of itself, a line each, so that a kill leaves all but the last: <c>told 10 12</c> before it tells these events, <c>kept 10 12</c> when its
/// disk has them, <c>acknowledged 10 10</c>, and <c>done</c>.
/// </summary>
/// <param name="folder">Where it lies.</param>
internal sealed class LedgerFile(string folder)
{
    private readonly string path = Path.Combine(folder, "ledger");

    /// <summary>Every number that was told, kept or lost.</summary>
    internal HashSet<int> Told => Numbers("told");

    /// <summary>Every number that the disk had.</summary>
    internal HashSet<int> Kept => Numbers("kept");

    /// <summary>Every number that was acknowledged and noted so.</summary>
    internal HashSet<int> Acknowledged => Numbers("acknowledged");

    /// <summary>Everything was told and acknowledged.</summary>
    internal bool IsDone => Lines().Contains("done");

    internal void Note(string word, int from, int to) => File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{word} {from} {to}\n"));

    internal void Done() => File.AppendAllText(path, "done\n");

    private HashSet<int> Numbers(string word) =>
    [
        .. from line in Lines()
           let parts = line.Split(' ')
           where parts[0] == word
           let @from = int.Parse(parts[1], CultureInfo.InvariantCulture)
           from number in Enumerable.Range(@from, int.Parse(parts[2], CultureInfo.InvariantCulture) - @from + 1)
           select number,
    ];

    // The last line may be half.
    private string[] Lines() => File.Exists(path) ? File.ReadAllText(path).Split('\n')[..^1] : [];
}
