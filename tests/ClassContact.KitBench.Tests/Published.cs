using ClassContact.Classroom;

namespace ClassContact.KitBench.Tests;

/// <summary>Our programs as they go onto a machine without .NET.</summary>
internal static class Published
{
    /// <summary>Two minutes on two busy cores.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private static readonly SemaphoreSlim One = new(1);

    /// <summary>Publishes a project of <c>src</c>, which costs little when nothing has changed, and returns the folder.</summary>
    public static async Task<string> Folder(string project)
    {
        var output = Path.Combine(Checkout.Root, "src", project, "bin/published/linux-x64");
        await One.WaitAsync();
        try
        {
            using var logs = new TestFolder();
            await using var publish = ChildProcess.Start("publish", logs.Path, "dotnet",
            [
                "publish", Path.Combine(Checkout.Root, "src", project), "--runtime", "linux-x64", "--self-contained", "--output", output,
                "-p:PublishReadyToRun=true", // compiling takes half a minute where everything is twenty times slower
                "-p:NuGetLockFilePath=obj/published.lock.json", // a runtime's packages are none of everybody's build
                "-v", "quiet", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
            ]);
            var code = await publish.Ended().WaitAsync(Longest);
            return code == 0 ? output : throw new IOException($"{project} could not be published: {publish.Output()}");
        }
        finally
        {
            One.Release();
        }
    }
}
