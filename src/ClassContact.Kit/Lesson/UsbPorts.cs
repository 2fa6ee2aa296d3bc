using System.Runtime.Versioning;
using ClassContact.Kit.Tools;

namespace ClassContact.Kit.Lesson;

/// <summary>Into which USB port cameras and sound devices are plugged, as the kernel names ports: <c>1-1.2</c>. Nothing is opened.</summary>
/// <param name="root">Where <c>sys</c> is: <c>/</c>.</param>
[SupportedOSPlatform("linux")]
internal sealed class UsbPorts(string root = "/")
{
    /// <summary>Those of the cameras; null for none.</summary>
    internal string? Cameras => Of("sys/class/video4linux", "video");

    /// <summary>Those of microphones and loudspeakers; null for none.</summary>
    internal string? Sound => Of("sys/class/sound", "card");

    private string? Of(string folder, string prefix)
    {
        var ports = SystemFile.In(Path.Combine(root, folder))
            .Where(node => Path.GetFileName(node).StartsWith(prefix, StringComparison.Ordinal))
            .Select(Port).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return ports.Count == 0 ? null : string.Join(", ", ports);
    }

    private string? Port(string node)
    {
        try
        {
            var devices = Path.GetFullPath(Path.Combine(root, "sys/devices"));
            for (var at = Directory.ResolveLinkTarget(node, returnFinalTarget: true)?.FullName; at?.StartsWith(devices, StringComparison.Ordinal) == true; at = Path.GetDirectoryName(at))
            {
                if (File.Exists(Path.Combine(at, "idVendor")))
                    return Path.GetFileName(at);
            }
        }
        catch (IOException)
        {
            // It was unplugged meanwhile.
        }
        return null;
    }
}
