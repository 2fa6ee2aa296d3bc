using System.Text;
using System.Text.RegularExpressions;

namespace ClassContact.Kit.Bundle;

/// <summary>The newest lines of one of the agent's log files.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lines">The lines, the oldest first.</param>
/// <param name="IsCut">Older lines are left out.</param>
internal sealed record LogPart(string Name, IReadOnlyList<string> Lines, bool IsCut);

/// <summary>The newest of the agent's logs that fit into a number of bytes.</summary>
internal static partial class LogTail
{
    /// <summary>Reads them, the oldest first. What else lies in the folder, a link to somewhere else above all, is no log of ours and left.</summary>
    /// <param name="folder">The logs.</param>
    /// <param name="most">So many bytes.</param>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not ours to read.</exception>
    internal static IReadOnlyList<LogPart> Read(string folder, long most)
    {
        var found = new List<LogPart>();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(IsLog).OrderByDescending(file => file.Name, StringComparer.Ordinal))
        {
            var (text, isCut) = End(file.FullName, most);
            most -= Encoding.UTF8.GetByteCount(text);
            found.Insert(0, new(file.Name, [.. text.Split('\n').Select(line => line.TrimEnd('\r'))], isCut));
            if (isCut || most <= 0)
                break;
        }
        return found;
    }

    private static bool IsLog(FileInfo file) => file.LinkTarget is null && !file.Attributes.HasFlag(FileAttributes.Device) && Name().IsMatch(file.Name);

    // The file is being written to, and may be rolled away meanwhile.
    private static (string Text, bool IsCut) End(string path, long most)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = Math.Min(file.Length, most);
        var isCut = length < file.Length;
        file.Seek(file.Length - length, SeekOrigin.Begin);
        var bytes = new byte[length];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = Encoding.UTF8.GetString(bytes, 0, read);
        return (isCut ? text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..] : text, isCut);
    }

    // As Serilog's rolling names them: by day, and within a day by number.
    [GeneratedRegex(@"\Aagent-\d{8}(?:_\d{3})?\.log\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
