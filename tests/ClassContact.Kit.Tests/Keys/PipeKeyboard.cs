using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ClassContact.Kit.Keys;
using ClassContact.Kit.Native;
using Microsoft.Win32.SafeHandles;

namespace ClassContact.Kit.Tests.Keys;

/// <summary>A named pipe that stands for an input node. Closing it is what unplugging is: the reader sees its end.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class PipeKeyboard : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;

    public PipeKeyboard(string folder, string node, uint mode = 0b110_110_110)
    {
        path = Path.Combine(folder, node);
        if (MakeFifo(path, mode) != 0 || ChangeMode(path, mode) != 0)
            throw new IOException($"mkfifo {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        // Read-write, because write-only waits for a reader. Seen from the reader it makes no difference.
        ChangeMode(path, 0b110_110_110);
        stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        ChangeMode(path, mode);
    }

    public void Send(Recording recording) => Send(recording.Bytes());

    public void Send(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    public void Allow() => ChangeMode(path, 0b110_110_110);

    public void Unplug()
    {
        File.Delete(path);
        stream.Dispose();
    }

    /// <summary>The device breaks while its node stays.</summary>
    public void Break() => stream.Dispose();

    public void Dispose() => stream.Dispose();

    /// <summary>Opens a pipe as the opener opens a device, as far as that goes: pipes answer no request, so the test says what they would.</summary>
    public static Opening Open(string path, AskKeysDown keysDown)
    {
        var fd = Libc.Open(path, Libc.ReadOnly | Libc.NonBlocking | Libc.CloseOnExec);
        if (fd < 0)
            return Marshal.GetLastPInvokeError() == Libc.Eacces ? new Opening.NoPermission() : new Opening.Gone();
        return new Opening.Ready(new(Path.GetFileName(path), new SafeFileHandle(fd, ownsHandle: true), keysDown));
    }

    /// <summary>Does something as a user who owns nothing. The kernel keeps this identity per thread, so the tests beside it stay who they are.</summary>
    public static T AsNobody<T>(Func<T> act)
    {
        var before = SetFileSystemUser(65534);
        try
        {
            return act();
        }
        finally
        {
            _ = SetFileSystemUser(before);
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeMode(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(int uid);
}
