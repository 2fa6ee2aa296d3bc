using System.Text.Json.Nodes;

namespace ClassContact.Kit.Bundle;

/// <summary>What a bundle is made of, while it is made: everything that is added goes through the sieve.</summary>
/// <param name="sieve">Knows the secrets.</param>
/// <param name="limit">So many bytes, unpacked.</param>
internal sealed class BundleContents(Sieve sieve, int limit)
{
    private readonly List<BundleFile> files = [];
    private readonly List<ManifestGap> gaps = [];

    internal IReadOnlyList<BundleFile> Files => files;

    internal IReadOnlyList<ManifestGap> Gaps => gaps;

    /// <summary>Bytes that are left.</summary>
    internal int Room => limit - files.Sum(file => file.Bytes.Length);

    internal Sieve Sieve => sieve;

    internal void Miss(string what, string why) => gaps.Add(new(what, why));

    internal void Add(string name, JsonNode? document) => Add(BundleFile.Of(name, sieve.Clean(document)));

    internal void Add(BundleFile file)
    {
        if (file.Bytes.Length <= Room)
            files.Add(file);
        else
            Miss(file.Name, "too-much");
    }

    /// <summary>Adds what somebody else reads; what goes wrong at that is a gap and nothing more.</summary>
    internal void Try(string what, Action add)
    {
        try
        {
            add();
        }
        catch (Exception e) when (e is UnauthorizedAccessException)
        {
            Miss(what, "unreadable");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException) // the last: a path that can be none
        {
            Miss(what, "not-there");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            Miss(what, "no-database"); // or a damaged one; the disk itself may be well
        }
        catch (Exception e) when (e is IOException or DllNotFoundException)
        {
            Miss(what, "disk");
        }
    }
}
