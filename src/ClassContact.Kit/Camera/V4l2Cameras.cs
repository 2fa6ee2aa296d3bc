using System.Runtime.Versioning;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Camera;

/// <summary>
/// The cameras that the kernel lists, read from sysfs and not with v4l2-ctl: that would open each camera, which wakes it, lights its lamp on
/// some, waits for a hung driver, and costs a child process. A class's consent is needed to open one; to read its name it is not.
/// </summary>
/// <param name="root">Where <c>sys</c> and <c>run</c> are: <c>/</c>.</param>
[SupportedOSPlatform("linux")]
internal sealed class V4l2Cameras(string root = "/")
{
    /// <summary>What is there now, in the kernel's order.</summary>
    public IReadOnlyList<CameraDevice> List() =>
    [
        .. SystemFile.In(Path.Combine(root, "sys/class/video4linux"))
            .Where(node => Path.GetFileName(node).StartsWith("video", StringComparison.Ordinal) && IsCamera(node))
            .Select(Describe),
    ];

    // A USB camera has a second node for what it tells about its pictures; its index is 1.
    private bool IsCamera(string node) => SystemFile.Read(Path.Combine(node, "index")) is "0" && MayCapture(node);

    // sysfs does not say what a node can do. udev asked it once, when it was plugged in, and every user may read the answer.
    private bool MayCapture(string node)
    {
        var answers = SystemFile.Read(Path.Combine(root, "run/udev/data", $"c{SystemFile.Read(Path.Combine(node, "dev"))}"));
        var can = answers?.Split('\n').FirstOrDefault(line => line.StartsWith("E:ID_V4L_CAPABILITIES=", StringComparison.Ordinal));
        return can is null || can.Contains(":capture:", StringComparison.Ordinal);
    }

    // The kernel's own name has 31 bytes; where there is a USB device above, that has the whole name.
    private CameraDevice Describe(string node)
    {
        var usb = UsbDeviceAbove(node);
        var product = usb is null ? null : SystemFile.Read(Path.Combine(usb, "product"));
        var name = string.IsNullOrEmpty(product) ? SystemFile.Read(Path.Combine(node, "name")) : product;
        return new(name ?? "", usb is null ? null : $"{SystemFile.Read(Path.Combine(usb, "idVendor"))}:{SystemFile.Read(Path.Combine(usb, "idProduct"))}");
    }

    private string? UsbDeviceAbove(string node)
    {
        var devices = Path.GetFullPath(Path.Combine(root, "sys/devices"));
        for (var folder = Target(node); folder is not null && folder.StartsWith(devices, StringComparison.Ordinal); folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "idVendor")))
                return folder;
        }
        return null;
    }

    private static string? Target(string node)
    {
        try
        {
            return Directory.ResolveLinkTarget(node, returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            return null; // it was unplugged meanwhile
        }
    }
}
