using System.Security.Cryptography;
using System.Text;
using ClassContact.KitBench.Image;

namespace ClassContact.KitBench;

/// <summary>A checkpoint that outlasts the program: what took minutes to install is there in a second, until something that it came from changes.</summary>
/// <param name="name">What it is of.</param>
/// <param name="image">Where its machine started from.</param>
/// <param name="hardware">Its machine's.</param>
/// <param name="files">What else it came from, beside the machine itself.</param>
public sealed class KeptCheckpoint(string name, MachineImage image, Hardware hardware, IEnumerable<string> files)
{
    private string Cache => Path.GetDirectoryName(image.Folder)!;

    private string Folder => Path.Combine(Cache, $"{name}-{Key()}");

    /// <summary>Null when there is none yet, or it came from something else.</summary>
    public Checkpoint? Find() => Directory.Exists(Folder) ? Of(Folder) : null;

    /// <summary>Keeps one for the next program, in place of those of another day; the machine that was saved can be taken away then.</summary>
    public async Task<Checkpoint> Keep(Checkpoint saved)
    {
        // A young one may be another checkout's, whose machines run on it.
        foreach (var earlier in Directory.EnumerateDirectories(Cache, $"{name}-*").Where(folder => Directory.GetLastWriteTimeUtc(folder) < DateTime.UtcNow.AddDays(-1)))
            Directory.Delete(earlier, recursive: true);
        var making = Directory.CreateDirectory(Path.Combine(Cache, $"keeping-{name}-{Guid.NewGuid():N}")).FullName;
        await HostTool.Run("mv", saved.Disk, saved.State, making);
        Directory.Move(making, Folder);
        return Of(Folder);
    }

    private Checkpoint Of(string folder) => new(image, hardware, new(folder), keeper: null);

    private string Key()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(image.Folder));
        hash.AppendData(File.ReadAllBytes(image.Id));
        var machine = new[] { "QemuCommand.cs", "Hardware.cs" }.Select(file => Path.Combine(Classroom.Checkout.Root, "tests/ClassContact.KitBench", file));
        foreach (var file in machine.Concat(files)) hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
