using System.Globalization;

namespace ClassContact.Kit.Outbox;

/// <summary>Makes room for a new file without destroying what may still tell somebody something.</summary>
internal static class SetAside
{
    /// <summary>Two of up to 64 MB: a disk that breaks every file must not be filled by its ruins.</summary>
    private const int Kept = 2;

    private const string Mark = ".damaged-";

    /// <summary>Moves the file (or whatever stands there), and what SQLite keeps beside it, to a dated name.</summary>
    /// <returns>The new name.</returns>
    /// <exception cref="IOException">It cannot be moved.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not ours to move.</exception>
    internal static string Move(string path, DateTimeOffset now)
    {
        Forget(path, Kept - 1);
        var aside = string.Create(CultureInfo.InvariantCulture, $"{path}{Mark}{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}");
        foreach (var beside in new[] { "-wal", "-shm", "-journal" }) // first: the new file must never meet the old one's
            MoveIfThere(path + beside, aside + beside);
        MoveIfThere(path, aside);
        return aside;
    }

    private static void MoveIfThere(string from, string to)
    {
        if (Directory.Exists(from))
            Directory.Move(from, to);
        else if (Path.Exists(from))
            File.Move(from, to, overwrite: true);
    }

    // Folders stay: nobody knows whose they are.
    private static void Forget(string path, int keep)
    {
        var names = Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + Mark + "*").ToLookup(DateOf);
        foreach (var name in names.OrderBy(date => date.Key, StringComparer.Ordinal).SkipLast(keep).SelectMany(date => date))
            File.Delete(name);
    }

    private static string DateOf(string name) => name.Split(Mark)[^1].Split('-')[0];
}
