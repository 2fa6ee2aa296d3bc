namespace ClassContact.Agent.Run;

/// <summary>Held by the one agent of a kit; the system lets go of it when the process ends, however it ends.</summary>
internal static class InstanceLock
{
    /// <summary>Takes the lock; null when another process holds it.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written by this user.</exception>
    public static IDisposable? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult == LockedByAnother)
        {
            return null;
        }
    }

    // EWOULDBLOCK of flock(2), as .NET reports it.
    private const int LockedByAnother = 11;
}
