using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace ClassContact.KitBench;

/// <summary>What stands on the machine's screen.</summary>
public sealed partial class Machine
{
    /// <summary>Takes a picture of the screen; the last of this name is kept among the artifacts as <c>NAME.png</c>.</summary>
    /// <param name="name">What it is of.</param>
    public async Task<ScreenPicture> Screen(string name)
    {
        var raw = Path.Combine(folder.Path, "screen.ppm");
        await control!.Execute("screendump", new JsonObject { ["filename"] = raw });
        await control.Execute("screendump", new JsonObject { ["filename"] = Path.Combine(diary.Folder, name + ".png"), ["format"] = "png" });
        return ScreenPicture.Read(await File.ReadAllBytesAsync(raw));
    }

    /// <summary>Switches the screen off, or on again: the kernel's driver has no screen at its socket meanwhile, as with one that lets go of its line.</summary>
    public async Task SetScreen(bool isOn)
    {
        // QEMU tells its graphics card how large the window of whoever looks is; one of no size is a screen that is off, after one of some size.
        using var viewer = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await viewer.ConnectAsync(new UnixDomainSocketEndPoint(folder.Viewer));
        await using var stream = new NetworkStream(viewer);
        var said = new byte[256];
        async Task Hear(int length) => await stream.ReadExactlyAsync(said.AsMemory(0, length));
        await Hear(12);
        await stream.WriteAsync("RFB 003.008\n"u8.ToArray());
        await Hear(1);
        await Hear(said[0]);
        await stream.WriteAsync(new byte[] { 1 }); // no password
        await Hear(4);
        await stream.WriteAsync(new byte[] { 1 }); // others may look, too
        await Hear(24);
        await Hear(BinaryPrimitives.ReadInt32BigEndian(said.AsSpan(20)));
        await stream.WriteAsync(new byte[] { 251, 0, 1280 >> 8, 1280 & 255, 720 >> 8, 720 & 255, 0, 0 });
        if (!isOn) await stream.WriteAsync(new byte[] { 251, 0, 0, 0, 0, 0, 0, 0 });
        await Until($"grep -qx {(isOn ? "connected" : "disconnected")} /sys/class/drm/card0-Virtual-1/status");
    }
}
