using ClassContact.Classroom;

namespace ClassContact.KitBench;

/// <summary>Programs of this computer that make and move a machine's files.</summary>
internal static class HostTool
{
    /// <exception cref="IOException">It failed; the message tells what it said.</exception>
    public static async Task Run(string tool, params string[] arguments)
    {
        using var folder = new TestFolder();
        await using var child = ChildProcess.Start(tool, folder.Path, tool, arguments);
        var code = await child.Ended().WaitAsync(TimeSpan.FromMinutes(2));
        if (code != 0) throw new IOException($"{tool} ended with {code}: {child.Output()}");
    }
}
