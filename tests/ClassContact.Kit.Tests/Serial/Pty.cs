using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace ClassContact.Kit.Tests.Serial;

/// <summary>A serial line made by the kernel: what is written at one end is read at the other, through a real terminal driver.</summary>
internal sealed class Pty : IDisposable
{
    private const int ReadWrite = 2;
    private const int NoTerminal = 0x100;

    public Pty()
    {
        var handle = new SafeFileHandle(posix_openpt(ReadWrite | NoTerminal), ownsHandle: true);
        Assert.False(handle.IsInvalid);
        Assert.Equal(0, grantpt(handle));
        Assert.Equal(0, unlockpt(handle));
        var name = new byte[64];
        Assert.Equal(0, ptsname_r(handle, name, (nuint)name.Length));
        Path = System.Text.Encoding.ASCII.GetString(name).TrimEnd('\0');
        Device = new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0);
    }

    /// <summary>What the program opens.</summary>
    public string Path { get; }

    /// <summary>The device at the other end.</summary>
    public FileStream Device { get; }

    public void Dispose() => Device.Dispose();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int grantpt(SafeFileHandle master);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int unlockpt(SafeFileHandle master);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ptsname_r(SafeFileHandle master, byte[] name, nuint size);
}
