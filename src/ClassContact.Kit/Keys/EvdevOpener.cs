using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using ClassContact.Kit.Native;
using Microsoft.Win32.SafeHandles;

namespace ClassContact.Kit.Keys;

/// <summary>Opens input nodes and keeps those that are a wanted keyboard.</summary>
[SupportedOSPlatform("linux")]
internal sealed class EvdevOpener(Chord start, Chord end, string? keyboard)
{
    private const int KeyBytes = (KeyNames.Highest + 1) / 8;

    /// <summary>Opens a node such as <c>/dev/input/event3</c>.</summary>
    public Opening Open(string path)
    {
        var fd = Libc.Open(path, Libc.ReadOnly | Libc.NonBlocking | Libc.CloseOnExec);
        if (fd < 0)
            return Failure("open");
        var handle = new SafeFileHandle(fd, ownsHandle: true);
        var opening = Look(handle);
        if (opening is not Opening.Ready)
            handle.Dispose();
        return opening;
    }

    private Opening Look(SafeFileHandle handle)
    {
        // First of all: changing the clock empties the queue, so only what comes before this line can be missed. The keys' state is not
        // asked for here, because asking empties the queue again.
        var clock = EvdevRequest.MonotonicClock;
        if (Libc.Ioctl(handle, EvdevRequest.SetClock, ref clock) < 0)
            return Failure("set the clock of");
        var keys = new byte[KeyBytes];
        if (Libc.Ioctl(handle, EvdevRequest.Has(InputEvent.Key, KeyBytes), ref keys[0]) < 0)
            return Failure("ask the keys of");
        var name = new byte[256];
        var length = Libc.Ioctl(handle, EvdevRequest.Name(name.Length), ref name[0]);
        if (length < 0)
            return Failure("ask the name of");
        var text = Encoding.UTF8.GetString(name, 0, length).TrimEnd('\0');
        return IsWanted(keys, text) ? new Opening.Ready(new(text, handle, KeysDown)) : new Opening.NotWanted();
    }

    /// <summary>True for a device that has all keys of the start or the end and, where one is configured, the name: mute and help alone make no keyboard.</summary>
    internal bool IsWanted(ReadOnlySpan<byte> keys, string name) =>
        (HasAll(keys, start) || HasAll(keys, end)) && (keyboard is null || name.Contains(keyboard, StringComparison.OrdinalIgnoreCase));

    private static bool HasAll(ReadOnlySpan<byte> keys, Chord chord)
    {
        foreach (var code in chord.Codes)
        {
            if (!Has(keys, code))
                return false;
        }
        return true;
    }

    private static HashSet<ushort>? KeysDown(SafeFileHandle handle, IReadOnlyList<ushort> codes)
    {
        // On the stack, because it tells of other keys too.
        Span<byte> down = stackalloc byte[KeyBytes];
        if (Libc.Ioctl(handle, EvdevRequest.KeysDown(KeyBytes), ref down[0]) < 0)
            return null;
        HashSet<ushort> asked = [];
        foreach (var code in codes)
        {
            if (Has(down, code))
                asked.Add(code);
        }
        down.Clear();
        return asked;
    }

    // The kernel's bitmap is an array of longs; on a little-endian machine, which all of ours are, that is an array of bytes.
    private static bool Has(ReadOnlySpan<byte> bits, ushort code) => (bits[code / 8] & (1 << (code % 8))) != 0;

    private static Opening Failure(string what) => Marshal.GetLastPInvokeError() switch
    {
        Libc.Eacces or Libc.Eperm => new Opening.NoPermission(),
        Libc.Enoent or Libc.Enodev or Libc.Enxio => new Opening.Gone(),
        var errno => new Opening.Failed($"could not {what} it: {Marshal.GetPInvokeErrorMessage(errno)}"),
    };
}
