using System.Diagnostics;

namespace ClassContact.Kit.Tests.House;

/// <summary>The checkout that the running tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Every file of the project as a path below the root with '/': what git tracks, or without git what a build did not make.</summary>
    public static IReadOnlyList<string> Files { get; } = Tracked() ?? [.. Walk(Root).Order(StringComparer.Ordinal)];

    public static string File(string path) => Path.Combine(Root, path);

    public static string Text(string path) => System.IO.File.ReadAllText(File(path));

    /// <summary>Runs a program in the root; null when it is not there or ends with an error.</summary>
    public static string? Output(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
            _ = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static List<string>? Tracked()
    {
        // A checkout of another user is "dubious" to git, and then there is no answer: the folders are walked.
        var names = Directory.Exists(File(".git")) || System.IO.File.Exists(File(".git")) ? Output("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard") : null;
        return names?.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(f => System.IO.File.Exists(File(f))).ToList();
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            yield return Path.GetRelativePath(Root, file);
        foreach (var below in Directory.EnumerateDirectories(folder))
        {
            if (Path.GetFileName(below) is not (".git" or "bin" or "obj" or "artifacts" or "TestResults" or ".vs"))
            {
                foreach (var file in Walk(below))
                    yield return file;
            }
        }
    }

    private static string Find(string folder) =>
        System.IO.File.Exists(Path.Combine(folder, "ClassContact.Agent.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Find(parent)
        : throw new DirectoryNotFoundException($"no checkout above {AppContext.BaseDirectory}");
}
