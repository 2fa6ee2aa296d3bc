using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ClassContact.Kit.Settings;

/// <summary>The text of a file that a person wrote, or why there is none.</summary>
public static class SettingsText
{
    /// <summary>A file of settings is a few kB; what is far longer is some other file.</summary>
    private const int LongestFile = 1024 * 1024;

    /// <summary>UTF-8 without a byte order mark.</summary>
    /// <param name="path">The file.</param>
    public static Checked<byte[]> Read(string path)
    {
        try
        {
            if (Directory.Exists(path))
                return Bad(path, null, "is a folder, not a file");
            var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
            if (file is { Exists: true, Length: 0 })
                return Bad(path, null, "is empty, or no ordinary file"); // a pipe or a device would be read for ever
            if (file.Length > LongestFile)
                return Bad(path, null, $"is longer than {LongestFile} bytes: this is no settings file");
            var utf8 = File.ReadAllBytes(path);
            if (utf8.AsSpan().StartsWith("\uFEFF"u8))
                utf8 = utf8[3..];
            return Utf8.IsValid(utf8) ? new(utf8, []) : Bad(path, LineOfNoUtf8(utf8), "is not UTF-8 text here: save the file as UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Bad(path, null, e switch
            {
                FileNotFoundException or DirectoryNotFoundException or ArgumentException => "does not exist",
                UnauthorizedAccessException => "may not be read by this user",
                _ => $"cannot be read: {e.Message}",
            });
        }
    }

    private static int LineOfNoUtf8(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        while (Rune.DecodeFromUtf8(bytes, out var rune, out var length) is OperationStatus.Done)
        {
            line += rune.Value == '\n' ? 1 : 0;
            bytes = bytes[length..];
        }
        return line;
    }

    private static Checked<byte[]> Bad(string path, int? line, string text) => new(null, [new(path, line, "", text)]);
}
