using ClassContact.Kit.Settings;

namespace ClassContact.Agent.Run;

/// <summary>
/// Held by the one program that leads a kit: nobody else uses its sockets, and nobody else its browser. The system lets go of it when the process
/// ends, however it ends.
/// </summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly List<FileStream> files = [];

    private InstanceLock()
    {
    }

    /// <summary>Takes the kit; null when another process holds it.</summary>
    /// <param name="folders">The kit's.</param>
    /// <param name="heldIn">The folder in which the other one was found.</param>
    /// <exception cref="IOException">A folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be written by this user.</exception>
    public static InstanceLock? TryTake(FolderSettings folders, out string? heldIn)
    {
        var taken = new InstanceLock();
        try
        {
            foreach (var (folder, name) in new[] { (folders.Run, "agent.lock"), (folders.Kiosk, "controller.lock") })
            {
                heldIn = folder;
                if (TryTake(Path.Combine(folder, name)) is not { } file)
                    return null;
                taken.files.Add(file);
            }
            heldIn = null;
            (var all, taken) = (taken, null);
            return all;
        }
        finally
        {
            taken?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => files.ForEach(file => file.Dispose());

    private static FileStream? TryTake(string path)
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
