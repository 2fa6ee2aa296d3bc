using ClassContact.Classroom;

namespace ClassContact.KitBench;

/// <summary>Programs of this computer that a machine's files, or who is beyond its cable, want.</summary>
internal static class HostTool
{
    /// <summary>What it said.</summary>
    /// <exception cref="IOException">It failed; the message tells what it said.</exception>
    public static async Task<string> Run(string tool, params string[] arguments)
    {
        using var folder = new TestFolder();
        await using var child = ChildProcess.Start(tool, folder.Path, tool, arguments);
        var code = await child.Ended().WaitAsync(TimeSpan.FromMinutes(2));
        return code == 0 ? child.Output() : throw new IOException($"{tool} ended with {code}: {child.Output()}");
    }
}
