using System.Net.Sockets;
using System.Text;

namespace ClassContact.Mqtt.Mosquitto;

/// <summary>
/// A Unix socket (0600) in a folder of its own (0700), for one connection. Into the folder only this user may look, and he could read our memory, too.
/// </summary>
internal sealed class PrivateDoor : IDisposable
{
    // sun_path in unix(7) has 108 bytes with its NUL.
    private const int LongestPath = 107;

    // Every Debian has it, and it lies in memory: the link must be able to say that the disk is full.
    private const string InMemory = "/dev/shm";

    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string folder = NewFolder();

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    /// <exception cref="UnauthorizedAccessException">There is none for us.</exception>
    /// <exception cref="SocketException">The system has no such sockets.</exception>
    internal PrivateDoor()
    {
        Path = System.IO.Path.Combine(folder, "mqtt");
        try
        {
            if (Encoding.UTF8.GetByteCount(Path) > LongestPath)
                throw new IOException($"the folder for temporary files (TMPDIR) has too long a name for one: '{folder}'");
            socket.Bind(new UnixDomainSocketEndPoint(Path));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            socket.Listen(1);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where to connect to.</summary>
    internal string Path { get; }

    /// <summary>Waits for the one connection; the door is gone after it.</summary>
    internal async Task<Socket> Accept(CancellationToken ct)
    {
        using (this)
            return await socket.AcceptAsync(ct);
    }

    /// <summary>Takes it away.</summary>
    public void Dispose()
    {
        socket.Dispose();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is gone already.
        }
    }

    // Everybody may write into the folders above it, so it has a name that nobody guesses.
    private static string NewFolder()
    {
        try
        {
            if (OperatingSystem.IsLinux() && Directory.Exists(InMemory))
            {
                var path = System.IO.Path.Combine(InMemory, $"classcontact-{Guid.NewGuid():N}");
                return Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It may be shut to this service; there is another.
        }
        return Directory.CreateTempSubdirectory("classcontact-").FullName;
    }
}
