using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ClassContact.Kit.Native;

/// <summary>Whose a file is.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LibcOwner
{
    private const int Here = -100; // AT_FDCWD (linux/fcntl.h)
    private const uint Uid = 0x8; // STATX_UID (linux/stat.h)
    private const int UidAt = 20; // stx_uid in struct statx, which has 256 bytes everywhere

    /// <summary>The numeric user that a file or folder belongs to; null when it is not there or may not be asked.</summary>
    public static uint? Of(string path)
    {
        var about = new byte[256];
        return Statx(Here, path, 0, Uid, ref about[0]) == 0
            ? BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(about.AsSpan(UidAt)) : BinaryPrimitives.ReadUInt32BigEndian(about.AsSpan(UidAt))
            : null;
    }

    /// <summary>The user that this process acts as.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint Us();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte about);
}
