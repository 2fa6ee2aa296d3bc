using ClassContact.Classroom;

namespace ClassContact.KitBench.Image;

/// <summary>A Debian with its kernel (Debian 12, or what <c>CLASSCONTACT_BENCH_SUITE</c> names), that machines start from and that no machine changes. The script <c>build-image</c> makes and caches it.</summary>
/// <param name="Folder">Where its disk, kernel and first programs lie.</param>
public sealed record MachineImage(string Folder)
{
    /// <summary>Mirrors are slow at times; with a near one it is a minute and a half.</summary>
    private static readonly TimeSpan LongestBuild = TimeSpan.FromMinutes(20);

    /// <summary>Its disk, in QEMU's own format.</summary>
    public string Disk => Path.Combine(Folder, "disk.qcow2");

    /// <summary>What tells it from another that was built from the same description later.</summary>
    public string Id => Path.Combine(Folder, "id");

    /// <summary>Debian's own kernel, unpacked.</summary>
    public string Kernel => Path.Combine(Folder, "vmlinux");

    /// <summary>What the kernel starts first.</summary>
    public string Initrd => Path.Combine(Folder, "initrd");

    /// <summary>The image that the list <paramref name="name"/><c>.packages</c> describes; the first one after a change takes minutes.</summary>
    /// <exception cref="IOException">It could not be built; the message tells why.</exception>
    public static async Task<MachineImage> Get(string name)
    {
        using var folder = new TestFolder();
        await using var build = ChildProcess.Start(
            "build-image", folder.Path, Path.Combine(Checkout.Root, "tests/ClassContact.KitBench/Image/build-image"), [name]);
        var code = await build.Ended().WaitAsync(LongestBuild);
        var said = build.Output().Trim();
        return code == 0 ? new(said.Split('\n')[^1]) : throw new IOException($"no image '{name}': {said}");
    }
}
