using System.Text;

namespace ClassContact.Kit.Tools;

/// <summary>The small files in which a kernel tells about itself.</summary>
internal static class SystemFile
{
    // An attribute of sysfs has at most one page; /proc/meminfo is a third of that, mountinfo may be larger.
    private const int Most = 256 * 1024;

    /// <summary>The file's text without the white space around it; null when it is not there, not readable or larger than 256 kB.</summary>
    public static string? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var bytes = new byte[4096];
            var length = 0;
            while (file.Read(bytes, length, bytes.Length - length) is > 0 and var read)
            {
                length += read;
                if (length == Most)
                    return null;
                if (length == bytes.Length)
                    Array.Resize(ref bytes, bytes.Length * 2);
            }
            return Encoding.UTF8.GetString(bytes, 0, length).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // also ENODEV: the device left while it was asked
        }
    }

    /// <summary>The full paths of what lies in a folder, in the order of their names; empty when it is not there.</summary>
    public static IReadOnlyList<string> In(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
