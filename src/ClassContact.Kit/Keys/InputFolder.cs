using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using ClassContact.Kit.Native;
using Microsoft.Win32.SafeHandles;

namespace ClassContact.Kit.Keys;

/// <summary>What became of a node.</summary>
internal enum NodeChange
{
    /// <summary>It is new, or its owner or permission changed.</summary>
    Look,

    /// <summary>It was removed.</summary>
    Gone,

    /// <summary>Changes were missed, or the folder itself went away: look at everything again.</summary>
    LookAtAll,
}

/// <summary>Tells of nodes that come, change and go in a folder, by inotify(7).</summary>
[SupportedOSPlatform("linux")]
internal sealed class InputFolder(string path) : IDisposable
{
    private const int HeaderLength = 16; // struct inotify_event: wd, mask, cookie, len
    private const uint Wanted = Libc.InCreate | Libc.InAttrib | Libc.InDelete | Libc.InMovedFrom | Libc.InMovedTo;

    private readonly SafeFileHandle handle = new(Libc.InotifyInit(Libc.NonBlocking | Libc.CloseOnExec), ownsHandle: true);

    /// <summary>What poll(2) waits on; -1, which it ignores, when the system grants no watch.</summary>
    public int Descriptor => handle.IsInvalid ? -1 : (int)handle.DangerousGetHandle();

    /// <summary>True while changes are told.</summary>
    public bool IsWatched { get; private set; }

    /// <summary>Begins to watch, if it does not yet; <see cref="IsWatched"/> stays false while the folder is not there.</summary>
    public void Watch() =>
        IsWatched = IsWatched || (!handle.IsInvalid && Libc.InotifyAddWatch(handle, path, Wanted | Libc.InOnlyDirectory) >= 0);

    /// <summary>The input nodes that are there now, by name.</summary>
    public IReadOnlyList<string> Nodes()
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Where(IsNode)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // no folder: no input device was ever plugged in
        }
    }

    /// <summary>The changes since the last call, without waiting.</summary>
    public IReadOnlyList<(NodeChange Change, string Node)> Changes()
    {
        var buffer = new byte[4096];
        var read = Libc.Read(handle, ref MemoryMarshal.GetArrayDataReference(buffer), (nuint)buffer.Length);
        if (read <= 0)
            return [];
        var changes = Parse(buffer.AsSpan(0, (int)read), out var watchEnded);
        IsWatched &= !watchEnded;
        return changes;
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private static List<(NodeChange, string)> Parse(ReadOnlySpan<byte> bytes, out bool watchEnded)
    {
        List<(NodeChange, string)> changes = [];
        watchEnded = false;
        while (bytes.Length >= HeaderLength)
        {
            var mask = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            var length = HeaderLength + (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
            var node = Encoding.UTF8.GetString(bytes[HeaderLength..length]).TrimEnd('\0');
            bytes = bytes[length..];
            watchEnded |= (mask & Libc.InIgnored) != 0;
            if ((mask & (Libc.InOverflow | Libc.InIgnored)) != 0)
                changes.Add((NodeChange.LookAtAll, ""));
            else if (IsNode(node))
                changes.Add(((mask & (Libc.InDelete | Libc.InMovedFrom)) != 0 ? NodeChange.Gone : NodeChange.Look, node));
        }
        return changes;
    }

    // event0, event1, …: not mice, mouse0, js0, by-id.
    private static bool IsNode(string name) =>
        name.StartsWith("event", StringComparison.Ordinal) && name.Length > 5 && name.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0;
}
