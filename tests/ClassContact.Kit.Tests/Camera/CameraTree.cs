using System.Runtime.Versioning;
using System.Text;

namespace ClassContact.Kit.Tests.Camera;

/// <summary>A sysfs laid as Debian 12's kernel does for vivid (seen in a virtual machine) and, after its documentation, for a camera on USB:
/// a class folder of links into the folder of devices. Gone with all in it when disposed.</summary>
[SupportedOSPlatform("linux")]
internal sealed class CameraTree : IDisposable
{
    private const string Class = "sys/class/video4linux";

    public string Root { get; } = Directory.CreateTempSubdirectory("classcontact-sys-").FullName;

    /// <summary>A camera on USB: one node for its picture, one for what it tells about its pictures, both of the interface below the device.</summary>
    public CameraTree Usb(int number, string product, string vendorId, string productId)
    {
        var device = $"sys/devices/pci0000:00/0000:00:14.0/usb1/1-{number}";
        Write($"{device}/idVendor", vendorId);
        Write($"{device}/idProduct", productId);
        Write($"{device}/product", product);
        var name = product[..Math.Min(product.Length, 31)];
        return Node($"{device}/1-{number}:1.0", 2 * number, 0, name).Node($"{device}/1-{number}:1.0", (2 * number) + 1, 1, name);
    }

    public CameraTree Node(string device, int minor, int index, string name, string kind = "video", string? capabilities = null)
    {
        var node = $"{device}/video4linux/{kind}{minor}";
        Write($"{node}/name", name);
        Write($"{node}/index", $"{index}");
        Write($"{node}/dev", $"81:{minor}");
        Directory.CreateDirectory(Path.Combine(Root, Class));
        File.CreateSymbolicLink(Path.Combine(Root, Class, $"{kind}{minor}"), $"../../../{node}");
        if (capabilities is not null)
            Write($"run/udev/data/c81:{minor}", $"I:12345678\nE:ID_V4L_VERSION=2\nE:ID_V4L_CAPABILITIES={capabilities}\nG:seat\n");
        return this;
    }

    public CameraTree Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text + "\n"));

    public CameraTree Write(string path, byte[] bytes)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return this;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
