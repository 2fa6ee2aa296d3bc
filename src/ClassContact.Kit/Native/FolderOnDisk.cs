using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ClassContact.Kit.Native;

/// <summary>A folder's own list of names on the disk: what a new file's name needs to outlast a power cut (fsync(2)).</summary>
[SupportedOSPlatform("linux")]
internal static partial class FolderOnDisk
{
    /// <summary>Returns once the names are on the disk.</summary>
    /// <exception cref="IOException">They are not.</exception>
    public static void Flush(string folder)
    {
        using var handle = new SafeFileHandle(Libc.Open(folder, Libc.ReadOnly | Libc.CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid || Fsync(handle) != 0)
            throw new IOException($"{folder}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle fd);
}
