using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ClassContact.Kit.Native;
using Microsoft.Win32.SafeHandles;

namespace ClassContact.Kit.Keys;

/// <summary>Which of these keys are down now; null when the device is gone. What was queued before the answer is void.</summary>
internal delegate IReadOnlySet<ushort>? AskKeysDown(SafeFileHandle device, IReadOnlyList<ushort> codes);

/// <summary>An open input device whose events carry the monotonic clock's time. It is never grabbed: the browser gets the keys too.</summary>
[SupportedOSPlatform("linux")]
internal sealed class EvdevDevice(string name, SafeFileHandle handle, AskKeysDown keysDown) : IDisposable
{
    /// <summary>The name that the device gives itself.</summary>
    public string Name => name;

    /// <summary>What poll(2) waits on.</summary>
    public int Descriptor => (int)handle.DangerousGetHandle();

    /// <summary>Reads what is there without waiting: a number of bytes, 0 when there is nothing, null when the device is gone.</summary>
    public int? Read(Span<byte> buffer)
    {
        var read = Libc.Read(handle, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length);
        if (read > 0)
            return (int)read;
        return read < 0 && Marshal.GetLastPInvokeError() is Libc.Eagain or Libc.Eintr ? 0 : null;
    }

    /// <inheritdoc cref="AskKeysDown"/>
    public IReadOnlySet<ushort>? KeysDown(IReadOnlyList<ushort> codes) => keysDown(handle, codes);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
