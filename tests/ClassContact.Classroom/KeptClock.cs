namespace ClassContact.Classroom;

/// <summary>
/// A time server that keeps the machine's clock, as far as .NET programs can tell. The kernel of a test machine says what it likes, and its clock is not
/// ours to set; so the C library's answer is replaced: .NET takes the first <c>libc.so</c> that it finds, and ours answers one question and passes on all others.
/// </summary>
internal static class KeptClock
{
    /// <summary>Makes the library in a folder; returns the environment for a program that is to see it.</summary>
    internal static async Task<IReadOnlyDictionary<string, string?>> In(string folder)
    {
        var (source, library) = (Path.Combine(folder, "kept-clock.c"), Path.Combine(folder, "kept-clock", "libc.so"));
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        await File.WriteAllTextAsync(source, "int adjtimex(void *nothing) { return 0; /* TIME_OK */ }\n");
        var real = Directory.EnumerateDirectories("/usr/lib").Select(below => Path.Combine(below, "libc.so.6")).First(File.Exists);
        var code = await ChildProcess.Run("kept-clock", folder, "tcc", ["-shared", "-nostdlib", "-o", library, source, real]);
        return code == 0 ? new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = Path.GetDirectoryName(library) } : throw new IOException($"tcc ended with {code}");
    }
}
