using ClassContact.Classroom;

namespace ClassContact.KitBench.Image;

/// <summary>The package that a technician installs. The script <c>build-package</c> builds and caches it.</summary>
public static class KitPackage
{
    /// <summary>Two minutes on two quiet cores.</summary>
    private static readonly TimeSpan LongestBuild = TimeSpan.FromMinutes(30);

    /// <summary>Its file, of what is committed.</summary>
    /// <exception cref="IOException">It could not be built; the message tells why.</exception>
    public static async Task<string> Get()
    {
        using var folder = new TestFolder();
        await using var build = ChildProcess.Start("build-package", folder.Path, Path.Combine(Checkout.Root, "tests/ClassContact.KitBench/Image/build-package"), []);
        var code = await build.Ended().WaitAsync(LongestBuild);
        var said = build.Output().Trim();
        return code == 0 ? said.Split('\n')[^1] : throw new IOException($"no package: {said}");
    }
}
