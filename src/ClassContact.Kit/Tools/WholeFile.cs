namespace ClassContact.Kit.Tools;

/// <summary>A file that is there whole or not at all, whatever becomes of the power.</summary>
internal static class WholeFile
{
    /// <summary>Writes the file anew.</summary>
    /// <param name="path">Where.</param>
    /// <param name="bytes">What.</param>
    /// <param name="mode">Who may read it; null: whoever may in that folder.</param>
    /// <exception cref="IOException">The disk is full or broken; the old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not ours to write.</exception>
    internal static void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode? mode = null)
    {
        var next = Begun(path);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        try
        {
            using (var file = new FileStream(next, options))
            {
                if (mode is { } rights && !OperatingSystem.IsWindows())
                    File.SetUnixFileMode(file.SafeFileHandle, rights); // one that was left over may have others
                file.Write(bytes);
                file.Flush(flushToDisk: true); // else a power cut may leave the new name with nothing in it
            }
            File.Move(next, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(next); // half of it would take the little room that there is
            throw;
        }
    }

    /// <summary>Where a power cut may leave a file that was begun.</summary>
    internal static string Begun(string path) => path + ".next";
}
