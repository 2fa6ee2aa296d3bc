using ClassContact.Kit.Native;

namespace ClassContact.Helpdesk.Register;

/// <summary>Files that only their owner reads, and that are there whole or not at all, whatever becomes of the power.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes the file anew.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var next = path + ".next";
        using (var file = Open(next, FileMode.Create))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true); // else a power cut may leave the new name with nothing in it
        }
        File.Move(next, path, overwrite: true);
        Remember(path);
    }

    /// <summary>Takes the file away, if it is there.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        Remember(path);
    }

    /// <summary>Opens a file for this process alone.</summary>
    /// <exception cref="IOException">Another process has it open, or the disk.</exception>
    public static FileStream Open(string path, FileMode how = FileMode.OpenOrCreate)
    {
        var options = new FileStreamOptions { Mode = how, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Mode;
        return new(path, options);
    }

    /// <summary>Writes a file into the folder and takes it away again.</summary>
    /// <exception cref="IOException">That cannot be.</exception>
    /// <exception cref="UnauthorizedAccessException">That may not be.</exception>
    public static void Try(string folder)
    {
        var file = Path.Combine(folder, ".try");
        Write(file, []);
        Delete(file);
    }

    /// <summary>Makes a folder that only its owner enters.</summary>
    public static string Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Mode | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>
    /// What was done to the names in a file's folder is on the disk from now on. Else a power cut may bring the old folder back: a certificate in use that
    /// nobody could revoke, or a kit that was revoked let in again.
    /// </summary>
    public static void Remember(string path)
    {
        if (OperatingSystem.IsLinux())
            FolderOnDisk.Flush(Path.GetDirectoryName(path)!);
    }
}
