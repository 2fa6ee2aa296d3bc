namespace ClassContact.Kit.Outbox;

/// <summary>A file that its owner alone may read and write.</summary>
internal static class OurOwn
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the file and its folder where there are none, and takes back a right to write that was taken away.</summary>
    /// <exception cref="DamagedException">What stands there is no file, or not ours.</exception>
    /// <exception cref="IOException">The disk does not take it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not ours.</exception>
    internal static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        foreach (var file in new[] { path, path + "-wal" })
        {
            if (Directory.Exists(file))
                throw new DamagedException(Damage.NotAFile);
            if (File.Exists(file) && !IsWritable(file))
                throw new DamagedException(Damage.NotOurs);
        }
        if (File.Exists(path))
            return;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Mode;
        new FileStream(path, options).Dispose();
    }

    private static bool IsWritable(string file)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file) != Mode)
                File.SetUnixFileMode(file, Mode);
            new FileStream(file, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete }).Dispose();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
